using CsCheck;
using Vilfredo.Statistics;

namespace Vilfredo.Tests.Statistics;

public class SurvivalTests
{
    // Weeks in remission of leukaemia patients, treated (many censored) and with placebo: Freireich and others, Blood 21, 1963.
    private static readonly CensoredValue[] Treated = Values(
        "6 6 6 >=6 7 >=9 10 >=10 >=11 13 16 >=17 >=19 >=20 22 23 >=25 >=32 >=32 >=34 >=35");

    private static readonly CensoredValue[] Placebo = Values("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23");

    [Fact]
    public void The_remission_curve_has_its_published_steps()
    {
        var curve = KaplanMeier.Fit(Treated);
        Assert.Equal([6, 7, 10, 13, 16, 22, 23], curve.Steps.Select(s => s.Time));
        Assert.Equal([21, 17, 15, 12, 11, 7, 6], curve.Steps.Select(s => s.AtRisk));
        Assert.Equal([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], curve.Steps.Select(s => Math.Round(s.Survival, 3)));
        Assert.Equal(
            [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346],
            curve.Steps.Select(s => Math.Round(Math.Sqrt(s.Variance), 4)));
    }

    [Fact]
    public void The_remission_medians_are_the_published_ones()
    {
        Assert.Equal(CensoredValue.Exactly(23), KaplanMeier.Fit(Treated).Median);
        Assert.Equal(CensoredValue.Exactly(8), KaplanMeier.Fit(Placebo).Median);
    }

    [Fact]
    public void The_log_band_of_the_remission_curve_is_the_published_one()
    {
        var band = KaplanMeier.Fit(Treated).Band(0.95, SurvivalBand.Log);
        Assert.Equal([0.720, 0.653, 0.586, 0.510, 0.439, 0.337, 0.249], band.Select(b => Math.Round(b.Lower, 3)));
        Assert.Equal([1.000, 0.996, 0.968, 0.935, 0.896, 0.858, 0.807], band.Select(b => Math.Round(b.Upper, 3)));
    }

    [Fact]
    public void The_log_log_band_of_the_remission_curve_is_the_published_one()
    {
        var first = KaplanMeier.Fit(Treated).Band()[0];
        Assert.Equal((0.620, 0.952), (Math.Round(first.Lower, 3), Math.Round(first.Upper, 3)));
    }

    [Fact]
    public void The_log_rank_test_of_the_remission_times_is_the_published_one()
    {
        var result = LogRank.Test(Treated, Placebo);
        Assert.Equal([9, 21], result.Observed);
        Assert.Equal([19.25, 10.75], result.Expected.Select(e => Math.Round(e, 2)));
        Assert.Equal(16.79, result.ChiSquared, 0.01);
        Assert.Equal(1, result.DegreesOfFreedom);
        Assert.Equal(4.17e-5, result.PValue, 1e-6);
    }

    [Fact]
    public void Without_censoring_survival_is_the_fraction_above_and_its_variance_is_binomial() =>
        Gen.Int[0, 8].Array[1, 20].Sample(numbers =>
        {
            var curve = KaplanMeier.Fit([.. numbers.Select(v => CensoredValue.Exactly(v))]);
            double n = numbers.Length;
            foreach (var step in curve.Steps)
            {
                var above = numbers.Count(v => v > step.Time) / n;
                Assert.Equal(above, step.Survival, 1e-12);
                Assert.Equal(above * (1 - above) / n, step.Variance, 1e-12);
                Assert.Equal(above, curve.SurvivalAt(step.Time + 0.5), 1e-12);
            }

            Assert.True(curve.IsComplete);
        });

    [Fact]
    public void Without_censoring_the_mean_restricted_to_the_largest_value_is_the_mean() =>
        Gen.Double[0, 10].Array[1, 20].Sample(numbers =>
        {
            var sample = new CensoredSample([.. numbers.Select(CensoredValue.Exactly)]);
            var mean = numbers.Average();
            var restricted = sample.RestrictedMean(numbers.Max() + 1);
            Assert.Equal(mean, restricted.Value, 1e-10);
            Assert.Equal(mean, sample.Mean(), 1e-12);
            Assert.Equal(numbers.Sum(x => (x - mean) * (x - mean)) / numbers.Length / numbers.Length, restricted.Variance, 1e-10);
        });

