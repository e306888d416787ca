using CsCheck;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Relative;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Tests.CodeEfficiency;

public class RelativeScoreTests
{
    private static readonly BootstrapOptions Few = new() { Resamples = 500 };

    private static CensoredValue[] Exactly(params double[] costs) => [.. costs.Select(CensoredValue.Exactly)];

    [Fact]
    public void One_huge_speed_up_hides_99_slow_downs_in_the_arithmetic_mean_only()
    {
        double[] baseline = [.. Enumerable.Repeat(1.0, 100)];
        var relative = new RelativeCosts(baseline, Exactly([.. Enumerable.Repeat(2.0, 99), 0.01]));
        Assert.Equal(1.495, relative.MeanSpeedUp(new RandomGenerator(1), Few).Estimate, 1e-12);
        Assert.Equal(Math.Pow(0.5, 0.99) * Math.Pow(100, 0.01), relative.GeometricMeanSpeedUp(new RandomGenerator(1), Few).Estimate, 1e-12);
        Assert.Equal(CensoredValue.Exactly(2), relative.MedianRatio);
        Assert.Equal((99 * 2 + 0.01) / 100, relative.MeanRatio(new RandomGenerator(1), Few).Estimate, 1e-12);
    }

    [Fact]
    public void Exchanging_the_two_inverts_the_geometric_mean_but_not_the_arithmetic_one() =>
        Gen.Select(Gen.Double[0.1, 10].Array[5], Gen.Double[0.1, 10].Array[5]).Sample((a, b) =>
        {
            var (forth, back) = (new RelativeCosts(a, Exactly(b)), new RelativeCosts(b, Exactly(a)));
            double Geometric(RelativeCosts costs) => costs.GeometricMeanSpeedUp(new RandomGenerator(1), new BootstrapOptions { Resamples = 2, Method = BootstrapMethod.Percentile }).Estimate;
            Assert.Equal(1, Geometric(forth) * Geometric(back), 1e-9);
            Assert.True(forth.LargestMeanSpeedUp * back.LargestMeanSpeedUp >= 1 - 1e-9);
        });

    [Fact]
    public void A_cut_off_run_leaves_the_median_and_a_bound_but_no_mean()
    {
        var relative = new RelativeCosts([1, 1, 1], [CensoredValue.Exactly(2), CensoredValue.AtLeast(10), CensoredValue.Exactly(0.5)]);
        Assert.Equal(1, relative.CutOff);
        Assert.Equal(CensoredValue.Exactly(2), relative.MedianRatio);
        Assert.Equal((0.5 + 0.1 + 2) / 3, relative.LargestMeanSpeedUp, 1e-12);
        Assert.Contains("1 of 3 solutions were cut off", Assert.Throws<InvalidOperationException>(() => relative.MeanSpeedUp(new RandomGenerator(1))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => relative.MeanRatio(new RandomGenerator(1)));
        Assert.True(new RelativeCosts([1], [CensoredValue.AtLeast(10)]).MedianRatio.IsCensored);
    }

    [Fact]
    public void Limits_taken_for_costs_make_slow_solutions_look_faster_than_they_are()
    {
        // Exponential costs of mean 1 against a limit of 1: averaging limits gives 1 − 1/e, whatever the number of runs.
        var random = new RandomGenerator(3);
        double[] costs = [.. Enumerable.Range(0, 4000).Select(_ => -Math.Log(1 - random.NextDouble()) + 1e-9)];
        CensoredValue[] cut = [.. costs.Select(cost => cost > 1 ? CensoredValue.AtLeast(1) : CensoredValue.Exactly(cost))];
        Assert.Equal(1 - 1 / Math.E, cut.Average(cost => cost.Value), 0.03);
        var median = new RelativeCosts([.. Enumerable.Repeat(1.0, costs.Length)], cut);
        var (low, high) = median.MedianRatioInterval();
        Assert.InRange(Math.Log(2), low.Value, high.Value);
        Assert.Equal(Descriptive.Median(costs), median.MedianRatio.Value, 2e-3);
    }

    [Fact]
    public void Intervals_of_speed_ups_cover_the_truth_about_as_often_as_they_say()
    {
        var random = new RandomGenerator(5);
        var covered = 0;
        for (var run = 0; run < 200; run++)
        {
            double[] costs = [.. Enumerable.Range(0, 40).Select(_ => Math.Exp(0.5 * random.NextNormal()))];
            var interval = new RelativeCosts([.. Enumerable.Repeat(1.0, 40)], Exactly(costs)).GeometricMeanSpeedUp(random, Few);
            if (interval.Contains(1)) covered++;
        }

        Assert.InRange(covered, 176, 200); // expected 190
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(10, 1)]
    [InlineData(20, 0.5)]
    [InlineData(30, 0)]
    [InlineData(99, 0)]
    public void Beyond_is_the_place_in_the_pools_range(double cost, double score) =>
        Assert.Equal(score, Beyond.Score(CensoredValue.Exactly(cost), [10, 30, 12]));

    [Fact]
    public void Wrong_and_cut_off_solutions_are_beyond_nobody()
    {
        Assert.Equal(0, Beyond.Score(null, [10, 30]));
        Assert.Equal(0, Beyond.Score(CensoredValue.AtLeast(30), [10, 30]));
        Assert.Equal(0, Beyond.Percentile(CensoredValue.AtLeast(30), [10, 30]));
        Assert.Throws<ArgumentException>(() => Beyond.Score(CensoredValue.AtLeast(20), [10, 30]));
        Assert.Equal(1, Beyond.Score(CensoredValue.Exactly(10), [10, 10]));
        Assert.Equal(0, Beyond.Score(CensoredValue.Exactly(11), [10]));
        Assert.Throws<ArgumentException>(() => Beyond.Score(CensoredValue.Exactly(1), []));
        Assert.Throws<ArgumentException>(() => Beyond.Score(CensoredValue.Exactly(1), [0]));
    }

    [Fact]
    public void One_slow_member_lifts_beyond_but_hardly_the_percentile()
    {
        double[] pool = [10, 20, 30, 40], stretched = [10, 20, 30, 4000];
        var cost = CensoredValue.Exactly(30);
        Assert.Equal(1.0 / 3, Beyond.Score(cost, pool), 1e-12);
        Assert.True(Beyond.Score(cost, stretched) > 0.99);
        Assert.Equal(1.5 / 4, Beyond.Percentile(cost, pool));
        Assert.Equal(1.5 / 4, Beyond.Percentile(cost, stretched));
    }
}
