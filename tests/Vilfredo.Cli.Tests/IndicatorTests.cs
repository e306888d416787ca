using System.Globalization;
using Vilfredo.Indicators;
using Vilfredo.IO;

namespace Vilfredo.Cli.Tests;

public sealed class IndicatorTests : IDisposable
{
    private const string TwoSets = "# two runs\n0.2 0.8\n0.5 0.5\n\n0.1 0.9\n0.4 0.6\n0.9 0.1\n";
    private const string Front = "0 1\n0.25 0.25\n1 0\n";

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Hypervolume_gives_one_exact_number_per_data_set_in_order()
    {
        _cli.With("p.txt", TwoSets).With("q.csv", "a,b\r\n0,0.5\r\n0.5,0\r\n");
        var lines = _cli.Run("indicators", "hypervolume", "p.txt", "q.csv", "--reference", "1,1").Succeeded().Lines;
        var expected = new[] { TwoSets, "0 0.5\n0.5 0\n" }
            .SelectMany(text => PointFile.Parse(text).Sets)
            .Select(set => NumberText.Format(Hypervolume.Compute(set.Values, 2, [1, 1])));
        Assert.Equal(expected, lines);
        Assert.Equal("0.75", lines[2]);
    }

    [Theory]
    [InlineData("1,1")]
    [InlineData("1 1")]
    [InlineData("1.0; 1e0")]
    public void A_reference_is_a_list_of_numbers(string reference) =>
        Assert.Equal("0.25\n", _cli.With("p", "0.5 0.5").Run("indicators", "hypervolume", "p", "-r", reference).Succeeded().Output);

    [Fact]
    public void A_negative_reference_is_not_taken_for_an_option() =>
        Assert.Equal("2\n", _cli.With("p", "-3 -2").Run("indicators", "hypervolume", "p", "--reference", "-1,-1").Succeeded().Output);

    [Fact]
    public void Standard_input_is_read_as_a_file() =>
        Assert.Equal("0.25\n", _cli.RunWithInput("0.5,0.5\n", "indicators", "hypervolume", "-", "-r", "1,1").Succeeded().Output);

    [Theory]
    [InlineData("--maximise", "all")]
    [InlineData("--maximize", "1,2")]
    [InlineData("--maximise", "cost,2")]
    [InlineData("--maximise", "acc, cost")]
    public void Maximising_equals_minimising_the_negated(string option, string columns)
    {
        _cli.With("up", "cost acc\n0.2 0.8\n0.5 0.5\n").With("down", "-0.2 -0.8\n-0.5 -0.5\n");
        var maximised = _cli.Run("indicators", "hypervolume", "up", "-r", "0.1,0", option, columns).Succeeded().Output;
        Assert.Equal(_cli.Run("indicators", "hypervolume", "down", "-r", "-0.1,0").Succeeded().Output, maximised);
    }

    [Fact]
    public void A_reference_that_no_point_is_better_than_gives_0_and_a_remark()
    {
        var result = _cli.With("p", "2 2\n").Run("indicators", "hypervolume", "p", "-r", "1,1");
        Assert.Equal((0, "0\n"), (result.ExitCode, result.Output));
        Assert.Contains("p: no point is better than the reference", result.Error);
    }

    [Fact]
    public void Json_carries_the_same_numbers_with_their_origin()
    {
        _cli.With("p.txt", TwoSets);
        var json = _cli.Run("indicators", "hypervolume", "p.txt", "-r", "1,1", "--json").Succeeded().Json;
        var lines = _cli.Run("indicators", "hypervolume", "p.txt", "-r", "1,1").Succeeded().Lines;
        Assert.Equal("hypervolume", json.GetProperty("indicator").GetString());
        Assert.Equal([1, 1], json.GetProperty("reference").EnumerateArray().Select(value => value.GetDouble()));
        var results = json.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(lines, results.Select(result => result.GetProperty("value").GetRawText()));
        Assert.Equal([1, 2], results.Select(result => result.GetProperty("set").GetInt32()));
        Assert.Equal([2, 3], results.Select(result => result.GetProperty("points").GetInt32()));
        Assert.All(results, result => Assert.Equal("p.txt", result.GetProperty("file").GetString()));
    }

