using Vilfredo.Attainment;
using Vilfredo.IO;

namespace Vilfredo.Cli.Tests;

public sealed class AttainmentTests : IDisposable
{
    private const string Runs = "1 3\n3 1\n\n2 2\n\n2 4\n4 2\n";

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Surfaces_of_all_levels_agree_with_the_library()
    {
        var output = _cli.With("runs", Runs).Run("indicators", "eaf", "runs").Succeeded().Output;
        var function = new AttainmentFunction([[1, 3, 3, 1], [2, 2], [2, 4, 4, 2]], 2);
        var read = PointFile.Parse(output);
        Assert.Equal(3, read.Sets.Count);
        foreach (var (set, surface) in read.Sets.Zip(function.Surfaces))
        {
            Assert.Equal(surface.Count, set.Count);
            for (var i = 0; i < set.Count; i++)
            {
                Assert.Equal(surface.Vertices.Slice(i * 2, 2).ToArray(), set.Point(i)[..2].ToArray());
                Assert.Equal(surface.Percentile, set.Point(i)[2]);
            }
        }
    }

    [Theory]
    [InlineData("--percentiles", "0,100")]
    [InlineData("--levels", "1,3")]
    public void Levels_and_percentiles_choose_surfaces(string option, string value)
    {
        var all = _cli.With("runs", Runs).Run("indicators", "eaf", "runs").Succeeded().Output.Split("\n\n");
        var chosen = _cli.Run("indicators", "eaf", "runs", option, value).Succeeded().Output.Split("\n\n");
        Assert.Equal([all[0] + "\n", all[2]], chosen.Select((surface, i) => i == 0 ? surface + "\n" : surface));
    }

    [Fact]
    public void Maximised_columns_come_back_in_their_own_direction()
    {
        var down = PointFile.Parse(_cli.With("down", Runs).Run("indicators", "eaf", "down").Succeeded().Output);
        var negated = string.Join('\n', Runs.Split('\n').Select(line => line.Length == 0 ? line : $"-{line.Split(' ')[0]} {line.Split(' ')[1]}"));
        var up = PointFile.Parse(_cli.With("up", negated).Run("indicators", "eaf", "up", "--maximise", "1").Succeeded().Output);
        foreach (var (a, b) in down.Sets.Zip(up.Sets))
            Assert.Equal(a.Values.ToArray(), b.Values.ToArray().Select((value, i) => i % 3 == 0 ? -value : value));
    }

    [Fact]
    public void The_difference_of_a_file_with_itself_is_zero_everywhere()
    {
        _cli.With("a", Runs).With("b", Runs);
        var points = PointFile.Parse(_cli.Run("indicators", "eaf", "a", "b", "--difference").Succeeded().Output);
        Assert.All(Enumerable.Range(0, points.Sets[0].Count), i => Assert.Equal(0, points.Sets[0].Point(i)[2]));
        Assert.Equal("", _cli.Run("indicators", "eaf", "a", "b", "--difference", "--rectangles").Succeeded().Output);
    }

    [Fact]
    public void Rectangles_cover_where_one_file_is_ahead()
    {
        _cli.With("a", "1 1\n").With("b", "2 2\n");
        Assert.Equal(
            ["1 1 2 inf 1", "2 1 inf 2 1"], _cli.Run("indicators", "eaf", "a", "b", "--difference", "--rectangles").Succeeded().Lines);
        var json = _cli.Run("indicators", "eaf", "a", "b", "--difference", "--json").Succeeded().Json;
        Assert.Equal([1, 0], json.GetProperty("differences").EnumerateArray().Select(value => value.GetDouble()));
    }

    [Theory]
    [InlineData("--percentiles: \"101\" is not a number from 0 to 100", "runs", "--percentiles", "101")]
    [InlineData("--levels: \"4\" is not a number from 1 to 3", "runs", "--levels", "4")]
    [InlineData("--levels: 1.5 is not a whole number", "runs", "--levels", "1.5")]
    [InlineData("--percentiles and --levels exclude each other", "runs", "--levels", "1", "--percentiles", "5")]
    [InlineData("--difference compares exactly two files, 1 given", "runs", "--difference")]
    [InlineData("--rectangles needs --difference", "runs", "--rectangles")]
    [InlineData("--rectangles needs 2 objectives", "three", "three2", "--difference", "--rectangles")]
    [InlineData("four: attainment surfaces exist for 2 or 3 objectives, not 4", "four")]
    [InlineData("three has 3 columns, but runs has 2", "runs", "three")]
    public void Wrong_usage_is_refused(string message, params string[] arguments)
    {
        _cli.With("runs", Runs).With("three", "1 2 3\n").With("three2", "1 2 3\n").With("four", "1 2 3 4\n");
        _cli.Run(["indicators", "eaf", .. arguments]).Refused(message);
    }
}
