using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Cli.Tests;

public sealed class TasksTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_list_names_every_family()
    {
        var text = _cli.Run("tasks", "list").Succeeded().Output;
        Assert.All(TaskFamilies.All, family => Assert.Contains(family.Name, text, StringComparison.Ordinal));
        Assert.Equal(TaskFamilies.All.Count, _cli.Run("tasks", "list", "--json").Succeeded().Json.GetArrayLength());
    }

    [Fact]
    public void A_sample_for_people_ends_with_the_answer()
    {
        var lines = _cli.Run("tasks", "sample", "arithmetic", "--difficulty", "2", "--style", "direct", "--count", "2").Succeeded().Lines;
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("What is ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Answer: ", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_as_json_lines_pass_the_check_and_are_of_the_split()
    {
        string[] sample = ["tasks", "sample", "countdown", "--count", "20", "--split", "test", "--seed", "4", "--json"];
        var text = _cli.Run(sample).Succeeded().Output;
        Assert.Equal(text, _cli.Run(sample).Succeeded().Output);
        var counts = _cli.With("t.jsonl", text).Run("tasks", "check", "t.jsonl", "--json").Succeeded().Json;
        Assert.Equal("test", Assert.Single(counts.EnumerateArray()).GetProperty("split").GetString());
        Assert.Contains("20", _cli.RunWithInput(text, "tasks", "check", "-").Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no family \"countdow\"", "sample", "countdow")]
    [InlineData("--difficulty: 0 is not from 1 to 10", "sample", "path", "--difficulty", "0")]
    [InlineData("--count: 0 is not", "sample", "path", "--count", "0")]
    [InlineData("--split: \"dev\" is none of train, validation, test", "sample", "path", "--split", "dev")]
    [InlineData("--passes: -1 is not", "sample", "path", "--passes", "-1")]
    [InlineData("none: no such file", "check", "none")]
    [InlineData("bad, line 2: not a task", "check", "bad")]
    [InlineData("empty: there is no task in it", "check", "empty")]
    public void Wrong_input_is_refused(string message, params string[] arguments) =>
        _cli.With("bad", "\n{\n").With("empty", "\n").Run(["tasks", .. arguments]).Refused(message);
}
