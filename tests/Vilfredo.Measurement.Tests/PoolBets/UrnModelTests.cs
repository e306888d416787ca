using CsCheck;
using Vilfredo.Measurement.PoolBets;

namespace Vilfredo.Measurement.Tests.PoolBets;

public class UrnModelTests
{
    private static readonly double[] Safeties = [0.9, 0.99, 0.999, 0.9999];

    [Fact]
    public void Guessing_thirteen_matches_has_the_published_counts()
    {
        var urn = new UrnModel(13, 1.0 / 3);
        Assert.Equal(1_594_323, urn.Combinations);
        Assert.Equal([2288, 312, 26, 1], [urn.CountWithHits(10), urn.CountWithHits(11), urn.CountWithHits(12), urn.CountWithHits(13)]);
        Assert.True(urn.IsIntegral);
        var half = new UrnModel(13, 0.5);
        Assert.Equal(8192, half.Combinations);
        Assert.Equal([286, 78, 13, 1], [half.CountWithHits(10), half.CountWithHits(11), half.CountWithHits(12), half.CountWithHits(13)]);
    }

    // Table 2 and 3 of Stömmer: equation 15 rounded up; the rows of 13 hits at p = 1/2 are printed to the nearest.
    [Theory]
    [InlineData(3, 10, 1397, 2793, 4187, 5580)]
    [InlineData(3, 13, 1_434_891, 1_578_380, 1_592_729, 1_594_164)]
    [InlineData(2, 10, 50, 100, 149, 198)]
    [InlineData(2, 11, 203, 400, 593, 781)]
    [InlineData(2, 12, 1243, 2297, 3191, 3949)]
    public void Published_numbers_of_columns_are_reproduced(int outcomes, int minHits, params int[] columns)
    {
        var urn = new UrnModel(13, 1.0 / outcomes);
        Assert.Equal(columns.Select(n => (long)n), Safeties.Select(q => urn.ColumnsFor(minHits, q)));
    }

    [Fact]
    public void Thirteen_hits_at_one_half_are_printed_to_the_nearest_column()
    {
        var urn = new UrnModel(13, 0.5);
        Assert.Equal([7373, 8110, 8184, 8191], Safeties.Select(q => Math.Round(urn.FractionalColumnsFor(13, q))));
        Assert.Equal(8111, urn.ColumnsFor(13, 0.99));
    }

    [Theory]
    [InlineData(10, 49, 97, 145, 193)]
    [InlineData(11, 202, 398, 590, 777)]
    [InlineData(12, 1242, 2295, 3188, 3946)]
    public void The_exact_form_needs_slightly_fewer_columns(int minHits, params int[] columns)
    {
        var urn = new UrnModel(13, 0.5);
        Assert.Equal(columns.Select(n => (long)n), Safeties.Select(q => urn.ColumnsFor(minHits, q, SafetyForm.Exact)));
        Assert.Equal(columns.Select(n => (long)n), Safeties.Select(q => urn.ColumnsFor(minHits, q, SafetyForm.GammaFunction)));
    }

    [Fact]
    public void The_counts_sum_to_the_urn_at_every_hit_rate() => Gen.Select(Gen.Int[1, 20], Gen.Double[0.1, 1]).Sample((m, p) =>
    {
        var urn = new UrnModel(m, p);
        Assert.Equal(1, Enumerable.Range(0, m + 1).Sum(urn.CountWithHits) / urn.Combinations, 1e-12);
        Assert.Equal(1, urn.CountWithAtLeast(0) / urn.Combinations, 1e-12);
    });

    [Fact]
    public void Safety_rises_with_the_columns_and_the_approximation_never_asks_for_fewer() =>
        Gen.Select(Gen.Int[2, 9], Gen.Int[2, 4], Gen.Double[0.01, 0.999]).Sample((m, outcomes, q) =>
        {
            var urn = new UrnModel(m, 1.0 / outcomes);
            foreach (var minHits in new[] { m, m - 1, Math.Max(1, m - 3) })
            {
                var last = 0.0;
                for (long n = 1; n <= urn.Combinations; n += 1 + (long)urn.Combinations / 50)
                {
                    var safety = urn.Safety(n, minHits, SafetyForm.Exact);
                    Assert.InRange(safety, last, 1);
                    Assert.True(safety >= urn.Safety(n, minHits) - 1e-12);
                    Assert.Equal(safety, urn.Safety(n, minHits, SafetyForm.GammaFunction), 1e-8);
                    last = safety;
                }

                Assert.True(urn.ColumnsFor(minHits, q, SafetyForm.Exact) <= urn.ColumnsFor(minHits, q));
            }
        }, iter: 40);