    [Fact]
    public void A_common_time_limit_restricts_the_mean_to_the_limit_exactly() =>
        Gen.Double[0.1, 10].Array[1, 20].Sample(numbers =>
        {
            // Everything censored at the limit: then min(x, limit) is known for every value, and its mean is the estimate.
            const double Limit = 4;
            var sample = new CensoredSample([.. numbers.Select(x => x < Limit ? CensoredValue.Exactly(x) : CensoredValue.AtLeast(Limit))]);
            if (sample.CensoredCount > 0)
                Assert.Equal(numbers.Average(x => Math.Min(x, Limit)), sample.RestrictedMean(Limit).Value, 1e-10);
        });

    [Fact]
    public void A_restricted_mean_by_hand()
    {
        // S is 1 up to 1, 3/4 up to 2, then 3/8 from 3 on: 1 + 3/4 · 2 + 3/8 · 1.
        var mean = KaplanMeier.Fit(Values("1 >=2 3 >=4")).RestrictedMean(4);
        Assert.Equal(1 + 1.5 + 0.375, mean.Value, 1e-14);
        Assert.Equal(1.875 * 1.875 / 12 + 0.375 * 0.375 / 2, mean.Variance, 1e-14);
        Assert.Equal(4, mean.Horizon);
        Assert.True(mean.Interval().Upper <= 4);
    }

    [Fact]
    public void The_mean_of_a_censored_sample_is_refused_with_the_mend()
    {
        var sample = new CensoredSample(Values("1 2 >=10"));
        var error = Assert.Throws<InvalidOperationException>(() => sample.Mean());
        Assert.Contains("1 of 3", error.Message);
        Assert.Contains("RestrictedMean with a horizon of at most 10", error.Message);
    }

