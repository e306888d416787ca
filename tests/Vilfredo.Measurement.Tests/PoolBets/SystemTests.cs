using CsCheck;
using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Bets;

namespace Vilfredo.Measurement.Tests.PoolBets;

public class SystemTests
{
    [Fact]
    public void The_urn_says_ninety_percent_where_literal_columns_reach_eight()
    {
        Assert.Equal(0.9, new UrnModel(13, 0.5).Safety(7373, 13), 1e-4);
        Assert.Equal(0.0824, BestColumns.TrueCoverage(CouponExamples.Halves, 7373), 0.00005);
        Assert.Equal(0.0886, BestColumns.TrueCoverage(CouponExamples.Halves, 8192), 0.00005);
    }

    [Fact]
    public void The_best_columns_are_all_columns_sorted_by_chance() => CouponExamples.Any(1, 6).Sample(coupon =>
    {
        var expected = CouponExamples.AllColumns(coupon).Select(column => coupon.ChanceOf(column)).OrderDescending().ToArray();
        var listed = BestColumns.Enumerate(coupon).ToArray();
        Assert.Equal(expected.Length, listed.Length);
        Assert.Equal(expected.Length, listed.Select(entry => string.Join(',', entry.Column)).Distinct().Count());
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(1, listed[i].Chance / expected[i], 1e-12);
            Assert.Equal(1, coupon.ChanceOf(listed[i].Column) / listed[i].Chance, 1e-12);
        }

        Assert.Equal(coupon.FavouriteColumn(), listed[0].Column);
        Assert.Equal(1, BestColumns.TrueCoverage(coupon, expected.Length));
        Assert.Equal(expected[..(expected.Length / 2)].Sum(), BestColumns.TrueCoverage(coupon, expected.Length / 2), 1e-12);
    }, iter: 100);

    [Fact]
    public void Matches_with_other_numbers_of_outcomes_are_listed_too()
    {
        var coupon = new Coupon([new(1.0), new(0.5, 0.5, 0, 0, 0), new(0.3, 0.7), new(0.1, 0.2, 0.3, 0.4)]);
        var listed = BestColumns.Enumerate(coupon).ToArray();
        Assert.Equal(40, listed.Length);
        Assert.Equal(1, listed.Sum(entry => entry.Chance), 12);
        Assert.True(listed.Zip(listed.Skip(1)).All(pair => pair.First.Chance >= pair.Second.Chance));
    }

    [Fact]
    public void A_system_of_all_outcomes_is_certain()
    {
        var system = new SystemBet(CouponExamples.Halves, [.. Enumerable.Repeat(3, 13)]);
        Assert.Equal(1_594_323, system.Columns);
        Assert.Equal(1, system.BestColumn.Tail(13));
        var counts = new double[14];
        system.CountByHits(new int[13], counts);
        Assert.Equal([2288, 312, 26, 1], counts[10..]);
    }

    [Fact]
    public void Counts_of_hits_are_those_of_the_systems_columns() =>
        Gen.Select(CouponExamples.Any(1, 5), Gen.Int[1, 3].Array[5], Gen.Int[0, 2].Array[5]).Sample((coupon, sizes, drawn) =>
        {
            var outcomes = drawn[..coupon.Count];
            var system = new SystemBet(coupon, sizes.AsSpan(0, coupon.Count));
            var columns = CouponExamples.AllColumns(coupon)
                .Where(column => column.Select((o, i) => system.Chosen(i).Contains(o)).All(chosen => chosen)).ToArray();
            Assert.Equal(system.Columns, columns.Length);
            var (counts, literal) = (new double[coupon.Count + 1], new double[coupon.Count + 1]);
            system.CountByHits(outcomes, counts);
            new ColumnSet(coupon, columns).CountByHits(outcomes, literal);
            Assert.Equal(literal, counts);

            // The mean over all outcomes, and the chance that the best column has a number of hits.
            var mean = new double[coupon.Count + 1];
            var best = new double[coupon.Count + 1];
            foreach (var outcome in CouponExamples.AllColumns(coupon))
            {
                var chance = coupon.ChanceOf(outcome);
                system.CountByHits(outcome, counts);
                for (var x = 0; x < counts.Length; x++) mean[x] += chance * counts[x];
                best[Array.FindLastIndex(counts, count => count > 0)] += chance;
            }

            var expected = system.ExpectedColumnsByHits();
            for (var x = 0; x < mean.Length; x++)
            {
                Assert.Equal(mean[x], expected[x], 1e-9);
                Assert.Equal(best[x], system.BestColumn.Probability(x), 1e-9);
            }
        }, iter: 60);

    [Fact]
    public void Branch_and_bound_finds_the_best_of_all_systems() =>
        Gen.Select(CouponExamples.Any(1, 6), Gen.Int[0, 6], Gen.Int[1, 200]).Sample((coupon, hits, budget) =>
        {
            var minHits = Math.Min(hits, coupon.Count);
            var expected = CouponExamples.AllColumns(coupon).Select(sizes => new SystemBet(coupon, Array.ConvertAll(sizes, size => size + 1)))
                .Where(system => system.Columns <= budget).Max(system => system.BestColumn.Tail(minHits));
            var found = SystemOptimizer.Maximize(coupon, minHits, budget);
            Assert.True(found.Columns <= budget);
            Assert.Equal(expected, found.BestColumn.Tail(minHits), 1e-12);
        }, iter: 150);

    [Fact]
    public void Exact_systems_are_no_worse_than_greedy_ones_and_random_doubles() =>
        CouponExamples.Any(13, 13).Sample(coupon =>
        {
            foreach (var budget in new[] { 1, 2, 12, 64, 243 })
            {
                var exact = SystemOptimizer.Maximize(coupon, 10, budget).BestColumn.Tail(10);
                var greedy = SystemOptimizer.Greedy(coupon, 10, budget);
                var doubles = SystemOptimizer.RandomDoubles(coupon, budget, new RandomGenerator(1));
                Assert.True(greedy.Columns <= budget && doubles.Columns <= budget);
                Assert.True(exact >= greedy.BestColumn.Tail(10) - 1e-12);
                Assert.True(exact >= doubles.BestColumn.Tail(10) - 1e-12);
            }
        }, iter: 20);

    [Fact]
    public void For_all_hits_systems_cover_at_most_what_the_best_columns_cover() => CouponExamples.Any(5, 8).Sample(coupon =>
    {
        var system = SystemOptimizer.Maximize(coupon, coupon.Count, 36);
        Assert.True(system.BestColumn.Tail(coupon.Count) <= BestColumns.TrueCoverage(coupon, 36) + 1e-12);
    }, iter: 50);

    [Fact]
    public void Random_columns_are_different_and_hit_a_third()
    {
        var set = ColumnSet.Random(CouponExamples.Halves, 500, new RandomGenerator(8));
        var counts = new double[14];
        set.CountByHits(new int[13], counts);
        Assert.Equal(500, counts.Sum());
        Assert.Equal(13 / 3.0, counts.Select((count, x) => count * x).Sum() / 500, 0.4);
    }

    [Fact]
    public void Systems_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SystemBet(CouponExamples.Halves, 1, 2));
        Assert.Throws<ArgumentException>(() => new SystemBet(CouponExamples.Repeat(1, 0.5, 0.5), 3));
        Assert.Throws<ArgumentException>(() => new ColumnSet(CouponExamples.Repeat(1, 0.5, 0.5), [[0], [0]]));
        Assert.Throws<ArgumentException>(() => BestColumns.TrueCoverage(CouponExamples.Repeat(33, 0.5, 0.3, 0.2), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SystemOptimizer.Maximize(CouponExamples.Halves, 14, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SystemOptimizer.Maximize(CouponExamples.Halves, 10, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ColumnSet.Random(CouponExamples.Halves, 1_000_000, new RandomGenerator(1)));
    }
}
