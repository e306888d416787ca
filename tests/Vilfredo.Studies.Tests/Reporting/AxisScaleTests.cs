using CsCheck;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies.Tests.Reporting;

public class AxisScaleTests
{
    [Theory]
    [InlineData(1, 100, false)]
    [InlineData(1, 101, true)]
    [InlineData(-1, 1000, false)]
    [InlineData(0, 1000, false)]
    public void More_than_two_decades_of_positive_values_make_a_logarithmic_axis(double low, double high, bool logarithmic) =>
        Assert.Equal(logarithmic, AxisScale.Fit([low, high]).IsLogarithmic);

    [Fact]
    public void A_logarithmic_axis_that_is_impossible_is_linear() =>
        Assert.False(AxisScale.Fit([-1, 5], logarithmic: true).IsLogarithmic);

    [Fact]
    public void Ticks_are_round_and_in_the_unit_of_the_axis()
    {
        var bytes = AxisScale.Fit([1 * 1048576, 5 * 1048576], "bytes");
        Assert.Equal(["1", "2", "3", "4", "5"], bytes.Ticks(5).Select(tick => tick.Text));
        Assert.Equal(2 * 1048576, bytes.Ticks(5)[1].Value);

        var seconds = AxisScale.Fit([0.1, 25], "s");
        Assert.True(seconds.IsLogarithmic);
        Assert.Equal(["0.1", "1", "10"], seconds.Ticks(4).Select(tick => tick.Text));
    }

    [Fact]
    public void The_smallest_and_largest_values_lie_within_the_axis_and_ticks_are_few() =>
        Gen.Select(Gen.OneOf(Gen.Double[-1e6, 1e6], Gen.Double[1e-12, 1], Gen.Double[-1e300, 1e300]).Array[1, 10], Gen.Bool, Gen.Int[2, 12])
            .Sample((values, logarithmic, wanted) =>
            {
                var scale = AxisScale.Fit(values, logarithmic: logarithmic);
                Assert.All(values, value => Assert.InRange(scale.Fraction(value), 0, 1));
                var ticks = scale.Ticks(wanted);
                Assert.InRange(ticks.Count, 1, 3 * wanted);
                Assert.All(ticks, tick => Assert.InRange(scale.Fraction(tick.Value), -1e-9, 1 + 1e-9));
            });

    [Fact]
    public void A_range_between_two_round_places_has_ticks_at_finer_ones() =>
        Assert.Equal([-24000, -22000], AxisScale.Fit([-22236]).Ticks(2).Select(tick => tick.Value));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(-3e-5)]
    public void A_constant_is_in_the_middle(double value) =>
        Assert.Equal(0.5, AxisScale.Fit([value, value]).Fraction(value), 9);

    [Fact]
    public void No_values_give_an_axis_from_zero_to_one()
    {
        var scale = AxisScale.Fit([]);
        Assert.Equal((0, 1), (scale.Minimum, scale.Maximum));
        Assert.NotEmpty(scale.Ticks(4));
    }
}