    [Fact]
    public void A_horizon_beyond_the_evidence_is_refused()
    {
        var sample = new CensoredSample(Values("1 2 >=10"));
        Assert.Contains("at most 10", Assert.Throws<ArgumentOutOfRangeException>(() => sample.RestrictedMean(11)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => sample.RestrictedMean(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => sample.RestrictedMean(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => sample.RestrictedMean(double.PositiveInfinity));
        Assert.True(double.IsNaN(sample.Curve.SurvivalAt(11)));
    }

    [Fact]
    public void A_median_that_is_not_reached_is_at_least_the_largest_value()
    {
        var sample = new CensoredSample(Values("1 >=5 >=5 >=7"));
        Assert.Equal(CensoredValue.AtLeast(7), sample.Median);
        var (lower, upper) = sample.Curve.QuantileInterval();
        Assert.Equal((CensoredValue.Exactly(1), CensoredValue.AtLeast(7)), (lower, upper));
    }

    [Fact]
    public void A_sample_of_timeouts_only_has_no_steps()
    {
        var sample = new CensoredSample(Values(">=10 >=10"));
        Assert.Empty(sample.Curve.Steps);
        Assert.Equal(CensoredValue.AtLeast(10), sample.Median);
        Assert.Equal((10.0, 0.0), (sample.RestrictedMean(10).Value, sample.RestrictedMean(10).Variance));
        var test = LogRank.Test(Values(">=10"), Values(">=3 >=4"));
        Assert.Equal((0, 1.0), (test.DegreesOfFreedom, test.PValue));
    }

    [Fact]
    public void The_curve_falls_between_its_limits() =>
        Gen.Select(Gen.Int[1, 9], Gen.Bool).Array[1, 25].Sample(pairs =>
        {
            var curve = KaplanMeier.Fit([.. pairs.Select(p => p.Item2 ? CensoredValue.AtLeast(p.Item1) : CensoredValue.Exactly(p.Item1))]);
            Assert.Equal(curve.Steps.Select(s => s.Survival).OrderDescending(), curve.Steps.Select(s => s.Survival));
            foreach (var kind in Enum.GetValues<SurvivalBand>())
            {
                foreach (var limits in curve.Band(0.9, kind))
                {
                    Assert.InRange(limits.Lower, 0, limits.Survival + 1e-12);
                    Assert.InRange(limits.Upper, limits.Survival - 1e-12, 1);
                }
            }
        });

    [Fact]
    public void Simultaneous_bands_are_wider_than_pointwise_ones()
    {
        var curve = KaplanMeier.Fit(Treated);
        var pointwise = curve.Band(0.95, SurvivalBand.Plain);
        var simultaneous = curve.Band(0.95, SurvivalBand.HallWellner);
        for (var i = 0; i < pointwise.Count; i++) Assert.True(simultaneous[i].Lower < pointwise[i].Lower);
    }

    [Fact]
    public void Simultaneous_bands_cover_the_whole_curve_at_least_as_often_as_they_say()
    {
        var covered = 0;
        for (var run = 0; run < 300; run++)
        {
            var random = new RandomGenerator(31, (ulong)run);
            var values = Enumerable.Range(0, 50).Select(_ =>
            {
                var time = -Math.Log(1 - random.NextDouble());
                return time > 1 ? CensoredValue.AtLeast(1) : CensoredValue.Exactly(time);
            });
            var band = KaplanMeier.Fit([.. values]).Band(0.9, SurvivalBand.HallWellner);

            // Within a step the true curve falls from the previous limit's time to this one's.
            var inside = true;
            for (var i = 0; i < band.Count; i++)
            {
                var atStep = Math.Exp(-band[i].Time);
                var atEnd = Math.Exp(-(i + 1 < band.Count ? band[i + 1].Time : 1));
                inside &= atStep <= band[i].Upper && atEnd >= band[i].Lower;
            }

            if (inside) covered++;
        }

        Assert.InRange(covered / 300.0, 0.88, 1);
    }

    [Fact]
    public void Log_rank_of_the_same_group_twice_sees_no_difference()
    {
        var result = LogRank.Test(Treated, Treated, Treated);
        Assert.Equal((0.0, 2), (Math.Round(result.ChiSquared, 12), result.DegreesOfFreedom));
        Assert.Equal(1, result.PValue, 1e-9);
    }

    [Fact]
    public void Log_rank_does_not_depend_on_the_order_of_groups_and_observed_sum_to_expected() =>
        Gen.Select(Gen.Int[1, 6], Gen.Bool, Gen.Int[0, 2]).Array[6, 40].Sample(rows =>
        {
            var groups = Enumerable.Range(0, 3)
                .Select(g => rows.Where(r => r.Item3 == g)
                    .Select(r => r.Item2 ? CensoredValue.AtLeast(r.Item1) : CensoredValue.Exactly(r.Item1)).ToArray())
                .ToArray();
            if (groups.Any(g => g.Length == 0)) return;
            var result = LogRank.Test(groups[0], groups[1], groups[2]);
            var turned = LogRank.Test(groups[2], groups[0], groups[1]);
            Assert.Equal(result.DegreesOfFreedom, turned.DegreesOfFreedom);
            Assert.Equal(result.ChiSquared, turned.ChiSquared, 1e-8);
            Assert.Equal(result.Observed.Sum(), result.Expected.Sum(), 1e-10);
        });

    [Fact]
    public void Log_rank_of_two_values_by_hand()
    {
        // At time 1 both are at risk: expected 1/2 each, variance 1/4. At time 2 only the second is.
        var result = LogRank.Test(Values("1"), Values("2"));
        Assert.Equal([0.5, 1.5], result.Expected);
        Assert.Equal(1, result.ChiSquared, 1e-14);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => KaplanMeier.Fit([]));
        Assert.Throws<ArgumentException>(() => new CensoredSample(Values("-1")));
        Assert.Throws<ArgumentException>(() => LogRank.Test(Treated));
        Assert.Throws<ArgumentException>(() => LogRank.Test(Treated, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => KaplanMeier.Fit(Treated).Band(95));
        Assert.Throws<ArgumentOutOfRangeException>(() => KaplanMeier.Fit(Treated).Quantile(1));
    }

    private static CensoredValue[] Values(string text) => [.. text.Split(' ').Select(CensoredValue.Parse)];
}
