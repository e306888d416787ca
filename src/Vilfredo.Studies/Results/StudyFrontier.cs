using Vilfredo.Decisions;
using Vilfredo.Sorting;
using Vilfredo.Statistics;

namespace Vilfredo.Studies;

/// <summary>What a study has found: its feasible configurations, and which of them no other dominates.</summary>
public sealed class StudyFrontier
{
    private const ulong NoiseStream = 0xF0;

    private StudyFrontier(IReadOnlyList<Objective> objectives, IReadOnlyList<StudyPoint> points, FrontierUnderNoise? noise)
    {
        Noise = noise;
        Objectives = objectives;
        Points = points;
        Frontier = [.. points.Where(p => p.IsOnFrontier).OrderBy(p => objectives[0].ToMinimization(p.Values[0]))];
    }

    /// <summary>The objectives, in order.</summary>
    public IReadOnlyList<Objective> Objectives { get; }

    /// <summary>Every feasible configuration, in the order of its first trial. Repeats of one are one point.</summary>
    public IReadOnlyList<StudyPoint> Points { get; }

    /// <summary>The points that no other dominates, best in the first objective first.</summary>
    public IReadOnlyList<StudyPoint> Frontier { get; }

    /// <summary>The frontiers that might have come out; <see langword="null"/> without repeats, when nothing is known of the noise.</summary>
    internal FrontierUnderNoise? Noise { get; }

    /// <summary>The knee of the frontier: the point farthest from the plane through its ends; none for fewer than three points.</summary>
    public StudyPoint? Knee => Frontier.FirstOrDefault(p => p.IsKnee);

    /// <summary>The values of the frontier as a row-major matrix to be minimised.</summary>
    public double[] MinimizedFrontier => Minimize(Objectives, Frontier.Select(p => p.Values));

    /// <summary>
    /// The same points as a plain <see cref="Vilfredo.Frontier"/>, for merging, comparing and keeping: configurations by
    /// content, values and samples in the user's direction.
    /// </summary>
    public Vilfredo.Frontier ToFrontier() => new(
        Objectives,
        Points.Select(p => MeasuredPoint.FromSamples(ConfigurationKey.Parse(p.Configuration.Key), p.Samples.SelectMany(r => r).ToArray(), Objectives.Count)));

    /// <summary>The frontier of a study as it is now.</summary>
    public static StudyFrontier Of(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return study.Read(Of);
    }

    /// <summary>The frontier of a study's state.</summary>
    public static StudyFrontier Of(StudyState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Objective[] objectives = [.. state.Definition.Objectives.Select(o => o.Objective)];
        var points = Group(state.Trials);
        if (points.Count == 0) return new StudyFrontier(objectives, points, noise: null);
        var matrix = Minimize(objectives, points.Select(p => p.Values));
        var frontier = NonDominatedFilter.Indices(matrix, objectives.Length, keepDuplicates: true);
        foreach (var i in frontier) points[i] = points[i] with { IsOnFrontier = true };
        if (frontier.Length > 2)
        {
            var values = Minimize(objectives, frontier.Select(i => points[i].Values));
            var knee = frontier[KneePoints.ByHyperplaneDistance(values, objectives.Length).Index];
            points[knee] = points[knee] with { IsKnee = true };
        }

        var noise = points.Exists(p => p.Samples.Length > 1) ? UnderNoise(objectives, points, state.Definition.Seed) : null;
        for (var i = 0; noise is not null && i < points.Count; i++)
            points[i] = points[i] with { Probability = noise.NonDominatedProbabilities[i] };
        return new StudyFrontier(objectives, points, noise);
    }

    /// <summary>Feasible measurements grouped by configuration, in the order of the first trial of each.</summary>
    internal static List<StudyPoint> Group(IReadOnlyList<TrialRecord> trials)
    {
        var groups = new OrderedDictionary<string, List<TrialRecord>>(StringComparer.Ordinal);
        foreach (var trial in trials)
        {
            if (!trial.IsFeasible) continue;
            if (!groups.TryGetValue(trial.Configuration.Key, out var group)) groups.Add(trial.Configuration.Key, group = []);
            group.Add(trial);
        }

        return
        [
            .. groups.Values.Select(group =>
            {
                double[][] samples = group.Count == 1 ? group[0].Outcome!.Samples : [.. group.SelectMany(t => t.Outcome!.Samples)];
                return new StudyPoint
                {
                    Configuration = group[0].Configuration,
                    Trials = [.. group.Select(t => t.Number)],
                    Values = group.Count == 1 ? group[0].Outcome!.Values : TrialOutcome.MeasuredRepeatedly(samples).Values,
                    Samples = samples,
                };
            }),
        ];
    }

    /// <summary>The frontiers that might have come out, by bootstrap over the repeats of each point.</summary>
    internal static FrontierUnderNoise UnderNoise(IReadOnlyList<Objective> objectives, IReadOnlyList<StudyPoint> points, ulong seed) =>
        FrontierUnderNoise.Estimate([.. points.Select(p => Minimize(objectives, p.Samples))], objectives.Count, new RandomGenerator(seed, NoiseStream));

    /// <summary>Rows in the user's direction as a row-major matrix to be minimised.</summary>
    internal static double[] Minimize(IReadOnlyList<Objective> objectives, IEnumerable<double[]> rows) =>
        [.. rows.SelectMany(row => row.Select((v, k) => objectives[k].ToMinimization(v)))];
}
