namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

/// <summary>
/// Reference solutions of one task at clearly different speeds, each with the share of a large pool of solutions that is no faster
/// (Liu et al., arXiv 2408.06450). A solution scores the share of the fastest reference that it matches.
/// </summary>
public sealed class ReferenceLadder
{
    private readonly double[] costs;
    private readonly double[] scores;

    /// <summary>Creates a ladder; costs are those of this machine and session, the scores those of the pool.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="costs">The cost of each reference from slow to fast, positive and finite.</param>
    /// <param name="scores">The cumulative percentages, ascending, the last one 100.</param>
    /// <exception cref="ArgumentException">There are no rungs, the lengths differ, or a value is outside its range.</exception>
    public ReferenceLadder(string task, IReadOnlyList<double> costs, IReadOnlyList<double> scores)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(task);
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(scores);
        if (costs.Count == 0) throw new ArgumentException($"The ladder of {task} has no references; give at least one.", nameof(costs));
        if (scores.Count != costs.Count)
            throw new ArgumentException($"The ladder of {task} has {costs.Count} costs but {scores.Count} scores; give one of each per reference.", nameof(scores));
        foreach (var cost in costs) CheckCost(cost, $"a reference of {task}");
        for (var i = 0; i < scores.Count; i++)
        {
            if (!(scores[i] > (i == 0 ? 0 : scores[i - 1])))
                throw new ArgumentException($"Score {i} of {task} is {scores[i]}; cumulative percentages are above 0 and ascend from slow to fast.", nameof(scores));
        }

        if (Math.Abs(scores[^1] - 100) > 1e-9)
            throw new ArgumentException($"The last score of {task} is {scores[^1]}; no solution of the pool is beyond the fastest reference, so it is 100.", nameof(scores));
        (Task, this.costs, this.scores) = (task, [.. costs], [.. scores]);
    }

    /// <summary>The task's name.</summary>
    public string Task { get; }

    /// <summary>The cost of each reference, from slow to fast.</summary>
    public IReadOnlyList<double> Costs => costs;

    /// <summary>The cumulative percentage of each reference, ascending to 100.</summary>
    public IReadOnlyList<double> Scores => scores;

    /// <summary>
    /// The rungs that cost no more than the next faster one: on this machine, or in this noise, the order is not the pool's. Measure
    /// them again; scores near them say little.
    /// </summary>
    public IReadOnlyList<int> BrokenRungs => [.. Enumerable.Range(0, costs.Length - 1).Where(i => costs[i] <= costs[i + 1])];

    /// <summary>
    /// Builds the ladder of a pool: a rung per cluster of costs, its reference the cluster's slowest member, its score the percentage
    /// of the pool in this and all slower clusters.
    /// </summary>
    /// <param name="task">The task's name.</param>
    /// <param name="poolCosts">The costs of all right solutions on one input, measured alike.</param>
    /// <param name="options">Where clusters are cut; <see langword="null"/> for the published cut.</param>
    public static ReferenceLadder Build(string task, ReadOnlySpan<double> poolCosts, CutOptions? options = null)
    {
        var clusters = CostClusters.Segment(poolCosts, options);
        var scores = new double[clusters.Count];
        var count = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            count += clusters[i].Count;
            scores[i] = 100.0 * count / poolCosts.Length;
        }

        return new ReferenceLadder(task, [.. clusters.Select(cluster => cluster[0])], scores);
    }

    /// <summary>The same references measured again.</summary>
    /// <param name="measured">The cost of each reference, from slow to fast as before.</param>
    public ReferenceLadder WithCosts(IReadOnlyList<double> measured) => new(Task, measured, scores);

    /// <summary>
    /// Matches a solution: from the fastest rung down, the first whose cost is at least the solution's; equality counts. O(rungs).
    /// </summary>
    /// <param name="cost">The solution's cost; <see langword="null"/> for a run that broke off with an error.</param>
    /// <exception cref="ArgumentException">The cost is negative.</exception>
    public LadderMatch Match(CensoredValue? cost)
    {
        if (cost is not { } known) return new LadderMatch(-1, 0, 0, IsCertain: true);
        if (known.Value < 0) throw new ArgumentException($"A solution of {Task} costs {known}; costs are at least 0.", nameof(cost));
        for (var rung = costs.Length - 1; rung >= 0; rung--)
        {
            if (known.IsCertainlyAtMost(CensoredValue.Exactly(costs[rung])))
                return new LadderMatch(rung, scores[rung], 100.0 * (rung + 1) / costs.Length, IsCertain: true);
        }

        return new LadderMatch(-1, 0, 0, IsCertain: !known.IsCensored || known.Value >= costs.Max());
    }

    internal static void CheckCost(double cost, string what)
    {
        if (!(cost > 0) || !double.IsFinite(cost))
            throw new ArgumentException($"The cost of {what} is {cost}; it must be positive and finite, and no run that was cut off.", nameof(cost));
    }
}
