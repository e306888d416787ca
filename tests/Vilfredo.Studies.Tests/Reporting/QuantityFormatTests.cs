using System.Globalization;
using CsCheck;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies.Tests.Reporting;

public class QuantityFormatTests
{
    [Theory]
    [InlineData("bytes", new[] { 1.5e6, 3.25e6 }, "MiB", "1.431", "3.099")]
    [InlineData("bytes", new[] { 100.0, 900.0 }, "bytes", "100", "900")]
    [InlineData("s", new[] { 0.0012, 0.0345 }, "ms", "1.2", "34.5")]
    [InlineData("s", new[] { 0.216, 26.4749 }, "s", "0.216", "26.475")]
    [InlineData("J", new[] { 12_000.0, 48_000.0 }, "kJ", "12", "48")]
    [InlineData("%", new[] { 91.25, 93.5 }, "%", "91.25", "93.50")]
    [InlineData("ms", new[] { 5000.0, 7000.0 }, "ms", "5000", "7000")]
    [InlineData("tokens", new[] { 12345.0, 99.0 }, "tokens", "12,345", "99")]
    [InlineData(null, new[] { 0.5, 0.25 }, null, "0.50", "0.25")]
    public void A_column_shares_one_prefix_and_its_decimals(string? unit, double[] values, string? shownUnit, string first, string second)
    {
        var format = QuantityFormat.ForColumn(values, unit);

        Assert.Equal(shownUnit, format.Unit);
        Assert.Equal(first, format.Format(values[0]));
        Assert.Equal(second, format.Format(values[1]));
    }

    [Fact]
    public void A_range_over_many_decades_gives_each_number_its_own_decimals()
    {
        var format = QuantityFormat.ForColumn([1e-6, 0.5, 1234.5, 3e9]);

        Assert.Null(format.Decimals);
        Assert.Equal(["1e-6", "0.5", "1234", "3e9"], new[] { 1e-6, 0.5, 1234.4, 3e9 }.Select(format.Format));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0125, "0.0125")]
    [InlineData(-3.14159, "-3.142")]
    [InlineData(100, "100")]
    [InlineData(1.2e-9, "1.2e-9")]
    [InlineData(12_345_678, "1.235e7")]
    public void Significant_digits_come_without_trailing_zeros(double value, string expected) =>
        Assert.Equal(expected, QuantityFormat.Significant(value, 4));

    [Theory]
    [InlineData("%", 12.5, "12.5%")]
    [InlineData("$", 0.25, "$0.25")]
    [InlineData("W", 3.5, "3.5 W")]
    [InlineData(null, 3.5, "3.5")]
    public void A_value_in_a_sentence_carries_its_unit(string? unit, double value, string expected) =>
        Assert.Equal(expected, QuantityFormat.ForColumn([value], unit).FormatWithUnit(value));

    [Fact]
    public void Zero_is_never_written_negative() =>
        Assert.Equal("0.00", QuantityFormat.ForColumn([1.23, 4.56]).Format(-0.001));

    [Fact]
    public void Empty_and_invalid_columns_still_format()
    {
        Assert.Equal("s", QuantityFormat.ForColumn([], "s").Unit);
        Assert.Equal("2", QuantityFormat.ForColumn([double.NaN, double.PositiveInfinity, 0], "s").Format(2));
    }

    [Fact]
    public void Shown_numbers_keep_two_digits_and_read_back_within_their_rounding() =>
        Gen.Double[1e-9, 1e12].Array[1, 20].Sample(values =>
        {
            var format = QuantityFormat.ForColumn(values, "bytes");
            foreach (var value in values)
            {
                var back = double.Parse(format.Format(value), NumberStyles.Any, CultureInfo.InvariantCulture) * format.Divisor;
                Assert.InRange(back, value * 0.94, value * 1.06);
            }
        });
}
