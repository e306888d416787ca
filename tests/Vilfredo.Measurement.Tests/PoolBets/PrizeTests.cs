using CsCheck;
using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Bets;
using Vilfredo.Measurement.PoolBets.Prizes;

namespace Vilfredo.Measurement.Tests.PoolBets;

public class PrizeTests
{
    // Stömmer's profits at p = 1/2: prize minus fee, printed without cents.
    [Theory]
    [InlineData(10, 0.9, 21)]
    [InlineData(11, 0.9, 324)]
    [InlineData(11, 0.99, 217)]
    [InlineData(11, 0.999, 112)]
    [InlineData(11, 0.9999, 10)]
    [InlineData(12, 0.9, 5775)]
    [InlineData(12, 0.99, 5204)]
    [InlineData(12, 0.999, 4720)]
    [InlineData(12, 0.9999, 4309)]
    [InlineData(13, 0.9, 103_819)]
    [InlineData(13, 0.9999, 103_376)]
    public void Published_profits_are_reproduced(int minHits, double safety, double profit)
    {
        var real = new UrnModel(13, 0.5).FractionalColumnsFor(minHits, safety);
        var columns = (long)(minHits == 13 ? Math.Round(real) : Math.Ceiling(real));
        Assert.Equal(profit, Math.Floor(FixedPrizes.Toto.PaperProfit(minHits, columns, FeeSchedule.Toto)));
    }

    [Fact]
    public void Ten_hits_pay_at_ninety_percent_only_and_tipsters_gain_with_thirteen_alone()
    {
        var half = new UrnModel(13, 0.5);
        var tipster = new UrnModel(13, 0.43);
        foreach (var safety in new[] { 0.99, 0.999, 0.9999 })
        {
            Assert.True(FixedPrizes.Toto.PaperProfit(10, half.ColumnsFor(10, safety), FeeSchedule.Toto) < 0);
            foreach (var tier in new[] { 10, 11, 12 })
                Assert.True(FixedPrizes.Toto.PaperProfit(tier, tipster.ColumnsFor(tier, safety), FeeSchedule.Toto) < 0);
            Assert.True(FixedPrizes.Toto.PaperProfit(13, tipster.ColumnsFor(13, safety), FeeSchedule.Toto) > 0);
        }
    }

    [Fact]
    public void Sampled_payouts_of_fixed_prizes_agree_with_the_exact_mean()
    {
        var coupon = CouponExamples.Repeat(5, 0.5, 0.3, 0.2);
        var prizes = new FixedPrizes((4, 10), (5, 100));
        var system = new SystemBet(coupon, 2, 1, 3, 1, 1);
        var estimate = Payouts.Estimate(coupon, system, prizes, 100_000, new RandomGenerator(11));
        Assert.Equal(prizes.ExpectedPayout(system), estimate.Mean, 4 * estimate.StandardError);
        var exact = CouponExamples.AllColumns(coupon).Sum(outcome => coupon.ChanceOf(outcome) * Payouts.Of(coupon, system, prizes, outcome));
        Assert.Equal(exact, prizes.ExpectedPayout(system), 1e-9);
    }

    [Fact]
    public void All_columns_together_are_paid_what_the_crowd_puts_in()
    {
        // The crowd's own columns receive the payout: with mean winners of at least 1 per tier, Σ winners · prize = payout.
        var coupon = CouponExamples.Halves;
        var model = new PariMutuelPrizes { CrowdColumns = 1e12 };
        var prizes = new double[14];
        model.For(coupon)([.. Enumerable.Repeat(0, 13)], prizes);
        var crowd = coupon.HitsOf(new int[13]);
        Assert.Equal(0.5 * 0.5 * 1e12, Enumerable.Range(10, 4).Sum(x => 1e12 * crowd.Probability(x) * prizes[x]), 1e3);
        Assert.Equal(0, prizes[9]);
    }

    [Fact]
    public void Likely_outcomes_pay_less_the_more_the_crowd_follows_the_odds()
    {
        var coupon = CouponExamples.Halves;
        var favourites = coupon.FavouriteColumn();
        var last = double.PositiveInfinity;
        foreach (var exponent in new[] { 0, 0.5, 1, 1.5 })
        {
            var payout = Payouts.Of(coupon, SystemBet.Favourites(coupon), new PariMutuelPrizes { CrowdExponent = exponent }, favourites);
            Assert.True(payout < last);
            last = payout;
        }
    }

    [Fact]
    public void A_uniform_crowd_shares_alike_whatever_comes()
    {
        var model = new PariMutuelPrizes { CrowdExponent = 0 };
        var (first, second) = (new double[14], new double[14]);
        model.For(CouponExamples.Halves)(new int[13], first);
        model.For(CouponExamples.Halves)([.. Enumerable.Repeat(2, 13)], second);
        Assert.Equal(first, second);
        Assert.Equal(0.5 * 0.25 * 400_000 * 0.5 / (400_000 * 2288 / 1_594_323.0), first[10], 1e-9);
        Assert.Equal(25_000, first[13]);
    }

    [Fact]
    public void Budgets_buy_safety_that_never_falls()
    {
        var points = PoolBetFrontier.Evaluate(CouponExamples.Halves, 10, [1, 4, 50], FeeSchedule.Toto, new PariMutuelPrizes(), 2000, 1);
        Assert.Equal([1, 4, 48], points.Select(point => point.System.Columns));
        Assert.Equal([1, 2.5, 26], points.Select(point => point.Fee));
        Assert.True(points.Zip(points.Skip(1)).All(pair => pair.First.Safety < pair.Second.Safety));
        Assert.Equal(new SystemBet(CouponExamples.Halves, [.. points[0].System.Sizes]).BestColumn.Tail(10), points[0].Safety);
        var frontier = PoolBetFrontier.ToFrontier(points);
        Assert.Equal(3, frontier.NonDominated.Count + frontier.Dominated.Count);
    }

    [Fact]
    public void Prizes_that_cannot_be_paid_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FixedPrizes((10, 1), (10, 2)));
        Assert.Throws<ArgumentException>(() => new FixedPrizes((10, double.NaN)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PariMutuelPrizes { CrowdExponent = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PariMutuelPrizes { PayoutShare = 1.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PariMutuelPrizes { TierShares = new Dictionary<int, double> { [13] = 1.2 } });
        Assert.Throws<ArgumentOutOfRangeException>(() => Payouts.Estimate(CouponExamples.Halves, SystemBet.Favourites(CouponExamples.Halves), FixedPrizes.Toto, 1, new RandomGenerator(1)));
    }
}
