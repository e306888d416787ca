using System.Text.Json;
using CsCheck;

namespace Vilfredo.Tests.Costs;

public class CensoredValueTests
{
    [Theory]
    [InlineData("3.5", 3.5, false)]
    [InlineData(">=10", 10, true)]
    [InlineData("≥10", 10, true)]
    [InlineData(" >= 1e3 ", 1000, true)]
    public void Text_is_read(string text, double value, bool censored)
    {
        var parsed = CensoredValue.Parse(text);
        Assert.Equal((value, censored), (parsed.Value, parsed.IsCensored));
    }

    [Theory]
    [InlineData("")]
    [InlineData(">=")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData(">=Infinity")]
    [InlineData("<=3")]
    [InlineData("ten")]
    public void Other_text_is_refused(string text)
    {
        Assert.False(CensoredValue.TryParse(text, null, out _));
        Assert.Contains(">=10", Assert.Throws<FormatException>(() => CensoredValue.Parse(text)).Message);
    }

    [Fact]
    public void Text_and_json_round_trip_to_the_last_bit() =>
        Gen.Select(Gen.Double, Gen.Bool).Where((value, _) => double.IsFinite(value)).Sample((value, censored) =>
        {
            var cost = censored ? CensoredValue.AtLeast(value) : CensoredValue.Exactly(value);
            Assert.Equal(cost, CensoredValue.Parse(cost.ToString()));
            Assert.Equal(cost, JsonSerializer.Deserialize<CensoredValue>(JsonSerializer.Serialize(cost)));
        });

    [Fact]
    public void Json_is_a_number_or_a_limit()
    {
        Assert.Equal("[3.5,\"\\u003E=10\"]", JsonSerializer.Serialize(new[] { CensoredValue.Exactly(3.5), CensoredValue.AtLeast(10) }));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CensoredValue>("\"ten\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CensoredValue>("1e400"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CensoredValue>("null"));
    }

    [Fact]
    public void A_limit_is_formatted_like_its_number() => Assert.Equal(">=3.14", CensoredValue.AtLeast(Math.PI).ToString("F2"));

    [Fact]
    public void A_limit_is_never_certainly_smaller_than_anything()
    {
        var limit = CensoredValue.AtLeast(10);
        Assert.False(limit.IsCertainlyLessThan(CensoredValue.Exactly(12)));
        Assert.False(limit.IsCertainlyAtMost(limit));
        Assert.True(CensoredValue.Exactly(9).IsCertainlyLessThan(limit));
        Assert.False(CensoredValue.Exactly(10).IsCertainlyLessThan(limit));
        Assert.True(CensoredValue.Exactly(10).IsCertainlyAtMost(limit));
        Assert.False(CensoredValue.Exactly(11).IsCertainlyAtMost(limit));
    }

    [Fact]
    public void Display_order_puts_an_event_before_a_loss_at_the_same_time()
    {
        CensoredValue[] values = [CensoredValue.AtLeast(2), CensoredValue.Exactly(3), CensoredValue.Exactly(2)];
        Array.Sort(values, CensoredValue.DisplayOrder);
        Assert.Equal(["2", ">=2", "3"], values.Select(v => v.ToString()));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_that_is_not_finite_is_refused_with_the_mend(double value) =>
        Assert.Contains("AtLeast", Assert.Throws<ArgumentOutOfRangeException>(() => CensoredValue.Exactly(value)).Message);
}