    [Theory]
    [InlineData("epsilon")]
    [InlineData("igd")]
    [InlineData("igd-plus")]
    [InlineData("gd")]
    [InlineData("gd-plus")]
    public void Measures_against_a_front_agree_with_the_library(string name)
    {
        var output = _cli.With("p", TwoSets).With("front", Front)
            .Run("indicators", name, "p", "--reference-set", "front").Succeeded().Lines;
        var front = PointFile.Parse(Front).Sets[0].Values.ToArray();
        var expected = PointFile.Parse(TwoSets).Sets.Select(set => name switch
        {
            "epsilon" => EpsilonIndicator.Additive(set.Values, front, 2),
            "igd" => InvertedGenerationalDistance.Compute(set.Values, front, 2),
            "igd-plus" => InvertedGenerationalDistance.Plus(set.Values, front, 2),
            "gd" => GenerationalDistance.Compute(set.Values, front, 2),
            _ => GenerationalDistance.Plus(set.Values, front, 2),
        });
        Assert.Equal(expected.Select(NumberText.Format), output);
    }

    [Fact]
    public void Multiplicative_epsilon_is_a_factor_in_both_directions()
    {
        _cli.With("p", "2 4\n").With("front", "1 3\n").With("up", "1 3\n").With("upfront", "2 4\n");
        string[] common = ["indicators", "epsilon", "--multiplicative"];
        Assert.Equal("2\n", _cli.Run([.. common, "p", "-r", "front"]).Succeeded().Output);
        Assert.Equal("2\n", _cli.Run([.. common, "up", "-r", "upfront", "--maximise", "all"]).Succeeded().Output);
    }

    [Fact]
    public void A_reference_set_of_several_data_sets_counts_as_one()
    {
        _cli.With("p", TwoSets).With("one", Front).With("split", Front.Replace("0.25\n", "0.25\n\n"));
        Assert.Equal(
            _cli.Run("indicators", "igd", "p", "-r", "one").Succeeded().Output,
            _cli.Run("indicators", "igd", "p", "-r", "split").Succeeded().Output);
    }

    [Fact]
    public void Contributions_are_one_number_per_point_with_a_blank_line_between_sets()
    {
        var output = _cli.With("p", "0.2 0.8\n0.8 0.2\n0.9 0.9\n\n0.5 0.5\n").Run("indicators", "contributions", "p", "-r", "1,1");
        var expected = new double[3];
        Hypervolume.Contributions([0.2, 0.8, 0.8, 0.2, 0.9, 0.9], 2, [1, 1], expected);
        Assert.Equal(string.Join('\n', expected.Select(NumberText.Format)) + "\n\n0.25\n", output.Succeeded().Output);
        var json = _cli.Run("indicators", "contributions", "p", "-r", "1,1", "--json").Succeeded().Json;
        Assert.Equal(expected, json.GetProperty("results")[0].GetProperty("values").EnumerateArray().Select(value => value.GetDouble()));
    }

    [Fact]
    public void Spacing_agrees_with_the_library() => Assert.Equal(
        PointFile.Parse(TwoSets).Sets.Select(set => NumberText.Format(Spacing.Compute(set.Values, 2))),
        _cli.With("p", TwoSets).Run("indicators", "spacing", "p").Succeeded().Lines);

    [Fact]
    public void A_million_points_take_seconds_at_most()
    {
        var random = new Random(1);
        var lines = Enumerable.Range(0, 1_000_000).Select(_ => FormattableString.Invariant($"{random.NextDouble()} {random.NextDouble()}"));
        File.WriteAllLines(Path.Combine(_cli.Directory, "large"), lines);
        var output = _cli.Run("indicators", "hypervolume", "large", "-r", "1,1").Succeeded().Output;
        Assert.InRange(double.Parse(output, CultureInfo.InvariantCulture), 0.999, 1);
    }
}
