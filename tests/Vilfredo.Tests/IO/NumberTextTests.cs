using System.Globalization;
using System.Text;
using CsCheck;
using Vilfredo.IO;

namespace Vilfredo.Tests.IO;

public class NumberTextTests
{
    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("1", 1.0)]
    [InlineData("+1", 1.0)]
    [InlineData("-1.5", -1.5)]
    [InlineData(".5", 0.5)]
    [InlineData("-.5", -0.5)]
    [InlineData("3.", 3.0)]
    [InlineData("1e3", 1000.0)]
    [InlineData("1E+3", 1000.0)]
    [InlineData("6.02e-23", 6.02e-23)]
    [InlineData("0.1", 0.1)]
    [InlineData("0.30000000000000004", 0.30000000000000004)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("123456789012345678901234567890", 123456789012345678901234567890.0)]
    [InlineData("0.0000000000000000000000000000000000001", 1e-37)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("5e-324", double.Epsilon)]
    [InlineData("1e-400", 0.0)]
    [InlineData("0e999", 0.0)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("+Inf", double.PositiveInfinity)]
    [InlineData("-INFINITY", double.NegativeInfinity)]
    public void A_number_reads_as_the_nearest_double(string text, double expected)
    {
        Assert.Equal(NumberProblem.None, NumberText.Parse(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(expected, value);
        Assert.Equal(NumberProblem.None, NumberText.Parse(text, out value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("", NumberProblem.NotANumber)]
    [InlineData("-", NumberProblem.NotANumber)]
    [InlineData(".", NumberProblem.NotANumber)]
    [InlineData("e5", NumberProblem.NotANumber)]
    [InlineData("1e", NumberProblem.NotANumber)]
    [InlineData("1e+", NumberProblem.NotANumber)]
    [InlineData("1.2.3", NumberProblem.NotANumber)]
    [InlineData("--1", NumberProblem.NotANumber)]
    [InlineData("+-1", NumberProblem.NotANumber)]
    [InlineData("1 ", NumberProblem.NotANumber)]
    [InlineData(" 1", NumberProblem.NotANumber)]
    [InlineData("1\0", NumberProblem.NotANumber)]
    [InlineData("0x10", NumberProblem.NotANumber)]
    [InlineData("1,5", NumberProblem.NotANumber)]
    [InlineData("1_000", NumberProblem.NotANumber)]
    [InlineData("1d3", NumberProblem.NotANumber)]
    [InlineData("infinite", NumberProblem.NotANumber)]
    [InlineData("∞", NumberProblem.NotANumber)]
    [InlineData("１", NumberProblem.NotANumber)]
    [InlineData("nan", NumberProblem.NaN)]
    [InlineData("-NaN", NumberProblem.NaN)]
    [InlineData("1e400", NumberProblem.OutOfRange)]
    [InlineData("-1e309", NumberProblem.OutOfRange)]
    public void Anything_else_is_refused_with_its_reason(string text, NumberProblem expected)
    {
        Assert.Equal(expected, NumberText.Parse(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(0, value);
        Assert.Equal(expected, NumberText.Parse(text, out value));
        Assert.Equal(0, value);
    }

    [Fact]
    public void Every_double_survives_being_written_and_read() =>
        Gen.Double.Where(value => !double.IsNaN(value)).Sample(value =>
        {
            var problem = NumberText.Parse(NumberText.Format(value), out var read);
            return problem == NumberProblem.None
                && BitConverter.DoubleToInt64Bits(read) == BitConverter.DoubleToInt64Bits(value);
        });

    [Fact]
    public void Short_decimals_read_as_the_framework_reads_them() =>
        Gen.Select(Gen.ULong[0, 1UL << 60], Gen.Int[0, 19], Gen.Int[-30, 30]).Sample((digits, point, exponent) =>
        {
            var text = digits.ToString(CultureInfo.InvariantCulture);
            if (point < text.Length)
                text = text.Insert(point, ".");
            text += $"e{exponent}";
            NumberText.Parse(text, out var read);
            return read == double.Parse(text, CultureInfo.InvariantCulture);
        });

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-2.0, "-2")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void A_value_is_written_as_its_shortest_text(double value, string expected) =>
        Assert.Equal(expected, NumberText.Format(value));
}
