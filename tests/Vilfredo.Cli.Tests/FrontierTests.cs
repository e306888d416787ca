namespace Vilfredo.Cli.Tests;

public sealed class FrontierTests : IDisposable
{
    private const string Results =
        "model,cost,accuracy,note\n"
        + "small,1,0.5,\"cheap, fast\"\n"
        + "medium,2,0.9,\n"
        + "wasteful,3,0.6,x\n"
        + "large,10,0.95,\"says \"\"hi\"\"\"\n"
        + "broken,,0.99,\n"
        + "lost,5,NaN,\n";

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_table_shows_the_frontier_with_its_knobs_and_marks_the_knee()
    {
        var result = _cli.With("r.csv", Results).Run("frontier", "r.csv", "--min", "cost", "--max", "accuracy");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            """
            r.csv: 3 of 4 rows are on the frontier
            cost (min)  accuracy (max)  model   note
                     1             0.5  small   cheap, fast
                     2             0.9  medium               knee
                    10            0.95  large   says "hi"

            """,
            result.Output);
        Assert.Equal("vilfredo: r.csv: skipped 2 rows without a value for every objective (lines 6, 7)\n", result.Error);
    }

    [Fact]
    public void Csv_output_is_the_rows_themselves() => Assert.Equal(
        "model,cost,accuracy,note\nsmall,1,0.5,\"cheap, fast\"\nmedium,2,0.9,\nlarge,10,0.95,\"says \"\"hi\"\"\"\n",
        _cli.With("r.csv", Results).Run("frontier", "r.csv", "--min", "cost", "--max", "accuracy", "--csv").Output);

    [Fact]
    public void Json_has_numbers_for_objectives_and_texts_for_knobs()
    {
        var json = _cli.With("r.csv", Results).Run("frontier", "r.csv", "--min", "cost", "--max", "accuracy", "--json").Json;
        Assert.Equal(4, json.GetProperty("rows").GetInt32());
        Assert.Equal(2, json.GetProperty("skipped").GetInt32());
        Assert.Equal("maximize", json.GetProperty("objectives")[1].GetProperty("direction").GetString());
        var frontier = json.GetProperty("frontier").EnumerateArray().ToList();
        Assert.Equal([2, 3, 5], frontier.Select(row => row.GetProperty("line").GetInt32()));
        Assert.Equal([false, true, false], frontier.Select(row => row.GetProperty("knee").GetBoolean()));
        Assert.Equal(0.95, frontier[2].GetProperty("objectives").GetProperty("accuracy").GetDouble());
        Assert.Equal("says \"hi\"", frontier[2].GetProperty("knobs").GetProperty("note").GetString());
    }

    [Theory]
    [InlineData("model;cost;accuracy\r\na;1;0,5 s\r\n", "1", "--min", "cost")]
    [InlineData("cost\n3\n2\n2\n", "2|2", "--min", "cost")]
    [InlineData("a,b\n1,1\n2,2\n", "2", "--max", "a,b")]
    [InlineData("a,b\n1,1\n2,2\n", "1|2", "--min", "a", "--max", "b")]
    public void The_frontier_of_a_table(string content, string firstObjective, params string[] options)
    {
        var json = _cli.With("r.csv", content).Run(["frontier", "r.csv", "--json", .. options]).Succeeded().Json;
        var values = json.GetProperty("frontier").EnumerateArray()
            .Select(row => row.GetProperty("objectives").EnumerateObject().First().Value.GetRawText());
        Assert.Equal(firstObjective, string.Join('|', values));
    }

    [Fact]
    public void Standard_input_works_too() => Assert.Contains(
        "knee", _cli.RunWithInput("x,y\n1,3\n1.5,1.5\n3,1\n", "frontier", "-", "--min", "x,y").Succeeded().Output);

    [Theory]
    [InlineData("no objectives", "a,b\n1,2\n")]
    [InlineData("r.csv has no column \"acuracy\"", "cost,accuracy\n1,2\n", "--min", "cost", "--max", "acuracy")]
    [InlineData("the column \"a\" is named twice", "a,b\n1,2\n", "--min", "a", "--max", "a")]
    [InlineData("r.csv:1: two columns are named \"a\"", "a,a\n1,2\n", "--min", "a")]
    [InlineData("r.csv:3: read 1 fields, expected 2 as in the header", "a,b\n1,2\n3\n", "--min", "a")]
    [InlineData("r.csv:2: a: \"timeout\" is not a finite number", "a,b\ntimeout,2\n", "--min", "a")]
    [InlineData("r.csv:2: a: \"inf\" is not a finite number", "a,b\ninf,2\n", "--min", "a")]
    [InlineData("r.csv:2: a: \"1e400\" is not a finite number", "a,b\n1e400,2\n", "--min", "a")]
    [InlineData("r.csv:2: the quote of field 1 is never closed", "a,b\n\"1,2\n", "--min", "a")]
    [InlineData("r.csv:3: a: no value", "a,b\n1,1\n,2\n", "--min", "a", "--strict")]
    [InlineData("r.csv: the file is empty", "", "--min", "a")]
    [InlineData("--knee: there is no method \"hyperplan\"", "a,b\n1,2\n", "--min", "a", "--knee", "hyperplan")]
    [InlineData("--knee bend-angle needs 2 objectives", "a,b\n1,2\n", "--min", "a", "--knee", "bend-angle")]
    [InlineData("--csv and --json exclude each other", "a,b\n1,2\n", "--min", "a", "--csv", "--json")]
    public void What_is_wrong_with_a_table_is_said(string message, string content, params string[] options) =>
        _cli.With("r.csv", content).Run(["frontier", "r.csv", .. options]).Refused(message);
}
