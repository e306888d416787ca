using CsCheck;
using Vilfredo.Statistics;

namespace Vilfredo.Tests.Statistics;

public class BootstrapTests
{
    private static readonly BootstrapOptions Percentile = new() { Method = BootstrapMethod.Percentile, Resamples = 2001, Level = 0.9 };
    private static readonly BootstrapOptions Bca = Percentile with { Method = BootstrapMethod.BiasCorrectedAccelerated };

    // The law school data of Efron: average test scores and grades of 15 schools.
    private static readonly double[] Lsat = [576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594];
    private static readonly double[] Gpa = [3.39, 3.30, 2.81, 3.03, 3.44, 3.07, 3.00, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96];

    [Fact]
    public void The_law_school_correlation_has_its_published_standard_error()
    {
        var interval = Bootstrap.Paired(Lsat, Gpa, Correlation, new RandomGenerator(1), Bca with { Resamples = 10_000 });
        Assert.Equal(0.776, interval.Estimate, 5e-4);
        Assert.Equal(0.132, interval.StandardError, 0.005);
    }

    [Fact]
    public void BCa_moves_the_law_school_interval_down_since_the_correlation_is_biased_and_skewed()
    {
        var percentile = Bootstrap.Paired(Lsat, Gpa, Correlation, new RandomGenerator(1), Percentile);
        var bca = Bootstrap.Paired(Lsat, Gpa, Correlation, new RandomGenerator(1), Bca);
        Assert.True(bca.Lower < percentile.Lower - 0.03);
        Assert.True(bca.Upper < percentile.Upper);
    }

    [Fact]
    public void BCa_of_a_mean_follows_the_formula_with_the_skewness_of_the_sample()
    {
        double[] sample = [1, 1.5, 2, 2.2, 3, 4.5, 9];
        var interval = Bootstrap.OneSample(sample, Descriptive.Mean, new RandomGenerator(5), Bca);

        var random = new RandomGenerator(5);
        var means = new double[Bca.Resamples];
        for (var r = 0; r < means.Length; r++)
            means[r] = Descriptive.Mean([.. sample.Select(_ => sample[random.NextInt32(sample.Length)])]);
        var mean = sample.Average();
        var acceleration = sample.Sum(x => Math.Pow(x - mean, 3)) / (6 * Math.Pow(sample.Sum(x => Math.Pow(x - mean, 2)), 1.5));
        var bias = SpecialFunctions.NormalQuantile(
            (means.Count(m => m < interval.Estimate - 1e-11) + 0.5 * means.Count(m => Math.Abs(m - interval.Estimate) <= 1e-11))
                / means.Length);
        double Level(double p)
        {
            var z = bias + SpecialFunctions.NormalQuantile(p);
            return SpecialFunctions.NormalCdf(bias + z / (1 - acceleration * z));
        }

        Assert.Equal(Descriptive.Quantile(means, Level(0.05)), interval.Lower, 1e-9);
        Assert.Equal(Descriptive.Quantile(means, Level(0.95)), interval.Upper, 1e-9);
    }

    [Fact]
    public void The_standard_error_of_a_mean_is_the_plug_in_one()
    {
        double[] sample = [3, 1, 4, 1, 5, 9, 2, 6];
        var plugIn = Math.Sqrt(Descriptive.Variance(sample) * 7 / 8 / 8);
        var interval = Bootstrap.OneSample(sample, Descriptive.Mean, new RandomGenerator(2), Bca with { Resamples = 20_000 });
        Assert.Equal(plugIn, interval.StandardError, plugIn * 0.02);
    }

    // Exponential data are skewed: the case that BCa is for. 90 % intervals of a mean of 30 values; the binomial standard
    // deviation of the coverage over 600 runs is 1.2 %.
    [Theory]
    [InlineData(BootstrapMethod.Percentile)]
    [InlineData(BootstrapMethod.BiasCorrectedAccelerated)]
    public void Intervals_of_a_skewed_mean_cover_about_as_often_as_they_say(BootstrapMethod method)
    {
        var options = new BootstrapOptions { Level = 0.9, Resamples = 500, Method = method };
        var covered = 0;
        for (var run = 0; run < 600; run++)
        {
            var random = new RandomGenerator(77, (ulong)run);
            var sample = Enumerable.Range(0, 30).Select(_ => -Math.Log(1 - random.NextDouble())).ToArray();
            if (Bootstrap.OneSample(sample, Descriptive.UncheckedMean, random, options).Contains(1)) covered++;
        }

        Assert.InRange(covered / 600.0, 0.85, 0.93);
    }

    [Fact]
    public void Intervals_of_a_difference_of_normal_means_cover_about_as_often_as_they_say()
    {
        var options = new BootstrapOptions { Level = 0.9, Resamples = 400 };
        var covered = 0;
        for (var run = 0; run < 500; run++)
        {
            var random = new RandomGenerator(78, (ulong)run);
            var first = Enumerable.Range(0, 25).Select(_ => 2 + random.NextNormal()).ToArray();
            var second = Enumerable.Range(0, 40).Select(_ => 1 + 3 * random.NextNormal()).ToArray();
            if (Bootstrap.Difference(first, second, Descriptive.UncheckedMean, random, options).Contains(1)) covered++;
        }

        Assert.InRange(covered / 500.0, 0.86, 0.94);
    }

