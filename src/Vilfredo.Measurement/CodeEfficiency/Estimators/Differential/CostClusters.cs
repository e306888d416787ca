namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

/// <summary>
/// The clusters of clearly different costs in a pool of solutions: the adaptive segmentation of Liu et al., "Evaluating Language
/// Models for Efficient Code Generation" (COLM 2024, arXiv 2408.06450) and its code.
/// </summary>
public static class CostClusters
{
    /// <summary>Cuts costs, sorted descending, wherever neighbours differ by more than <see cref="CutOptions"/> asks. O(n).</summary>
    /// <param name="costs">The costs of the solutions in any order, positive and finite, at least one.</param>
    /// <param name="options">The cut; <see langword="null"/> for the one of ladders.</param>
    /// <returns>The clusters from slow to fast, each descending.</returns>
    /// <exception cref="ArgumentException">There are no costs, or one is not positive and finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is negative.</exception>
    public static IReadOnlyList<IReadOnlyList<double>> Segment(ReadOnlySpan<double> costs, CutOptions? options = null)
    {
        options ??= new CutOptions();
        if (!(options.BaseThreshold >= 0)) throw new ArgumentOutOfRangeException(nameof(options), options.BaseThreshold, "The threshold is at least 0.");
        if (!(options.NoiseWeight >= 0)) throw new ArgumentOutOfRangeException(nameof(options), options.NoiseWeight, "The noise weight is at least 0.");
        if (costs.IsEmpty) throw new ArgumentException("There are no costs; pass one per solution.", nameof(costs));
        foreach (var cost in costs) ReferenceLadder.CheckCost(cost, "a solution of the pool");
        var sorted = costs.ToArray();
        RadixSort.Ascending(sorted);
        Array.Reverse(sorted);

        List<IReadOnlyList<double>> clusters = [];
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && !IsCut(sorted[end - 1], sorted[end], options)) end++;
            clusters.Add(sorted[start..end]);
            start = end;
        }

        return clusters;
    }

    private static bool IsCut(double slower, double faster, CutOptions options) =>
        (slower - faster) / slower > options.BaseThreshold + Math.Sqrt(options.NoiseWeight / slower);
}
