using System.Runtime.InteropServices;

namespace Vilfredo.Statistics;

/// <summary>The Wilcoxon signed-rank test of pairs: Wilcoxon, Biometrics Bulletin 1(6), 1945.</summary>
public static class WilcoxonSignedRank
{
    /// <summary>Tests whether the differences first − second are symmetric about zero. O(n log n), plus the count when exact.</summary>
    /// <param name="first">The first members of the pairs, finite.</param>
    /// <param name="second">The second members, as many.</param>
    /// <param name="alternative">What is held against symmetry about zero.</param>
    /// <param name="zeros">What becomes of pairs that do not differ.</param>
    /// <param name="method">Where the p-value comes from.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a sample is empty or holds a value that is not finite, or it is too large for an exact test.
    /// </exception>
    public static WilcoxonSignedRankResult Test(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Alternative alternative = Alternative.TwoSided,
        ZeroDifferences zeros = ZeroDifferences.Wilcoxon, RankTestMethod method = RankTestMethod.Automatic)
    {
        SampleChecks.SameLength(first, second);
        SampleChecks.Finite(first);
        SampleChecks.Finite(second);
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++) differences[i] = first[i] - second[i];
        return Test(differences, alternative, zeros, method);
    }

    /// <summary>Tests whether differences are symmetric about zero.</summary>
    /// <param name="differences">One finite difference per pair, at least one.</param>
    /// <param name="alternative">What is held against symmetry about zero.</param>
    /// <param name="zeros">What becomes of zero differences.</param>
    /// <param name="method">Where the p-value comes from.</param>
    /// <exception cref="ArgumentException">
    /// The differences are empty or hold a value that is not finite, or they are too many for an exact test.
    /// </exception>
    public static WilcoxonSignedRankResult Test(
        ReadOnlySpan<double> differences, Alternative alternative = Alternative.TwoSided,
        ZeroDifferences zeros = ZeroDifferences.Wilcoxon, RankTestMethod method = RankTestMethod.Automatic)
    {
        SampleChecks.Finite(differences);
        if (!Enum.IsDefined(zeros)) throw new ArgumentOutOfRangeException(nameof(zeros), zeros, "Choose Wilcoxon or Pratt.");

        var ranked = new List<double>(differences.Length);
        foreach (var d in differences)
            if (d != 0 || zeros == ZeroDifferences.Pratt) ranked.Add(d);
        var sizes = ranked.ConvertAll(Math.Abs).ToArray();
        var allRanks = Ranks.Midranks(sizes, out var tieSum);

        var ranks = new List<double>(ranked.Count);
        double positive = 0, sum = 0, squares = 0;
        for (var i = 0; i < ranked.Count; i++)
        {
            if (ranked[i] == 0) continue;
            ranks.Add(allRanks[i]);
            sum += allRanks[i];
            squares += allRanks[i] * allRanks[i];
            if (ranked[i] > 0) positive += allRanks[i];
        }

        // Each rank counts with probability one half, so the mean is half the sum and the variance a quarter of the squares;
        // with ties and dropped zeros this equals the usual corrected formulas.
        var zeroCount = differences.Length - ranks.Count;
        var exact = RankTest.UseExact(method, ranks.Count, tieSum > 0 || zeroCount > 0);
        var observed = CollectionsMarshal.AsSpan(ranks);
        return new WilcoxonSignedRankResult
        {
            PositiveRankSum = positive,
            NegativeRankSum = sum - positive,
            Pairs = ranks.Count,
            ZeroPairs = zeroCount,
            RankBiserialCorrelation = sum > 0 ? (2 * positive - sum) / sum : 0,
            PValue = exact
                ? RankTest.ExactPValue(RankSumDistribution.OfSubset(observed, positive), alternative)
                : RankTest.NormalPValue(positive, sum / 2, squares / 4, alternative),
            IsExact = exact,
            Alternative = alternative,
        };
    }
}
