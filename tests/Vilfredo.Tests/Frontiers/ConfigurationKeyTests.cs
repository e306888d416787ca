using System.Text.Json;
using CsCheck;

namespace Vilfredo.Tests.Frontiers;

public class ConfigurationKeyTests
{
    private static readonly Gen<ConfigurationKey> Keys =
        Gen.Select(Gen.String[Gen.Char["ab=;\\ é\"\n"], 1, 4].Where(s => s.Trim().Length > 0), Gen.String[Gen.Char["ab=;\\ é\"\n"], 0, 4]).Array[0, 4]
            .Select(entries => ConfigurationKey.Of(entries.DistinctBy(e => e.Item1).Select(e => (e.Item1, (object)e.Item2))));

    [Fact]
    public void Content_decides_not_order()
    {
        var key = ConfigurationKey.Of(("tool", "gzip"), ("level", 9));
        Assert.Equal(key, ConfigurationKey.Of(("level", 9), ("tool", "gzip")));
        Assert.True(key == ConfigurationKey.Parse("tool=gzip;level=9"));
        Assert.True(key != ConfigurationKey.Of(("level", 8), ("tool", "gzip")));
        Assert.Equal("level=9;tool=gzip", key.Text);
        Assert.Equal("gzip", key["tool"]);
        Assert.Equal(key.GetHashCode(), ConfigurationKey.Parse("tool=gzip;level=9").GetHashCode());
    }

    [Fact]
    public void The_identifier_is_the_same_on_every_machine() =>
        Assert.Equal("fb133e617231", ConfigurationKey.Of(("tool", "gzip"), ("level", 9)).Id);

    [Fact]
    public void Equal_numbers_are_one_value()
    {
        Assert.Equal(ConfigurationKey.Of(("x", 6)), ConfigurationKey.Of(("x", 6.0)));
        Assert.Equal(ConfigurationKey.Of(("x", 0.0)), ConfigurationKey.Of(("x", -0.0)));
        Assert.Equal(ConfigurationKey.Of(("x", 0.1f)), ConfigurationKey.Of(("x", 0.1)));
        Assert.Equal("a=true;b=9007199254740993;c=1.5;d=Maximize", ConfigurationKey.Of(
            ("a", true), ("b", 9007199254740993L), ("c", 1.5m), ("d", Direction.Maximize)).Text);
    }

    [Fact]
    public void Text_and_json_round_trip() => Keys.Sample(key =>
    {
        Assert.Equal(key, ConfigurationKey.Parse(key.Text));
        Assert.Equal(key, JsonSerializer.Deserialize<ConfigurationKey>(JsonSerializer.Serialize(key)));
    });

    [Fact]
    public void Different_content_has_different_text() =>
        Gen.Select(Keys, Keys).Sample((a, b) => Assert.Equal(a.SequenceEqual(b), a.Text == b.Text));

    [Fact]
    public void Json_numbers_and_booleans_are_values_too() =>
        Assert.Equal(
            ConfigurationKey.Of(("a", 6), ("b", 0.5), ("c", false)),
            JsonSerializer.Deserialize<ConfigurationKey>("{\"a\":6.0,\"b\":0.50,\"c\":false}"));

    [Theory]
    [InlineData("a")]
    [InlineData("a=1;")]
    [InlineData("a=1=2")]
    [InlineData("a=1;a=2")]
    [InlineData("=1")]
    [InlineData("a=\\")]
    public void Malformed_text_is_refused(string text) => Assert.Throws<FormatException>(() => ConfigurationKey.Parse(text));

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"a\":null}")]
    [InlineData("{\"a\":[1]}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1e400}")]
    public void Malformed_json_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ConfigurationKey>(json));

    [Fact]
    public void Values_without_a_stable_text_are_refused()
    {
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => ConfigurationKey.Of(("x", double.NaN))).Message);
        Assert.Contains("Object", Assert.Throws<ArgumentException>(() => ConfigurationKey.Of(("x", new object()))).Message);
        Assert.Throws<ArgumentException>(() => ConfigurationKey.Of(("x", null!)));
        Assert.Throws<ArgumentException>(() => ConfigurationKey.Of((" ", 1)));
        Assert.Contains("tool", Assert.Throws<KeyNotFoundException>(() => ConfigurationKey.Of(("tool", "gzip"))["level"]).Message);
    }
}
