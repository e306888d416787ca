using CsCheck;
using Vilfredo.Measurement.OffPolicy;

namespace Vilfredo.Measurement.Tests.OffPolicy;

public class ReturnDistributionTests
{
    [Fact]
    public void Risk_measures_of_four_equal_chances_are_those_worked_out_by_hand()
    {
        var distribution = ReturnDistribution.Empirical([4, 1, 2, 3]);
        Assert.Equal(2.5, distribution.Mean, 12);
        Assert.Equal(1.25, distribution.Variance, 12);
        Assert.Equal(1, distribution.ConditionalValueAtRisk(0.25), 12);
        Assert.Equal((1 + 0.5 * 2) / 1.5, distribution.ConditionalValueAtRisk(0.375), 12);
        Assert.Equal(2.5, distribution.ConditionalValueAtRisk(1), 12);
        Assert.Equal((1.0, 2.0, 3.0, 4.0), (distribution.Quantile(0.25), distribution.Quantile(0.5), distribution.Quantile(0.51), distribution.Quantile(1)));
        Assert.Equal(2, distribution.InterquartileRange, 12);
        Assert.Equal((0.0, 0.25, 0.5, 1.0), (distribution.Cumulative(0.9), distribution.Cumulative(1), distribution.Cumulative(2.5), distribution.Cumulative(9)));
    }

    [Fact]
    public void Equal_values_are_merged_and_impossible_ones_left_out()
    {
        var distribution = new ReturnDistribution([5, 1, 5, 7], [0.25, 0.5, 0.25, 0]);
        Assert.Equal([1.0, 5], distribution.Values.ToArray());
        Assert.Equal([0.5, 1], distribution.CumulativeProbabilities.ToArray());
    }

    [Fact]
    public void Risk_measures_are_ordered_and_move_with_the_returns() =>
        Gen.Double[-100, 100].Array[1, 30].Select(Gen.Double[0.01, 1], Gen.Double[-5, 5]).Sample((returns, share, shift) =>
        {
            var distribution = ReturnDistribution.Empirical(returns);
            var moved = ReturnDistribution.Empirical([.. returns.Select(value => value + shift)]);
            Assert.InRange(distribution.ConditionalValueAtRisk(share), returns.Min() - 1e-9, Math.Min(distribution.Mean, distribution.Quantile(share)) + 1e-9);
            Assert.True(distribution.Cumulative(distribution.Quantile(share)) >= share - 1e-9);
            Assert.Equal(distribution.ConditionalValueAtRisk(share) + shift, moved.ConditionalValueAtRisk(share), 1e-8);
            Assert.Equal(distribution.Variance, moved.Variance, 1e-7);
        }, iter: 300);

    [Fact]
    public void What_is_no_distribution_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ReturnDistribution.Empirical([]));
        Assert.Throws<ArgumentException>(() => new ReturnDistribution([1, 2], [0.5, 0.6]));
        Assert.Throws<ArgumentException>(() => new ReturnDistribution([1, 2], [1.5, -0.5]));
        Assert.Throws<ArgumentException>(() => new ReturnDistribution([double.PositiveInfinity], [1]));
        Assert.Throws<ArgumentException>(() => new ReturnDistribution([1], [0.5, 0.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReturnDistribution.Certain(1).Quantile(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReturnDistribution.Certain(1).ConditionalValueAtRisk(1.1));
    }
}
