using Vilfredo.Attainment;
using Vilfredo.Decisions;
using Vilfredo.Indicators;
using Vilfredo.Statistics;

namespace Vilfredo.Studies;

/// <summary>
/// Which of two groups of studies found the better frontiers: hypervolumes with intervals, the probability that one is
/// better, and where each attains what the other does not.
/// </summary>
/// <remarks>
/// Several studies of one group are its runs, such as seeds. With one run each, repeats of its trials show what chance did;
/// without them nothing does. Objectives are scaled to [0, 1] over the frontiers of all runs, so that units do not matter;
/// a hypervolume is a share of the box between the best value of each objective (0) and the reference point.
/// </remarks>
public sealed class StudyComparison
{
    private const double Margin = 0.1;
    private const ulong ResamplingStream = 0xC0;

    private StudyComparison(IReadOnlyList<Objective> objectives, double[] reference, ObjectiveNormalization scale, ComparedGroup first, ComparedGroup second)
    {
        Objectives = objectives;
        Reference = reference;
        First = first;
        Second = second;
        Scale = scale;
    }

    /// <summary>The objectives, which all studies share.</summary>
    public IReadOnlyList<Objective> Objectives { get; }

    /// <summary>The reference point of the hypervolumes, in the user's direction.</summary>
    public IReadOnlyList<double> Reference { get; }

    /// <summary>The first group.</summary>
    public ComparedGroup First { get; }

    /// <summary>The second group.</summary>
    public ComparedGroup Second { get; }

    /// <summary>Where the numbers about chance come from.</summary>
    public ChanceSource Chance { get; private init; }

    /// <summary>
    /// The probability that a run of the first group has the larger hypervolume, ties counted half (Vargha and Delaney's
    /// A12); without runs or repeats 1, 0.5 or 0.
    /// </summary>
    public double ProbabilityFirstIsBetter { get; private init; }

    /// <summary>The 95 % interval of that probability over the runs; <see langword="null"/> without several runs.</summary>
    public BootstrapInterval? ProbabilityInterval { get; private init; }

    /// <summary>The two-sided Mann-Whitney test of the hypervolumes; <see langword="null"/> without several runs.</summary>
    public MannWhitneyResult? Test { get; private init; }

    /// <summary>For two objectives: the difference of the attainment functions, to be minimised; else <see langword="null"/>.</summary>
    public AttainmentDifference? Attainment { get; private init; }

    /// <summary>The scale of the objectives, all minimised.</summary>
    internal ObjectiveNormalization Scale { get; }

    /// <summary>Compares two groups.</summary>
    /// <param name="first">The frontiers of the first group's runs, at least one; a run without a feasible point found nothing.</param>
    /// <param name="second">Those of the second group.</param>
    /// <param name="reference">
    /// The reference point in the user's direction; when not given, the worst value of any frontier and a tenth of the range
    /// beyond.
    /// </param>
    /// <param name="seed">The seed of the resampling.</param>
    /// <exception cref="ArgumentException">
    /// A group is empty, the objectives differ, no run has a point, or the reference point is not worse than the best values.
    /// </exception>
    public static StudyComparison Of(
        IReadOnlyList<StudyFrontier> first, IReadOnlyList<StudyFrontier> second, IReadOnlyList<double>? reference = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || second.Count == 0) throw new ArgumentException("A group has no study; give at least one for each.");
        var objectives = first[0].Objectives;
        RequireSameObjectives(objectives, first.Concat(second));
        double[][] frontiers = [.. first.Concat(second).Select(f => f.MinimizedFrontier)];
        var all = frontiers.SelectMany(f => f).ToArray();
        if (all.Length == 0) throw new ArgumentException("No study has a feasible result yet, so there is nothing to compare.");
        var scale = ObjectiveNormalization.FromPoints(all, objectives.Count);
        var bound = ScaledReference(objectives, scale, reference);
        var box = bound.Aggregate(1.0, (product, r) => product * r);

        var random = new RandomGenerator(seed, ResamplingStream);
        var chance = first.Count > 1 || second.Count > 1 ? ChanceSource.Runs
            : HasRepeats(first[0]) || HasRepeats(second[0]) ? ChanceSource.Repeats : ChanceSource.None;
        var (a, b) = (Measure(first, seed), Measure(second, seed + 1));
        return new StudyComparison(objectives, [.. bound.Select((r, k) => objectives[k].ToMinimization(scale.Denormalize(k, r)))], scale, a, b)
        {
            Chance = chance,
            ProbabilityFirstIsBetter = chance == ChanceSource.Repeats
                ? Superiority(a.Resampled, b.Resampled)
                : Superiority([.. a.Hypervolumes], [.. b.Hypervolumes]),
            Test = chance == ChanceSource.Runs ? MannWhitney.Test([.. a.Hypervolumes], [.. b.Hypervolumes]) : null,
            ProbabilityInterval = chance == ChanceSource.Runs
                ? Bootstrap.TwoSample([.. a.Hypervolumes], [.. b.Hypervolumes], Superiority, random, new BootstrapOptions { Method = BootstrapMethod.Percentile })
                : null,
            Attainment = objectives.Count == 2
                ? new AttainmentDifference(
                    new AttainmentFunction([.. first.Select(f => f.MinimizedFrontier)], 2), new AttainmentFunction([.. second.Select(f => f.MinimizedFrontier)], 2))
                : null,
        };

