namespace Vilfredo.Statistics;

/// <summary>The Kruskal-Wallis test of several independent samples: Kruskal and Wallis, JASA 47, 1952.</summary>
public static class KruskalWallis
{
    /// <summary>Tests whether the groups tend to equally large values; chi-squared approximation with tie correction. O(n log n).</summary>
    /// <param name="values">The groups' values one after another; only the order matters, so infinities are allowed.</param>
    /// <param name="sizes">How many of the values belong to each of at least two groups, each at least 1.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, there are fewer than two groups, or a value is NaN.</exception>
    public static KruskalWallisResult Test(ReadOnlySpan<double> values, ReadOnlySpan<int> sizes)
    {
        SampleChecks.NotEmptyNorNaN(values);
        SampleChecks.Sizes(sizes, values.Length);
        if (sizes.Length < 2) throw new ArgumentException("A Kruskal-Wallis test compares at least 2 groups.", nameof(sizes));

        double n = values.Length;
        var ranks = Ranks.Midranks(values, out var tieSum);
        double between = 0;
        var start = 0;
        foreach (var size in sizes)
        {
            double sum = 0;
            for (var i = start; i < start + size; i++) sum += ranks[i] - (n + 1) / 2;
            between += sum * sum / size;
            start += size;
        }

        // When all values are equal there is nothing to compare.
        var untied = 1 - tieSum / (n * n * n - n);
        var h = untied > 0 ? 12 * between / (n * (n + 1)) / untied : 0;
        return new KruskalWallisResult(h, sizes.Length - 1, SpecialFunctions.ChiSquaredSurvival(h, sizes.Length - 1));
    }
}
