using CsCheck;
using Vilfredo.Measurement.Portfolios;

namespace Vilfredo.Measurement.Tests.Portfolios;

public class PortfolioMetricsTests
{
    // The first toy example of Kiyohara et al. (arXiv 2311.18207): X misses two good policies, Y overrates two bad ones.
    private const double Baseline = 8;
    private static readonly double[] Truth = [1, 3, 4, 5, 6, 7, 8, 9, 10, 12];
    private static readonly double[] X = [1, 3, 4, 5, 6, 7, 8, 2, 2, 12];
    private static readonly double[] Y = [1, 11, 11, 5, 6, 7, 8, 9, 10, 12];

    [Fact]
    public void The_ratios_of_the_first_toy_example_are_reproduced()
    {
        AssertRatios([1.414, 1.512, 1.521, 1.480, 1.414, 1.337, 1.314, 1.363, 1.185], X);
        AssertRatios([0.707, 0.811, 0.904, 1.023, 1.142, 1.247, 1.324, 1.363, 1.185], Y);
    }

    [Fact]
    public void The_conventional_measures_cannot_tell_the_first_toy_examples_estimators_apart()
    {
        foreach (var estimates in (double[][])[X, Y])
        {
            Assert.Equal(11.3, RankingMetrics.MeanSquaredError(Truth, estimates), 10);
            Assert.Equal(0.413, RankingMetrics.RankCorrelation(Truth, estimates), 0.0005);
            Assert.Equal(0, RankingMetrics.Regret(Truth, estimates, 3));
        }
    }

    [Fact]
    public void A_single_candidate_has_no_spread()
    {
        Assert.True(double.IsNaN(PortfolioMetrics.Evaluate(Truth, X, Baseline, 1).At(1).SharpeRatio));
        Assert.Equal(double.PositiveInfinity, PortfolioMetrics.Evaluate([5, 5], [1, 2], 3, 2).At(2).SharpeRatio);
        Assert.Equal(double.PositiveInfinity, PortfolioMetrics.Evaluate([0.1, 0.1, 0.1], [1, 2, 3], 0, 3).At(3).SharpeRatio);
        Assert.True(double.IsNaN(PortfolioMetrics.Evaluate([5, 5], [1, 2], 6, 2).At(2).SharpeRatio));
    }

    [Fact]
    public void The_texts_convention_divides_by_k_and_does_not_clip()
    {
        var options = new PortfolioOptions { Convention = SharpeConvention.Text };
        var published = PortfolioMetrics.Evaluate(Truth, X, Baseline, 10);
        var text = PortfolioMetrics.Evaluate(Truth, X, Baseline, 10, options);
        for (var k = 2; k <= 10; k++) Assert.Equal(published.At(k).SharpeRatio * Math.Sqrt(k / (k - 1.0)), text.At(k).SharpeRatio, 10);
        Assert.Equal(double.PositiveInfinity, text.At(1).SharpeRatio);
        Assert.True(PortfolioMetrics.Evaluate(Truth, X, 100, 3, options).At(3).SharpeRatio < 0);
        Assert.Equal(0, PortfolioMetrics.Evaluate(Truth, X, 100, 3).At(3).SharpeRatio);
    }

    [Fact]
    public void With_the_baseline_among_the_candidates_the_full_texts_ratio_is_never_negative() =>
        Candidates().Sample(c =>
        {
            double[] truth = [.. c.Truth, c.Baseline];
            double[] estimates = [.. c.Estimates, 0.5];
            var ratio = PortfolioMetrics.Evaluate(truth, estimates, c.Baseline, truth.Length, new PortfolioOptions { Convention = SharpeConvention.Text });
            Assert.False(ratio.Points[^1].SharpeRatio < 0);
        }, iter: 200);

    [Fact]
    public void Best_worst_mean_and_the_kth_value_are_those_of_the_shortlist()
    {
        var point = PortfolioMetrics.Evaluate(Truth, Y, Baseline, 4).At(4);
        Assert.Equal((12, 3, 29 / 4.0, 10), (point.Best, point.Worst, point.Mean, point.KthValue));
        Assert.Equal(0.5, point.ViolationRate);
    }

    [Fact]
    public void Ties_are_broken_as_asked()
    {
        double[] truth = [2, 9, 4], estimates = [1, 1, 1];
        Assert.Equal([1, 2, 0], Order(TieBreak.HigherTrueValue));
        Assert.Equal([0, 2, 1], Order(TieBreak.LowerTrueValue));
        Assert.Equal([0, 1, 2], Order(TieBreak.GivenOrder));

        IReadOnlyList<int> Order(TieBreak tieBreak) =>
            PortfolioMetrics.Evaluate(truth, estimates, 0, 3, new PortfolioOptions { TieBreak = tieBreak }).Order;
    }

