using Vilfredo.Indicators;
using Vilfredo.IO;
using Vilfredo.ReferenceDirections;

namespace Vilfredo.Cli.Tests;

public sealed class R2Tests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Two_objectives_are_exact() => Assert.Equal(
        NumberText.Format(R2Indicator.Exact([0.2, 0.8, 0.5, 0.5], [0, 0])) + "\n",
        _cli.With("p", "0.2 0.8\n0.5 0.5\n").Run("indicators", "r2", "p", "--ideal", "0,0").Succeeded().Output);

    [Fact]
    public void More_objectives_take_a_lattice_of_at_most_so_many_weights()
    {
        var json = _cli.With("p", "1 2 3\n3 2 1\n").Run("indicators", "r2", "p", "--ideal", "0,0,0", "--weights", "12", "--json").Succeeded().Json;
        Assert.Equal(10, json.GetProperty("weights").GetInt32());
        Assert.Equal(
            R2Indicator.Compute([1, 2, 3, 3, 2, 1], DasDennisDirections.Create(3, 3), [0, 0, 0], 3),
            json.GetProperty("results")[0].GetProperty("value").GetDouble());
    }

    [Fact]
    public void Weights_come_from_a_file_too() => Assert.Equal(
        "1\n", _cli.With("p", "1 2\n").With("w", "1 0\n0 0.5\n").Run("indicators", "r2", "p", "--ideal", "0,0", "--weights", "w").Succeeded().Output);

    [Theory]
    [InlineData("--ideal is missing", "p")]
    [InlineData("--ideal: 3 values given", "p", "--ideal", "0,0,0")]
    [InlineData("p: ", "p", "--ideal", "5,5")]
    [InlineData("--weights is missing", "three", "--ideal", "0,0,0")]
    [InlineData("--weights: 2 is too few", "three", "--ideal", "0,0,0", "--weights", "2")]
    [InlineData("--weights: -1 is too few", "three", "--ideal", "0,0,0", "--weights", "-1")]
    [InlineData("nofile: no such file", "three", "--ideal", "0,0,0", "--weights", "nofile")]
    [InlineData("--weights: p has 2 columns, but three has 3", "three", "--ideal", "0,0,0", "--weights", "p")]
    public void Wrong_options_are_refused(string message, params string[] arguments)
    {
        _cli.With("p", "1 2\n").With("three", "1 2 3\n");
        _cli.Run(["indicators", "r2", .. arguments]).Refused(message);
    }
}
