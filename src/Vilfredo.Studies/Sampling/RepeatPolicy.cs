namespace Vilfredo.Studies;

/// <summary>
/// With <c>repeats: auto</c>: decides whether the next trial repeats an earlier one. Repeats go to the configurations whose
/// membership of the frontier is least decided, the probability of being non-dominated nearest to one half.
/// </summary>
/// <remarks>
/// Trials come in blocks. In every block after the first, at most half of the trials are repeats, chosen once from what the
/// earlier blocks measured; so new proposals go on, and a deterministic study needs to wait at the ends of blocks only.
/// A configuration with a single measurement has a spread too: that of the others, as far as they have been repeated.
/// </remarks>
internal sealed class RepeatPolicy(StudyDefinition definition)
{
    private const int BlockSize = 20;

    // Below this uncertainty p(1 - p) a place on the frontier counts as decided: p < 0.02 or p > 0.98.
    private const double Decided = 0.0196;

    private int block;
    private Queue<int>? planned;

    /// <summary>The trial to repeat, if any, or that results must come in first.</summary>
    public (bool MustWait, int? Trial) Decide(StudyState state)
    {
        var number = state.Trials.Count;
        if (number / BlockSize == 0) return (false, null);
        if (planned is null || block != number / BlockSize)
        {
            block = number / BlockSize;
            var earlier = block * BlockSize;
            if (definition.Deterministic && state.Open.Any(t => t < earlier)) return (true, null);
            planned = new Queue<int>(Plan([.. state.Trials.Take(earlier)]));
            // A process that joins within a block leaves out what others have given out already.
            for (var i = earlier; i < number && planned.Count > 0; i++)
            {
                if (state.Trials[i].RepeatOf is not null) planned.Dequeue();
            }
        }

        return (false, planned.TryDequeue(out var trial) ? trial : null);
    }

    private IEnumerable<int> Plan(IReadOnlyList<TrialRecord> trials)
    {
        var points = StudyFrontier.Group(trials);
        if (points.Count < 2) return [];
        Objective[] objectives = [.. definition.Objectives.Select(o => o.Objective)];
        IReadOnlyList<double> probabilities = points.Exists(p => p.Samples.Length > 1)
            ? StudyFrontier.UnderNoise(objectives, points, definition.Seed).NonDominatedProbabilities
            // Nothing is known of the noise yet: the frontier as it looks is measured again first.
            : FrontierFirst(objectives, points);
        return points.Select((p, i) => (Point: p, Uncertainty: probabilities[i] * (1 - probabilities[i])))
            .Where(p => p.Uncertainty > Decided && p.Point.Samples.Length < definition.Repeats.Maximum)
            .OrderByDescending(p => p.Uncertainty / p.Point.Samples.Length)
            .ThenBy(p => p.Point.Trial)
            .Take(BlockSize / 2)
            .Select(p => p.Point.Trial);
    }

    private static double[] FrontierFirst(Objective[] objectives, List<StudyPoint> points)
    {
        var frontier = Sorting.NonDominatedFilter.Indices(StudyFrontier.Minimize(objectives, points.Select(p => p.Values)), objectives.Length, keepDuplicates: true);
        var probabilities = new double[points.Count];
        foreach (var i in frontier) probabilities[i] = 0.5;
        return probabilities;
    }
}
