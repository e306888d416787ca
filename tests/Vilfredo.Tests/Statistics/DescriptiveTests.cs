using CsCheck;
using Vilfredo.Statistics;

namespace Vilfredo.Tests.Statistics;

public class DescriptiveTests
{
    // Worked by hand from the definitions of Hyndman and Fan.
    [Theory]
    [InlineData(QuantileDefinition.InverseCdf, 3)]
    [InlineData(QuantileDefinition.AveragedInverseCdf, 3)]
    [InlineData(QuantileDefinition.NearestEven, 2)]
    [InlineData(QuantileDefinition.InterpolatedCdf, 2.5)]
    [InlineData(QuantileDefinition.Hazen, 3)]
    [InlineData(QuantileDefinition.Weibull, 2.75)]
    [InlineData(QuantileDefinition.Linear, 3.25)]
    [InlineData(QuantileDefinition.MedianUnbiased, 2.5 + 1.25 / 3)]
    [InlineData(QuantileDefinition.NormalUnbiased, 2.9375)]
    public void The_lower_quartile_of_one_to_ten_by_each_definition(QuantileDefinition definition, double expected) =>
        Assert.Equal(expected, Descriptive.Quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.25, definition), 1e-12);

    [Fact]
    public void The_averaged_inverse_averages_where_the_distribution_function_is_flat() =>
        Assert.Equal(1.5, Descriptive.Quantile([1, 2, 3, 4], 0.25, QuantileDefinition.AveragedInverseCdf));

    [Fact]
    public void The_median_of_an_even_sample_is_the_mean_of_the_middle_two() => Assert.Equal(2.5, Descriptive.Median([4, 1, 3, 2]));

    [Fact]
    public void Quantiles_order_infinite_values()
    {
        Assert.Equal(2, Descriptive.Median([1, 2, double.PositiveInfinity]));
        Assert.Equal(double.PositiveInfinity, Descriptive.Quantile([1, 2, double.PositiveInfinity], 0.75));
        Assert.Equal(double.NegativeInfinity, Descriptive.Median([double.NegativeInfinity, double.PositiveInfinity]));
    }

    [Fact]
    public void Every_definition_stays_between_the_extremes_and_rises_with_the_probability() =>
        Gen.Select(Gen.Double[-10, 10].Array[1, 20], Gen.Enum<QuantileDefinition>(), Gen.Double[0, 1], Gen.Double[0, 1])
            .Sample((sample, definition, p, q) =>
            {
                var low = Descriptive.Quantile(sample, Math.Min(p, q), definition);
                var high = Descriptive.Quantile(sample, Math.Max(p, q), definition);
                Assert.InRange(low, sample.Min(), high + 1e-12);
                Assert.InRange(high, low - 1e-12, sample.Max());
            });

    [Fact]
    public void The_variance_has_divisor_n_minus_one_and_survives_a_large_offset() =>
        Assert.Equal(30, Descriptive.Variance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]), 1e-9);

    [Fact]
    public void The_mean_of_the_largest_numbers_does_not_overflow() =>
        Assert.Equal(double.MaxValue, Descriptive.Mean([double.MaxValue, double.MaxValue]));

    [Fact]
    public void A_summary_of_one_value_has_no_spread()
    {
        var summary = Descriptive.Summarize([5]);
        Assert.Equal((1, 5.0, 0.0, 5.0, 5.0, 0.0), (
            summary.Count, summary.Mean, summary.StandardDeviation, summary.Minimum, summary.Maximum, summary.InterquartileRange));
    }

    [Fact]
    public void A_summary_gives_the_five_numbers()
    {
        var summary = Descriptive.Summarize([1, 2, 3, 4, 5]);
        Assert.Equal(
            (1.0, 2.0, 3.0, 4.0, 5.0),
            (summary.Minimum, summary.LowerQuartile, summary.Median, summary.UpperQuartile, summary.Maximum));
        Assert.Equal(Math.Sqrt(2.5 / 5), summary.StandardError, 1e-15);
    }

    [Fact]
    public void Empty_NaN_and_infinite_samples_are_refused_with_the_mend()
    {
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => Descriptive.Mean([])).Message);
        Assert.Contains("value 1 is NaN", Assert.Throws<ArgumentException>(() => Descriptive.Median([1, double.NaN])).Message);
        Assert.Contains(
            "CensoredValue", Assert.Throws<ArgumentException>(() => Descriptive.Mean([1, double.PositiveInfinity])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Descriptive.Quantile([1], 1.5));
    }
}