        ComparedGroup Measure(IReadOnlyList<StudyFrontier> runs, ulong stream)
        {
            double[] hypervolumes = [.. runs.Select(r => Share(r.MinimizedFrontier))];
            var resampled = chance == ChanceSource.Repeats ? Resample(runs[0], stream) : [];
            return new ComparedGroup(hypervolumes, IntervalOf(hypervolumes, resampled, random), resampled);
        }

        double[] Resample(StudyFrontier run, ulong stream)
        {
            if (run.Points.Count == 0) return [0];
            var noise = StudyFrontier.UnderNoise(objectives, run.Points, stream);
            return [.. Enumerable.Range(0, noise.Resamples).Select(r => Share(noise.Resample(r)))];
        }

        double Share(double[] points) => points.Length == 0 ? 0 : Hypervolume.Compute(scale.Normalize(points), objectives.Count, bound) / box;
    }

    /// <summary>How much of the box to the reference point one group attains in more of its runs than the other.</summary>
    /// <returns>The shares of the box's area, on the scaled objectives; <see langword="null"/> unless there are two objectives.</returns>
    public (double First, double Second)? AttainedMore()
    {
        if (Attainment is null) return null;
        var (first, second) = (0.0, 0.0);
        foreach (var region in Regions())
        {
            if (region.Difference > 0) first += region.Share;
            else second += region.Share;
        }

        return (first, second);
    }

    /// <summary>Where the groups differ, the largest effect (area times difference) first; empty unless there are two objectives.</summary>
    public IReadOnlyList<ComparedRegion> Regions()
    {
        if (Attainment is null) return [];
        double[] worst = [.. Reference.Select((r, k) => Objectives[k].ToMinimization(r))];
        var box = Enumerable.Range(0, 2).Aggregate(1.0, (product, k) => product * Scale.Normalize(k, worst[k]));
        var regions = new List<ComparedRegion>();
        foreach (var rectangle in Attainment.Rectangles())
        {
            var (x1, y1) = (Math.Min(rectangle.X1, worst[0]), Math.Min(rectangle.Y1, worst[1]));
            if (x1 <= rectangle.X0 || y1 <= rectangle.Y0) continue;
            var area = (x1 - rectangle.X0) / Scale.Range(0) * ((y1 - rectangle.Y0) / Scale.Range(1));
            regions.Add(new ComparedRegion(
                [Objectives[0].ToMinimization(rectangle.X0), Objectives[1].ToMinimization(rectangle.Y0)],
                [Objectives[0].ToMinimization(x1), Objectives[1].ToMinimization(y1)],
                rectangle.Difference,
                area / box));
        }

        return [.. regions.OrderByDescending(r => r.Share * Math.Abs(r.Difference))];
    }

    private static void RequireSameObjectives(IReadOnlyList<Objective> objectives, IEnumerable<StudyFrontier> frontiers)
    {
        foreach (var other in frontiers)
        {
            if (!other.Objectives.SequenceEqual(objectives))
                throw new ArgumentException($"The objectives differ: {Describe(objectives)} and {Describe(other.Objectives)}; only equal names, directions and units can be compared.");
        }
    }

    private static string Describe(IReadOnlyList<Objective> objectives) =>
        string.Join(", ", objectives.Select(o => (o.Direction == Direction.Minimize ? "min " : "max ") + o.Label));

    private static double[] ScaledReference(IReadOnlyList<Objective> objectives, ObjectiveNormalization scale, IReadOnlyList<double>? reference)
    {
        if (reference is null) return [.. objectives.Select(_ => 1 + Margin)];
        if (reference.Count != objectives.Count)
            throw new ArgumentException($"The reference point has {reference.Count} values for {objectives.Count} objectives.");
        double[] scaled = [.. reference.Select((r, k) => scale.Normalize(k, objectives[k].ToMinimization(r)))];
        var wrong = Array.FindIndex(scaled, r => !(r > 0 && double.IsFinite(r)));
        return wrong < 0
            ? scaled
            : throw new ArgumentException($"The reference point's {objectives[wrong].Name} of {reference[wrong]} is not worse than the best, {objectives[wrong].ToMinimization(scale.Ideal[wrong])}, so no hypervolume is above 0.");
    }

    private static bool HasRepeats(StudyFrontier frontier) => frontier.Points.Any(p => p.Samples.Length > 1);

    private static BootstrapInterval? IntervalOf(double[] hypervolumes, double[] resampled, RandomGenerator random)
    {
        if (hypervolumes.Length > 1) return Bootstrap.OneSample(hypervolumes, Descriptive.Mean, random);
        if (resampled.Length < 2) return null;
        return new BootstrapInterval
        {
            Estimate = hypervolumes[0],
            Lower = Descriptive.Quantile(resampled, 0.025),
            Upper = Descriptive.Quantile(resampled, 0.975),
            Level = 0.95,
            Method = BootstrapMethod.Percentile,
            Resamples = resampled.Length,
            StandardError = Descriptive.StandardDeviation(resampled),
        };
    }

    // The share of pairs in which the first is larger, ties counted half; both are sorted once: O(n log n).
    private static double Superiority(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double[] others = [.. second];
        Array.Sort(others);
        double wins = 0;
        foreach (var value in first)
        {
            var below = CountBelow(others, value, orEqual: false);
            wins += below + 0.5 * (CountBelow(others, value, orEqual: true) - below);
        }

        return wins / ((double)first.Length * second.Length);
    }

    private static int CountBelow(double[] sorted, double value, bool orEqual)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
