using System.Numerics;
using CsCheck;
using Vilfredo.Statistics;

namespace Vilfredo.Tests.Statistics;

public class RankTestsTests
{
    [Fact]
    public void Midranks_share_ties() => Assert.Equal([3.5, 1, 3.5, 2, 5.5, 5.5], Ranks.Midranks([2, 0, 2, 1, 9, 9]));

    [Fact]
    public void Infinities_rank_first_and_last() =>
        Assert.Equal([3, 2, 1], Ranks.Midranks([double.PositiveInfinity, 0, double.NegativeInfinity]));

    // The worked example of SciPy's documentation: ages at diagnosis.
    [Fact]
    public void Mann_Whitney_of_the_diabetes_example()
    {
        double[] males = [19, 22, 16, 29, 24];
        double[] females = [20, 11, 17, 12];
        var exact = MannWhitney.Test(males, females);
        Assert.True(exact.IsExact);
        Assert.Equal((17.0, 3.0), (exact.U, exact.UOfSecond));
        Assert.Equal(1 / 9.0, exact.PValue, 1e-14);
        Assert.Equal(0.85, exact.ProbabilityOfSuperiority, 1e-15);
        Assert.Equal(0.7, exact.CliffsDelta, 1e-15);

        var normal = MannWhitney.Test(males, females, method: RankTestMethod.Normal);
        Assert.Equal(0.11134688653314041, normal.PValue, 1e-14);
    }

    [Fact]
    public void Exact_Mann_Whitney_counts_all_choices_with_ties_too() =>
        Gen.Select(Gen.Int[0, 6].Array[1, 6], Gen.Int[0, 6].Array[1, 6], Gen.Enum<Alternative>()).Sample((a, b, alternative) =>
        {
            var first = a.Select(v => (double)v).ToArray();
            var second = b.Select(v => (double)v).ToArray();
            double[] all = [.. first, .. second];

            double U(Func<int, bool> inFirst)
            {
                double u = 0;
                for (var i = 0; i < all.Length; i++)
                    for (var j = 0; j < all.Length; j++)
                        if (inFirst(i) && !inFirst(j)) u += all[i] > all[j] ? 1 : all[i] == all[j] ? 0.5 : 0;
                return u;
            }

            var observed = U(i => i < first.Length);
            int atMost = 0, atLeast = 0, choices = 0;
            for (var mask = 0u; mask < 1u << all.Length; mask++)
            {
                if (BitOperations.PopCount(mask) != first.Length) continue;
                var u = U(i => (mask >> i & 1) == 1);
                choices++;
                if (u <= observed) atMost++;
                if (u >= observed) atLeast++;
            }

            var expected = alternative switch
            {
                Alternative.Less => (double)atMost / choices,
                Alternative.Greater => (double)atLeast / choices,
                _ => Math.Min(1, 2.0 * Math.Min(atMost, atLeast) / choices),
            };
            var result = MannWhitney.Test(first, second, alternative, RankTestMethod.Exact);
            Assert.Equal(observed, result.U, 1e-12);
            Assert.Equal(expected, result.PValue, 1e-12);
        }, iter: 60);

    [Fact]
    public void The_normal_approximation_meets_the_exact_test_at_the_limit()
    {
        var random = new RandomGenerator(4);
        var first = Enumerable.Range(0, 25).Select(_ => random.NextNormal()).ToArray();
        var second = Enumerable.Range(0, 25).Select(_ => 0.5 + random.NextNormal()).ToArray();
        var exact = MannWhitney.Test(first, second);
        Assert.True(exact.IsExact);
        Assert.Equal(exact.PValue, MannWhitney.Test(first, second, method: RankTestMethod.Normal).PValue, 0.003);
    }

    [Fact]
    public void Ties_and_large_samples_use_the_normal_approximation()
    {
        Assert.False(MannWhitney.Test([1, 2], [2, 3]).IsExact);
        Assert.False(MannWhitney.Test(Enumerable.Range(0, 30).Select(i => (double)i).ToArray(),
            Enumerable.Range(30, 30).Select(i => (double)i).ToArray()).IsExact);
    }

    [Fact]
    public void Equal_values_are_no_evidence()
    {
        Assert.Equal(1, MannWhitney.Test([2, 2], [2, 2, 2]).PValue);
        Assert.Equal(0.5, MannWhitney.Test([2, 2], [2, 2, 2]).ProbabilityOfSuperiority);
        Assert.Equal(1, WilcoxonSignedRank.Test([1, 2, 3], [1, 2, 3]).PValue);
        Assert.Equal(1, Friedman.Test([1, 1, 2, 2], 2).PValue);
        Assert.Equal(1, KruskalWallis.Test([3, 3, 3], [1, 2]).PValue);
    }

