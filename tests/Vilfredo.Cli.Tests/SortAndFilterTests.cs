using CsCheck;

namespace Vilfredo.Cli.Tests;

public sealed class SortAndFilterTests : IDisposable
{
    private const string Points = "# cost accuracy\n1 4\n2 2\n4 1\n2 4 # dominated\n5 5\n";

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Sort_writes_one_rank_per_line_with_0_for_the_frontier() =>
        Assert.Equal("0\n0\n0\n1\n2\n", _cli.With("p", Points).Run("sort", "p").Succeeded().Output);

    [Fact]
    public void Sort_ranks_each_data_set_on_its_own() =>
        Assert.Equal("0\n1\n\n0\n", _cli.With("p", "1 1\n2 2\n\n3 3\n").Run("sort", "p").Succeeded().Output);

    [Fact]
    public void Sort_maximises_on_request() =>
        Assert.Equal("1\n0\n", _cli.With("p", "1 1\n2 2\n").Run("sort", "p", "--maximise", "all").Succeeded().Output);

    [Fact]
    public void Sort_writes_the_same_ranks_as_json()
    {
        var json = _cli.With("p", Points).Run("sort", "p", "--json").Succeeded().Json;
        var result = Assert.Single(json.GetProperty("results").EnumerateArray().ToList());
        Assert.Equal([0, 0, 0, 1, 2], result.GetProperty("ranks").EnumerateArray().Select(rank => rank.GetInt32()));
        Assert.Equal(3, result.GetProperty("fronts").GetInt32());
    }

    [Fact]
    public void Filter_keeps_lines_as_they_are() => Assert.Equal(
        " 1.00\t4e0\n2 2 # b\n",
        _cli.With("p", " 1.00\t4e0\r\n# c\n2 2 # b\n3 3\n").Run("filter", "p").Succeeded().Output);

    [Fact]
    public void Filter_keeps_the_header_and_separates_data_sets() => Assert.Equal(
        "a,b\n1,1\n\n3,3\n", _cli.With("p", "a,b\n1,1\n2,2\n\n3,3\n").Run("filter", "p").Succeeded().Output);

    [Fact]
    public void Filter_takes_all_sets_as_one_on_request() => Assert.Equal(
        "1 3\n3 1\n", _cli.With("p", "1 3\n2 4\n\n3 3\n").With("q", "3 1\n").Run("filter", "--union", "p", "q").Succeeded().Output);

    [Theory]
    [InlineData("keep", "1 1\n1 1.0\n")]
    [InlineData("drop", "1 1\n")]
    public void Filter_keeps_or_drops_duplicates(string choice, string expected) => Assert.Equal(
        expected, _cli.With("p", "1 1\n1 1.0\n1 2\n").Run("filter", "p", "--duplicates", choice).Succeeded().Output);

    [Fact]
    public void Filter_says_where_its_points_come_from_in_json()
    {
        var json = _cli.With("p", Points).Run("filter", "p", "--json").Succeeded().Json;
        var result = Assert.Single(json.GetProperty("results").EnumerateArray().ToList());
        Assert.Equal(5, result.GetProperty("points").GetInt32());
        Assert.Equal([2, 3, 4], result.GetProperty("frontier").EnumerateArray().Select(point => point.GetProperty("line").GetInt32()));
    }

    [Theory]
    [InlineData("--duplicates: \"some\" is neither keep nor drop", "p", "--duplicates", "some")]
    [InlineData("three has 3 columns, but p has 2", "p", "three", "--union")]
    public void Wrong_options_of_filter_are_refused(string message, params string[] arguments) =>
        _cli.With("p", "1 2\n").With("three", "1 2 3\n").Run(["filter", .. arguments]).Refused(message);

    [Fact]
    public void Filter_keeps_exactly_the_points_of_rank_0() =>
        Gen.Int[0, 4].Array[3].Array[1, 30].Sample(
            points =>
            {
                var lines = points.Select(point => string.Join(' ', point)).ToArray();
                _cli.With("p", string.Join('\n', lines) + "\n");
                var ranks = _cli.Run("sort", "p").Succeeded().Lines;
                var first = lines.Where((_, i) => ranks[i] == "0");
                return _cli.Run("filter", "p").Succeeded().Lines.SequenceEqual(first);
            },
            iter: 5,
            threads: 1);
}
