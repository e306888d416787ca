using CsCheck;
using Vilfredo.Measurement.PoolBets;

namespace Vilfredo.Measurement.Tests.PoolBets;

public class DecimalOddsTests
{
    private static readonly DevigMethod[] Methods = Enum.GetValues<DevigMethod>();

    [Fact]
    public void Proportional_chances_are_the_reciprocals_over_their_sum()
    {
        var odds = new DecimalOdds(2, 4, 3.2);
        Assert.Equal(1.0625, odds.Overround, 12);
        Assert.Equal(0.5 / 1.0625, odds.ToProbabilities()[0], 12);
        Assert.Equal(0.25 / 1.0625, odds.ToProbabilities()[1], 12);
    }

    [Fact]
    public void Fair_odds_keep_their_reciprocals_under_every_method()
    {
        foreach (var method in Methods)
        {
            var p = new DecimalOdds(2, 4, 4).ToProbabilities(method);
            Assert.Equal(0.5, p[0], 1e-7);
            Assert.Equal(0.25, p[1], 1e-7);
        }
    }

    [Fact]
    public void All_methods_keep_the_order_and_power_and_Shin_take_more_from_outsiders() =>
        Gen.Double[0.05, 0.9].Array[3].Sample(weights =>
        {
            var sum = weights.Sum();
            var odds = new DecimalOdds(Array.ConvertAll(weights, w => Math.Max(1.01, sum / w / 1.06)));
            if (odds.Overround < 1) return;
            var proportional = odds.ToProbabilities();
            foreach (var method in Methods)
            {
                var p = odds.ToProbabilities(method);
                Assert.Equal(proportional.Favourite, p.Favourite);
                Assert.True(p.ChanceAtRank(0) >= proportional.ChanceAtRank(0) - 1e-9);
                Assert.True(p.ChanceAtRank(2) <= proportional.ChanceAtRank(2) + 1e-9);
            }
        });

    [Fact]
    public void The_power_is_one_exponent_for_all_outcomes()
    {
        var odds = new DecimalOdds(1.5, 4.2, 7);
        var p = odds.ToProbabilities(DevigMethod.Power);
        var exponents = odds.Values.Select((o, j) => Math.Log(p[j]) / -Math.Log(o)).ToArray();
        Assert.Equal(exponents[0], exponents[1], 1e-9);
        Assert.Equal(exponents[0], exponents[2], 1e-9);
        Assert.True(exponents[0] > 1);
    }

    [Fact]
    public void With_two_outcomes_Shin_takes_the_same_amount_from_both()
    {
        // Known equivalence: for two outcomes Shin's chances differ by as much as the reciprocals do.
        var p = new DecimalOdds(1.4, 2.9).ToProbabilities(DevigMethod.Shin);
        Assert.Equal(1 / 1.4 - 1 / 2.9, p[0] - p[1], 1e-9);
    }

    [Fact]
    public void Ties_for_the_favourite_go_to_the_first()
    {
        var p = new OutcomeProbabilities(0.2, 0.4, 0.4);
        Assert.Equal([1, 2, 0], Enumerable.Range(0, 3).Select(p.AtRank));
        Assert.Equal(0.8, p.ChanceOfBest(2), 12);
        Assert.Equal(1, p.ChanceOfBest(3));
    }

    [Fact]
    public void Outcomes_are_drawn_by_their_chances()
    {
        var p = new OutcomeProbabilities(0.2, 0, 0.8);
        var random = new RandomGenerator(3);
        var counts = new int[3];
        for (var i = 0; i < 100_000; i++) counts[p.Sample(random)]++;
        Assert.Equal(0, counts[1]);
        Assert.Equal(20_000, counts[0], 4 * Math.Sqrt(100_000 * 0.16));
    }

    [Fact]
    public void What_is_no_odds_or_no_distribution_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new DecimalOdds(1, 3));
        Assert.Throws<ArgumentException>(() => new DecimalOdds(2));
        Assert.Throws<ArgumentException>(() => new DecimalOdds(2, double.PositiveInfinity));
        Assert.Throws<InvalidOperationException>(() => new DecimalOdds(3, 3).ToProbabilities(DevigMethod.Shin));
        Assert.Contains("not to 1", Assert.Throws<ArgumentException>(() => new OutcomeProbabilities(0.5, 0.4)).Message);
        Assert.Throws<ArgumentException>(() => new OutcomeProbabilities(1.5, -0.5));
        Assert.Throws<ArgumentException>(() => new Coupon([]));
        Assert.Throws<ArgumentException>(() => CouponExamples.Halves.ChanceOf([0, 1]));
        Assert.Throws<ArgumentException>(() => CouponExamples.Repeat(1, 0.5, 0.5).ChanceOf([2]));
    }
}
