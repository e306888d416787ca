using CsCheck;
using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Bets;

namespace Vilfredo.Measurement.Tests.PoolBets;

public class CoverageTests
{
    [Theory]
    [InlineData(10, 50, 0.436)]
    [InlineData(11, 203, 0.316)]
    [InlineData(12, 1243, 0.208)]
    [InlineData(13, 7373, 0.0824)]
    public void No_literal_columns_come_near_the_urns_ninety_percent(int minHits, int columns, double bound)
    {
        Assert.Equal(0.9, new UrnModel(13, 0.5).Safety(columns, minHits), 0.005);
        Assert.Equal(bound, Coverage.UpperBound(CouponExamples.Halves, minHits, columns), 0.0005);
    }

    [Fact]
    public void A_column_has_as_many_outcomes_within_some_misses_as_the_urn_counts() =>
        Assert.Equal(2288 + 312 + 26 + 1, Coverage.OutcomesWithin(CouponExamples.Halves, 3));

    [Fact]
    public void The_bound_holds_for_every_pair_of_columns_of_small_coupons() =>
        Gen.Select(CouponExamples.Any(2, 3), Gen.Int[0, 3]).Sample((coupon, hits) =>
        {
            var minHits = Math.Min(hits, coupon.Count);
            var all = CouponExamples.AllColumns(coupon).ToArray();
            var best = 0.0;
            foreach (var first in all)
                foreach (var second in all)
                    best = Math.Max(best, all.Where(outcome => Math.Max(Coupon.Hits(first, outcome), Coupon.Hits(second, outcome)) >= minHits).Sum(outcome => coupon.ChanceOf(outcome)));
            Assert.True(Coverage.UpperBound(coupon, minHits, 2) >= best - 1e-12);
        }, iter: 30);

    [Fact]
    public void Sampled_coverage_of_a_system_is_its_safety()
    {
        var coupon = CouponExamples.Repeat(6, 0.5, 0.3, 0.2);
        var system = new SystemBet(coupon, 2, 2, 1, 1, 3, 1);
        var columns = CouponExamples.AllColumns(coupon).Where(column => column.Select((o, i) => system.Chosen(i).Contains(o)).All(x => x));
        var exact = system.BestColumn.Tail(5);
        Assert.Equal(exact, Coverage.Estimate(coupon, columns, 5, 100_000, new RandomGenerator(6)), 4 * Math.Sqrt(exact * (1 - exact) / 100_000));
    }

    [Fact]
    public void Columns_far_apart_reach_a_lower_tier_more_often_than_the_best_system()
    {
        var spread = SpreadColumns.Greedy(CouponExamples.Halves, 10, 50, 4000, new RandomGenerator(1));
        Assert.Equal(50, spread.Select(column => string.Join(',', column)).Distinct().Count());
        var system = SystemOptimizer.Maximize(CouponExamples.Halves, 10, 50).BestColumn.Tail(10);
        var reached = Coverage.Estimate(CouponExamples.Halves, spread, 10, 20_000, new RandomGenerator(2));
        Assert.Equal(0.1835, system, 0.00005);
        Assert.InRange(reached, system + 0.05, Coverage.UpperBound(CouponExamples.Halves, 10, 50));
    }

    [Fact]
    public void Where_all_outcomes_are_alike_random_columns_reach_what_the_urn_says()
    {
        var coupon = CouponExamples.Repeat(13, 1.0 / 3, 1.0 / 3, 1.0 / 3);
        var columns = SpreadColumns.Draw(coupon, 1396, new RandomGenerator(3));
        Assert.Equal(1396, columns.Select(column => string.Join(',', column)).Distinct().Count());
        Assert.Equal(0.9, Coverage.Estimate(coupon, columns, 10, 4000, new RandomGenerator(4)), 0.03);
        Assert.Equal(1, Coverage.UpperBound(coupon, 10, 1396));
    }

    [Fact]
    public void Sorting_all_chances_gives_what_the_heap_gives()
    {
        // 3^10 columns: 20,001 are sorted, 20,000 are not.
        var coupon = new Coupon([.. Enumerable.Range(0, 10).Select(i => new OutcomeProbabilities(0.4 + 0.01 * i, 0.35, 0.25 - 0.01 * i))]);
        var next = BestColumns.Enumerate(coupon).ElementAt(20_000).Chance;
        Assert.Equal(BestColumns.TrueCoverage(coupon, 20_000) + next, BestColumns.TrueCoverage(coupon, 20_001), 1e-12);
    }

    [Fact]
    public void Many_columns_of_equal_chance_are_counted_each() => Assert.Equal(
        BestColumns.Enumerate(CouponExamples.Halves).Take(100_000).Sum(best => best.Chance), BestColumns.TrueCoverage(CouponExamples.Halves, 100_000), 1e-11);

    [Fact]
    public void Peaked_coupons_still_give_different_columns()
    {
        var coupon = CouponExamples.Repeat(4, 0.98, 0.01, 0.01);
        Assert.Equal(40, SpreadColumns.Greedy(coupon, 3, 40, 500, new RandomGenerator(1)).Select(column => string.Join(',', column)).Distinct().Count());
    }

    [Fact]
    public void What_cannot_be_covered_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Coverage.UpperBound(CouponExamples.Halves, 14, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Coverage.UpperBound(CouponExamples.Halves, 10, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpreadColumns.Greedy(CouponExamples.Halves, 10, 0, 10, new RandomGenerator(1)));
        Assert.Equal(0, Coverage.UpperBound(CouponExamples.Halves, 0, 0));
    }
}
