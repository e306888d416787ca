using Vilfredo.IO;

namespace Vilfredo.Tests.IO;

public class NearestNameTests
{
    [Theory]
    [InlineData("tme", "time")]
    [InlineData("bugdet", "budget")]
    [InlineData("COST", "cost")]
    [InlineData("latency", null)]
    public void The_name_within_a_third_of_the_letters_is_found(string given, string? expected) =>
        Assert.Equal(expected, NearestName.Find(given, ["time", "budget", "cost"]));

    [Fact]
    public void Without_names_there_is_none() => Assert.Null(NearestName.Find("a", []));
}
