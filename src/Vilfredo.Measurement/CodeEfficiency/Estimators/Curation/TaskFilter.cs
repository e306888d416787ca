using Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Curation;

/// <summary>
/// The choice of the input and of the tasks that make a benchmark of efficiency (Liu et al., arXiv 2408.06450): inputs heavy enough
/// to be measured, yet such that all solutions finish; tasks whose solutions differ clearly, beyond the noise.
/// </summary>
public static class TaskFilter
{
    /// <summary>Examines a task by the profiles of its solutions; the tests are made in the order of <see cref="TaskFitness"/>.</summary>
    /// <param name="profiles">The repeated costs of each solution, positive and finite; none for a solution that broke.</param>
    /// <param name="options"><see langword="null"/> for the published ones.</param>
    /// <remarks>
    /// A solution's cost is the mean of its repeats; its coefficient of variation uses the deviation with the number of repeats as the
    /// divisor (a reconstruction: the source does not say which). A single repeat has no noise.
    /// </remarks>
    /// <exception cref="ArgumentException">A cost is not positive and finite.</exception>
    public static TaskFitness Examine(IReadOnlyList<IReadOnlyList<double>> profiles, TaskFilterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        options ??= new TaskFilterOptions();
        foreach (var cost in profiles.SelectMany(repeats => repeats)) ReferenceLadder.CheckCost(cost, "a profiled solution");
        if (profiles.Count == 0 || profiles.Count < options.MinSolutions || profiles.Any(repeats => repeats.Count == 0)) return TaskFitness.TooFewSolutions;
        double[] costs = [.. profiles.Select(repeats => repeats.Average())];
        if (costs.Min() < options.MinCost) return TaskFitness.TooCheap;
        if (Descriptive.Quantile([.. profiles.Select(VariationPercent)], 0.99) > options.MaxNoisePercent) return TaskFitness.TooNoisy;
        return CostClusters.Segment(costs, options.Cut).Count < options.MinClusters ? TaskFitness.TooFewClusters : TaskFitness.Kept;
    }

    /// <summary>
    /// The heaviest input on which every solution finishes: inputs by the canonical solution's cost, descending, and the first that
    /// none of the solutions was cut off on.
    /// </summary>
    /// <param name="canonicalCosts">The canonical solution's cost on each input.</param>
    /// <param name="solutionCosts">The costs of all solutions on each input; <see langword="null"/> for a broken run.</param>
    /// <returns>The number of the input, or <see langword="null"/> when there is none: the task is dropped.</returns>
    /// <exception cref="ArgumentException">The numbers of inputs differ.</exception>
    public static int? HeaviestInput(IReadOnlyList<double> canonicalCosts, IReadOnlyList<IReadOnlyList<CensoredValue?>> solutionCosts)
    {
        ArgumentNullException.ThrowIfNull(canonicalCosts);
        ArgumentNullException.ThrowIfNull(solutionCosts);
        if (canonicalCosts.Count != solutionCosts.Count)
            throw new ArgumentException($"The canonical solution has costs of {canonicalCosts.Count} inputs, the others of {solutionCosts.Count}; give both for every input.", nameof(solutionCosts));
        foreach (var input in Enumerable.Range(0, canonicalCosts.Count).OrderByDescending(i => canonicalCosts[i]))
        {
            if (solutionCosts[input].All(cost => cost is { IsCensored: false })) return input;
        }

        return null;
    }

    /// <summary>The coefficient of variation of repeated costs in percent, with the number of repeats as the divisor of the deviation.</summary>
    /// <exception cref="ArgumentException">There is no cost, or one is not positive and finite.</exception>
    public static double VariationPercent(IReadOnlyList<double> repeats)
    {
        ArgumentNullException.ThrowIfNull(repeats);
        if (repeats.Count == 0) throw new ArgumentException("There are no repeated costs; give at least one.", nameof(repeats));
        foreach (var cost in repeats) ReferenceLadder.CheckCost(cost, "a repeat");
        var mean = repeats.Average();
        return 100 * Math.Sqrt(repeats.Average(cost => (cost - mean) * (cost - mean))) / mean;
    }
}