    [Fact]
    public void Swapping_the_samples_mirrors_the_test() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 12], Gen.Double[0, 1].Array[1, 12]).Sample((first, second) =>
        {
            var one = MannWhitney.Test(first, second, Alternative.Less);
            var other = MannWhitney.Test(second, first, Alternative.Greater);
            Assert.Equal(one.PValue, other.PValue, 1e-12);
            Assert.Equal(one.U, other.UOfSecond, 1e-9);
            Assert.Equal(1, one.ProbabilityOfSuperiority + other.ProbabilityOfSuperiority, 1e-12);
        });

    // Differences in height of Darwin's cross- and self-fertilized maize, as in SciPy's documentation.
    [Fact]
    public void Signed_ranks_of_the_maize_example()
    {
        var result = WilcoxonSignedRank.Test([6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]);
        Assert.True(result.IsExact);
        Assert.Equal((96.0, 24.0), (result.PositiveRankSum, result.NegativeRankSum));
        Assert.Equal(0.041259765625, result.PValue);
        Assert.Equal(0.6, result.RankBiserialCorrelation, 1e-15);
    }

    [Fact]
    public void Exact_signed_ranks_count_all_signs_with_ties_and_zeros_too() =>
        Gen.Select(Gen.Int[-5, 5].Array[1, 9], Gen.Enum<Alternative>(), Gen.Enum<ZeroDifferences>()).Sample((d, alternative, zeros) =>
        {
            var differences = d.Select(v => (double)v).ToArray();
            var kept = zeros == ZeroDifferences.Pratt ? differences : differences.Where(v => v != 0).ToArray();
            if (kept.Length == 0) return;
            var ranks = Ranks.Midranks([.. kept.Select(Math.Abs)]);
            var free = Enumerable.Range(0, kept.Length).Where(i => kept[i] != 0).ToArray();

            var observed = free.Sum(i => kept[i] > 0 ? ranks[i] : 0);
            int atMost = 0, atLeast = 0;
            for (var mask = 0; mask < 1 << free.Length; mask++)
            {
                var sum = free.Where((_, bit) => (mask >> bit & 1) == 1).Sum(i => ranks[i]);
                if (sum <= observed) atMost++;
                if (sum >= observed) atLeast++;
            }

            double all = 1 << free.Length;
            var expected = alternative switch
            {
                Alternative.Less => atMost / all,
                Alternative.Greater => atLeast / all,
                _ => Math.Min(1, 2 * Math.Min(atMost, atLeast) / all),
            };
            Assert.Equal(expected, WilcoxonSignedRank.Test(differences, alternative, zeros, RankTestMethod.Exact).PValue, 1e-12);
        }, iter: 80);

    [Fact]
    public void The_normal_signed_rank_test_has_the_textbook_tie_and_zero_corrections()
    {
        // |d| = 1, 1, 2, 3 with one zero. Dropped: ranks 1.5, 1.5, 3, 4. Kept for ranking: 2.5, 2.5, 4, 5.
        double[] differences = [1, 1, -2, 3, 0];
        var dropped = WilcoxonSignedRank.Test(differences);
        var variance = 4 * 5 * 9 / 24.0 - (8 - 2) / 48.0;
        Assert.Equal(7, dropped.PositiveRankSum);
        Assert.Equal(1, dropped.ZeroPairs);
        Assert.Equal(2 * SpecialFunctions.NormalSurvival((2 - 0.5) / Math.Sqrt(variance)), dropped.PValue, 1e-14);

        var pratt = WilcoxonSignedRank.Test(differences, zeros: ZeroDifferences.Pratt);
        var prattMean = (5 * 6 - 1 * 2) / 4.0;
        var prattVariance = (5 * 6 * 11 - 1 * 2 * 3) / 24.0 - (8 - 2) / 48.0;
        Assert.Equal(10, pratt.PositiveRankSum);
        Assert.Equal(2 * SpecialFunctions.NormalSurvival((10 - prattMean - 0.5) / Math.Sqrt(prattVariance)), pratt.PValue, 1e-14);
    }

    // Table 6 of Demšar (2006): ranks of four classifiers on 14 data sets.
    private static readonly double[] Demsar =
    [
        4, 3, 2, 1, 1, 2, 3, 4, 4, 1, 2, 3, 4, 1, 3, 2, 4, 2, 3, 1, 1, 2.5, 4, 2.5, 3, 2, 4, 1,
        2.5, 2.5, 4, 1, 4, 3, 2, 1, 2.5, 2.5, 2.5, 2.5, 4, 2.5, 1, 2.5, 3, 2, 4, 1, 4, 1, 2, 3, 3, 1, 4, 2,
    ];

    [Fact]
    public void Friedman_of_the_classifiers_has_the_published_ranks_and_statistic()
    {
        var result = Friedman.Test(Demsar, 4);
        Assert.Equal([3.143, 2.000, 2.893, 1.964], result.MeanRanks.Select(r => Math.Round(r, 3)));

        // The paper's 9.28 is without tie correction; ties of 2, 2, 4 and 2 make the correction 1 - 78 / 840.
        Assert.Equal(9.28, result.ChiSquared * (1 - 78 / 840.0), 0.01);
        Assert.Equal(13 * result.ChiSquared / (42 - result.ChiSquared), result.F, 1e-12);
        Assert.Equal(SpecialFunctions.FisherSurvival(result.F, 3, 39), result.PValue, 1e-15);
        Assert.True(result.PValue < result.ChiSquaredPValue);
    }

    [Fact]
    public void The_critical_difference_of_the_classifiers_is_the_published_one()
    {
        var result = Friedman.Test(Demsar, 4);
        Assert.Equal(1.25, result.CriticalDifference(0.05), 0.005);
        Assert.Equal(1.12, result.CriticalDifference(0.10), 0.005);
    }

    [Fact]
    public void Nemenyi_rejects_exactly_where_the_critical_difference_does() =>
        Gen.Double[0, 1].Array[24].Sample(values =>
        {
            var result = Friedman.Test(values, 4);
            var critical = result.CriticalDifference(0.05);
            Assert.Equal(6, result.Nemenyi().Count);
            Assert.All(result.Nemenyi(), pair =>
                Assert.Equal(Math.Abs(pair.MeanRankDifference) > critical, pair.AdjustedPValue < 0.05));
        });

    [Fact]
    public void Post_hoc_p_values_are_adjusted_upwards_and_name_their_pair()
    {
        var result = Friedman.Test(Demsar, 4);
        Assert.All(result.Holm(), pair => Assert.True(pair.AdjustedPValue >= pair.PValue));
        var against = result.HolmAgainst(0);
        Assert.Equal([(0, 1), (0, 2), (0, 3)], against.Select(pair => (pair.First, pair.Second)));
        Assert.Equal(3 * against[2].PValue, against[2].AdjustedPValue, 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => result.HolmAgainst(4));
    }

    [Fact]
    public void Perfect_agreement_gives_an_infinite_F_and_a_p_value_of_zero()
    {
        var result = Friedman.Test([1, 2, 3, 10, 20, 30, 5, 6, 7], 3);
        Assert.Equal((6.0, double.PositiveInfinity, 0.0), (Math.Round(result.ChiSquared, 12), result.F, result.PValue));
    }

    // The worked examples of SciPy's documentation.
    [Fact]
    public void Kruskal_Wallis_of_two_interleaved_groups_and_of_tied_groups()
    {
        var interleaved = KruskalWallis.Test([1, 3, 5, 7, 9, 2, 4, 6, 8, 10], [5, 5]);
        Assert.Equal((0.2727272727272734, 1), (interleaved.H, interleaved.DegreesOfFreedom), Close);
        Assert.Equal(0.6015081344405895, interleaved.PValue, 1e-12);
        var tied = KruskalWallis.Test([1, 1, 1, 2, 2, 2, 2, 2], [3, 3, 2]);
        Assert.Equal((7.0, 2), (tied.H, tied.DegreesOfFreedom), Close);
        Assert.Equal(0.0301973834223185, tied.PValue, 1e-12);
    }

    [Fact]
    public void Adjusted_p_values_of_a_worked_example()
    {
        double[] p = [0.04, 0.01, 0.03, 0.005];
        Assert.Equal([0.06, 0.03, 0.06, 0.02], PValueAdjustment.Holm(p).Select(v => Math.Round(v, 12)));
        Assert.Equal([0.04, 0.02, 0.04, 0.02], PValueAdjustment.BenjaminiHochberg(p).Select(v => Math.Round(v, 12)));
        Assert.Equal([0.16, 0.04, 0.12, 0.02], PValueAdjustment.Bonferroni(p).Select(v => Math.Round(v, 12)));
        Assert.Empty(PValueAdjustment.Holm([]));
    }

    [Fact]
    public void Adjustments_order_from_weak_to_strict_and_keep_the_order_of_p_values() =>
        Gen.Double[0, 1].Array[1, 20].Sample(p =>
        {
            var holm = PValueAdjustment.Holm(p);
            var hochberg = PValueAdjustment.BenjaminiHochberg(p);
            var bonferroni = PValueAdjustment.Bonferroni(p);
            for (var i = 0; i < p.Length; i++)
            {
                Assert.InRange(hochberg[i], p[i] - 1e-15, holm[i] + 1e-15);
                Assert.InRange(holm[i], 0, bonferroni[i] + 1e-15);
                for (var j = 0; j < p.Length; j++)
                    if (p[i] <= p[j]) Assert.True(holm[i] <= holm[j] && hochberg[i] <= hochberg[j]);
            }
        });

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => MannWhitney.Test([], [1]));
        Assert.Throws<ArgumentException>(() => MannWhitney.Test([1], [double.NaN]));
        Assert.Throws<ArgumentException>(() => MannWhitney.Test(new double[60], new double[60], method: RankTestMethod.Exact));
        Assert.Throws<ArgumentException>(() => WilcoxonSignedRank.Test([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => WilcoxonSignedRank.Test([double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => Friedman.Test([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => Friedman.Test([1, 2], 2));
        Assert.Throws<ArgumentException>(() => KruskalWallis.Test([1, 2], [2]));
        Assert.Throws<ArgumentException>(() => PValueAdjustment.Holm([0.5, 1.5]));
    }

    private static bool Close((double, int) a, (double, int) b) => Math.Abs(a.Item1 - b.Item1) < 1e-12 && a.Item2 == b.Item2;
}
