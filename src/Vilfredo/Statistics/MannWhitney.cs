namespace Vilfredo.Statistics;

/// <summary>
/// The Mann-Whitney U test (Wilcoxon rank-sum test) of two independent samples: Mann and Whitney, Annals of Mathematical
/// Statistics 18, 1947.
/// </summary>
public static class MannWhitney
{
    /// <summary>Tests whether one sample tends to larger values than the other. O(n log n), plus the count when exact.</summary>
    /// <param name="first">The first sample, at least one value; only the order matters, so infinities are allowed.</param>
    /// <param name="second">The second sample, at least one value.</param>
    /// <param name="alternative">What is held against equality.</param>
    /// <param name="method">Where the p-value comes from.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN, or it is too large for an exact test.</exception>
    public static MannWhitneyResult Test(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second,
        Alternative alternative = Alternative.TwoSided, RankTestMethod method = RankTestMethod.Automatic)
    {
        SampleChecks.NotEmptyNorNaN(first);
        SampleChecks.NotEmptyNorNaN(second);
        double m = first.Length;
        double n = second.Length;
        double[] all = [.. first, .. second];
        var ranks = Ranks.Midranks(all, out var tieSum);

        double rankSum = 0;
        for (var i = 0; i < first.Length; i++) rankSum += ranks[i];
        var u = rankSum - m * (m + 1) / 2;

        var exact = RankTest.UseExact(method, all.Length, tieSum > 0);
        var total = m + n;
        var variance = m * n / 12 * (total + 1 - tieSum / (total * (total - 1)));
        return new MannWhitneyResult
        {
            U = u,
            UOfSecond = m * n - u,
            ProbabilityOfSuperiority = u / (m * n),
            PValue = exact
                ? RankTest.ExactPValue(RankSumDistribution.OfChoice(ranks, first.Length, rankSum), alternative)
                : RankTest.NormalPValue(u, m * n / 2, variance, alternative),
            IsExact = exact,
            Alternative = alternative,
        };
    }
}