    [Fact]
    public void Only_one_winner_makes_the_safety_the_share_bought()
    {
        var urn = new UrnModel(13, 1.0 / 3);
        foreach (var form in new[] { SafetyForm.LargeUrn, SafetyForm.Exact })
            Assert.Equal(797_161 / 1_594_323.0, urn.Safety(797_161, 13, form), 1e-12);
        Assert.Equal(1, urn.Safety(1_594_323, 13, SafetyForm.Exact), 1e-12);
    }

    [Fact]
    public void Drawing_with_replacement_needs_more_columns()
    {
        var urn = new UrnModel(13, 0.5);
        Assert.Equal(Math.Log(0.1) / Math.Log(1 - 14.0 / 8192), urn.FractionalColumnsFor(12, 0.9, SafetyForm.WithReplacement), 1e-6);
        Assert.Equal(0.9, urn.Safety(1347, 12, SafetyForm.WithReplacement), 1e-3);
        Assert.True(urn.Safety(1000, 12, SafetyForm.WithReplacement) < urn.Safety(1000, 12, SafetyForm.Exact));
    }

    [Fact]
    public void A_million_simulated_draws_agree_with_the_exact_form()
    {
        // By symmetry the 14 winners may be placed at random among the columns, of which the first 1,243 are bought.
        const int Draws = 1_000_000, Bought = 1243, Winners = 14;
        var random = new RandomGenerator(20230316);
        var safe = 0;
        Span<int> taken = stackalloc int[Winners];
        for (var draw = 0; draw < Draws; draw++)
        {
            var found = false;
            for (var i = 0; i < Winners; i++)
            {
                do taken[i] = random.NextInt32(8192);
                while (taken[..i].Contains(taken[i]));
                found |= taken[i] < Bought;
            }

            if (found) safe++;
        }

        var expected = new UrnModel(13, 0.5).Safety(Bought, 12, SafetyForm.Exact);
        Assert.InRange((double)safe / Draws, expected - 4 * Math.Sqrt(expected * (1 - expected) / Draws), expected + 4 * Math.Sqrt(expected * (1 - expected) / Draws));
    }

    [Fact]
    public void The_joint_probabilities_of_all_tiers_sum_to_one()
    {
        var urn = new UrnModel(4, 0.5);
        var sum = 0.0;
        for (var k4 = 0; k4 <= 1; k4++)
            for (var k3 = 0; k3 <= 4; k3++)
                for (var k2 = 0; k2 <= 6; k2++)
                    sum += urn.Probability(7, [4, 3, 2], [k4, k3, k2]);
        Assert.Equal(1, sum, 12);
        Assert.Equal(1 - urn.Safety(7, 3, SafetyForm.Exact), urn.Probability(7, [4, 3], [0, 0]), 12);
    }

    [Fact]
    public void At_least_one_marked_item_is_what_counting_all_draws_gives()
    {
        const int Total = 12;
        for (var marked = 0; marked <= Total; marked++)
        {
            for (var drawn = 0; drawn <= Total; drawn++)
            {
                int all = 0, hit = 0;
                for (var set = 0; set < 1 << Total; set++)
                {
                    if (int.PopCount(set) != drawn) continue;
                    all++;
                    if ((set & ((1 << marked) - 1)) != 0) hit++;
                }

                Assert.Equal((double)hit / all, Hypergeometric.AtLeastOne(Total, marked, drawn), 12);
                Assert.Equal(1 - (double)hit / all, Hypergeometric.None(Total, marked, drawn), 12);
            }
        }
    }

    [Fact]
    public void Failing_four_times_at_ninety_percent_is_one_in_ten_thousand() => Assert.Equal(1e-4, UrnModel.AllFail(0.9, 4), 1e-15);

    [Theory]
    [InlineData(50, 27.5)]
    [InlineData(1243, 673.5)]
    [InlineData(1_594_323, 863_592)]
    [InlineData(0, 0)]
    [InlineData(12, 6.5)]
    [InlineData(13, 7.5)]
    public void Fees_step_with_each_voucher(long columns, double fee) => Assert.Equal(fee, FeeSchedule.Toto.Fee(columns));

    [Fact]
    public void What_no_urn_can_answer_is_refused()
    {
        var urn = new UrnModel(13, 0.43);
        Assert.False(urn.IsIntegral);
        Assert.Contains("GammaFunction", Assert.Throws<InvalidOperationException>(() => urn.Safety(10, 12, SafetyForm.Exact)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => urn.Safety(60_000, 12));
        Assert.Throws<ArgumentOutOfRangeException>(() => urn.Safety(10, 14));
        Assert.Throws<ArgumentOutOfRangeException>(() => urn.ColumnsFor(12, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => urn.ColumnsFor(12, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => urn.FractionalColumnsFor(12, 0.9, SafetyForm.Exact));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UrnModel(13, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UrnModel(0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UrnModel(10_000, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hypergeometric.None(5, 6, 1));
        Assert.Throws<ArgumentException>(() => new UrnModel(4, 0.5).Probability(3, [4, 4], [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeeSchedule(-1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeeSchedule(1, 0, 0));
    }
}