    [Fact]
    public void Percentile_intervals_follow_monotone_transformations() =>
        Gen.Double[-3, 3].Array[2, 12].Sample(sample =>
        {
            var plain = Bootstrap.OneSample(sample, Descriptive.Mean, new RandomGenerator(3), Percentile);
            var transformed = Bootstrap.OneSample(sample, s => Math.Exp(Descriptive.Mean(s)), new RandomGenerator(3), Percentile);
            Assert.Equal(Math.Exp(plain.Lower), transformed.Lower, 1e-9);
            Assert.Equal(Math.Exp(plain.Upper), transformed.Upper, 1e-9);
        }, iter: 20);

    [Theory]
    [InlineData(BootstrapMethod.Percentile)]
    [InlineData(BootstrapMethod.BiasCorrectedAccelerated)]
    public void Intervals_shift_and_scale_with_the_sample(BootstrapMethod method) =>
        Gen.Select(Gen.Double[-3, 3].Array[3, 12], Gen.Double[-5, 5], Gen.Double[0.5, 2]).Sample((sample, shift, scale) =>
        {
            if (sample.Max() - sample.Min() < 0.1) return;
            var options = Percentile with { Method = method };
            var before = Bootstrap.OneSample(sample, Descriptive.Mean, new RandomGenerator(3), options);
            var after = Bootstrap.OneSample(
                sample.Select(x => shift + scale * x).ToArray(), Descriptive.Mean, new RandomGenerator(3), options);
            Assert.Equal(shift + scale * before.Lower, after.Lower, 1e-9);
            Assert.Equal(shift + scale * before.Upper, after.Upper, 1e-9);
        }, iter: 20);

    [Fact]
    public void The_same_seed_gives_the_same_interval() =>
        Assert.Equal(
            Bootstrap.OneSample([1, 2, 3, 7], Descriptive.Median, new RandomGenerator(9)),
            Bootstrap.OneSample([1, 2, 3, 7], Descriptive.Median, new RandomGenerator(9)));

    [Fact]
    public void Pairs_are_drawn_whole()
    {
        // The difference within every pair is 1, so no resample of pairs can change its mean.
        var interval = Bootstrap.Paired(
            [2, 5, 11], [1, 4, 10], (x, y) => Descriptive.Mean(x) - Descriptive.Mean(y), new RandomGenerator(1));
        Assert.Equal((1.0, 1.0, 1.0), (interval.Estimate, Math.Round(interval.Lower, 12), Math.Round(interval.Upper, 12)));
    }

    [Fact]
    public void Strata_are_resampled_within_themselves()
    {
        // Each stratum is constant, so whatever is drawn within them, the statistic stays.
        var interval = Bootstrap.Stratified(
            [1, 1, 1, 5, 5], [3, 2],
            (values, sizes) => Descriptive.Mean(values[..sizes[0]]) + 10 * Descriptive.Mean(values[sizes[0]..]),
            new RandomGenerator(1));
        Assert.Equal((51.0, 51.0, 51.0, true), (interval.Estimate, interval.Lower, interval.Upper, interval.IsDegenerate));
    }

    [Theory]
    [InlineData(BootstrapMethod.Percentile)]
    [InlineData(BootstrapMethod.BiasCorrectedAccelerated)]
    public void One_value_gives_a_degenerate_interval(BootstrapMethod method)
    {
        var interval = Bootstrap.OneSample([4], Descriptive.Mean, new RandomGenerator(1), new BootstrapOptions { Method = method });
        Assert.Equal((4.0, 4.0, 4.0, true), (interval.Estimate, interval.Lower, interval.Upper, interval.IsDegenerate));
    }

    [Fact]
    public void A_statistic_at_the_edge_of_its_distribution_keeps_a_finite_interval()
    {
        var interval = Bootstrap.OneSample([1, 2, 3, 4, 5], s => s.ToArray().Max(), new RandomGenerator(1), Bca);
        Assert.Equal(5, interval.Upper);
        Assert.InRange(interval.Lower, 1, 5);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        var random = new RandomGenerator(1);
        Assert.Throws<ArgumentException>(() => Bootstrap.OneSample([], Descriptive.Mean, random));
        Assert.Throws<ArgumentException>(() => Bootstrap.OneSample([1, double.NaN], Descriptive.Mean, random));
        Assert.Throws<ArgumentException>(() => Bootstrap.Paired([1, 2], [1], Correlation, random));
        Assert.Throws<ArgumentException>(() => Bootstrap.Stratified([1, 2], [1], (_, _) => 0, random));
        Assert.Throws<ArgumentException>(() => Bootstrap.Stratified([1, 2], [2, 0], (_, _) => 0, random));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Bootstrap.OneSample([1], Descriptive.Mean, random, new BootstrapOptions { Level = 95 }));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Bootstrap.OneSample([1], Descriptive.Mean, random, new BootstrapOptions { Resamples = 0 }));
        Assert.Contains("NaN", Assert.Throws<InvalidOperationException>(() =>
            Bootstrap.OneSample([1, 2], _ => double.NaN, random)).Message);
    }

    [Fact]
    public void An_interval_reads_as_text() =>
        Assert.Equal(
            "3.2 [2.9, 3.6] (95 % BCa, 10000 resamples)",
            new BootstrapInterval
            {
                Estimate = 3.2,
                Lower = 2.9,
                Upper = 3.6,
                Level = 0.95,
                Method = BootstrapMethod.BiasCorrectedAccelerated,
                Resamples = 10_000,
                StandardError = 0.2,
            }.ToString());

    // A resample may hold one pair only, many times: no slope is visible there, and 0 is the neutral value.
    private static double Correlation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (meanX, meanY) = (Descriptive.Mean(x), Descriptive.Mean(y));
        double xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }

        return xx * yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }
}