    [Fact]
    public void The_safety_threshold_is_relative_to_the_baseline()
    {
        Assert.Equal(0.6, PortfolioMetrics.Evaluate(Truth, Truth, Baseline, 10).At(10).ViolationRate, 12);
        Assert.Equal(0.2, PortfolioMetrics.Evaluate(Truth, Truth, Baseline, 10, new PortfolioOptions { RelativeCriterion = 0.5 }).At(10).ViolationRate, 12);
    }

    [Fact]
    public void Shifts_and_scales_leave_the_ratio_unchanged() =>
        (from c in Candidates() from shift in Gen.Double[-3, 3] from scale in Gen.Double[0.1, 5] select (c, shift, scale)).Sample(s =>
        {
            double[] moved = [.. s.c.Truth.Select(value => s.scale * value + s.shift)];
            var original = PortfolioMetrics.Evaluate(s.c.Truth, s.c.Estimates, s.c.Baseline, s.c.Truth.Length);
            var changed = PortfolioMetrics.Evaluate(moved, s.c.Estimates, s.scale * s.c.Baseline + s.shift, moved.Length);
            for (var k = 2; k <= moved.Length; k++)
            {
                var (expected, actual) = (original.At(k).SharpeRatio, changed.At(k).SharpeRatio);
                Assert.True(Math.Abs(expected - actual) <= 1e-6 * Math.Max(1, expected), $"{expected} {actual}");
            }
        }, iter: 200);

    [Fact]
    public void The_oracles_best_is_the_same_for_every_k() =>
        Candidates().Sample(c =>
        {
            var report = PortfolioMetrics.Evaluate(c.Truth, c.Truth, c.Baseline, c.Truth.Length);
            Assert.All(report.Points, point => Assert.Equal(c.Truth.Max(), point.Best));
            Assert.All(report.Points, point => Assert.Equal(point.KthValue, point.Worst));
        }, iter: 200);

    [Fact]
    public void Seeds_are_averaged_ratio_by_ratio_and_clipped()
    {
        Assert.Equal(34, PortfolioMetrics.MeanSharpeRatio([double.PositiveInfinity, 2, 0]), 12);
        Assert.Equal(50, PortfolioMetrics.MeanSharpeRatio([1e9, -4]), 12);
        Assert.Throws<ArgumentException>(() => PortfolioMetrics.MeanSharpeRatio([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => PortfolioMetrics.MeanSharpeRatio([]));
    }

    [Fact]
    public void The_conditional_value_at_risk_is_the_mean_of_the_worst_share()
    {
        double[] returns = [4, 1, 3, 2];
        Assert.Equal(1.5, PortfolioMetrics.ConditionalValueAtRisk(returns, 0.5), 12);
        Assert.Equal((1 + 2 * 0.5) / 1.5, PortfolioMetrics.ConditionalValueAtRisk(returns, 0.375), 12);
        Assert.Equal(2.5, PortfolioMetrics.ConditionalValueAtRisk(returns, 1), 12);
        Assert.Equal(1, PortfolioMetrics.ConditionalValueAtRisk(returns, 0.01), 12);
        Assert.Equal(2.5, PortfolioMetrics.LowerQuantile(returns, 0.5), 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => PortfolioMetrics.ConditionalValueAtRisk(returns, 0));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PortfolioMetrics.Evaluate([1, 2], [1], 0, 1));
        Assert.Throws<ArgumentException>(() => PortfolioMetrics.Evaluate([], [], 0, 1));
        Assert.Throws<ArgumentException>(() => PortfolioMetrics.Evaluate([1, double.NaN], [1, 2], 0, 1));
        Assert.Throws<ArgumentException>(() => PortfolioMetrics.Evaluate([1, 2], [1, 2], double.NaN, 1));
        Assert.Contains("2 candidates", Assert.Throws<ArgumentOutOfRangeException>(() => PortfolioMetrics.Evaluate([1, 2], [1, 2], 0, 3)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => PortfolioMetrics.Evaluate([1, 2], [1, 2], 0, 0));
    }

    private static Gen<(double[] Truth, double[] Estimates, double Baseline)> Candidates() =>
        from count in Gen.Int[2, 8]
        from truth in Gen.Double[0, 1].Array[count]
        from estimates in Gen.Double[0, 1].Array[count]
        from baseline in Gen.Double[0, 1]
        where truth.Distinct().Count() == count && Spread(truth) > 1e-3
        select (truth, estimates, baseline);

    private static double Spread(double[] values)
    {
        var sorted = values.Order().ToArray();
        return Enumerable.Range(1, sorted.Length - 1).Min(i => sorted[i] - sorted[i - 1]);
    }

    private static void AssertRatios(double[] expected, double[] estimates)
    {
        var report = PortfolioMetrics.Evaluate(Truth, estimates, Baseline, 10);
        for (var k = 2; k <= 10; k++) Assert.Equal(expected[k - 2], report.At(k).SharpeRatio, 0.00051);
    }
}
