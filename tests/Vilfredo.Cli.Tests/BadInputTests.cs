namespace Vilfredo.Cli.Tests;

/// <summary>What is wrong with the input is said with file and line, how to mend it with it, and the exit code is 2.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("1 2\n3 x\n", "p.txt:2: column 2: \"x\" is not a number")]
    [InlineData("1 2\n\n3 4 5\n", "p.txt:3: read 3 columns (\"3 4 5\"), expected 2 as on line 1")]
    [InlineData("a b\n1 2\n3\n", "p.txt:3: read 1 column (\"3\"), expected 2 as the header on line 1 names")]
    [InlineData("1 2\nnan 1\n", "p.txt:2: column 1: \"nan\" is not a measurement")]
    [InlineData("1 1e999\n", "p.txt:1: column 2: \"1e999\" is beyond the range of a double")]
    [InlineData("1,2,\n", "p.txt:1: column 3: no value")]
    [InlineData("0,5;1,5\n", "p.txt:1: both semicolons and commas")]
    [InlineData("", "p.txt: no points")]
    [InlineData("# only this\n\n", "p.txt: no points")]
    [InlineData("cost accuracy\n", "p.txt: no points")]
    public void Malformed_points_are_refused_by_every_command(string content, string message)
    {
        _cli.With("p.txt", content);
        foreach (var command in new[] { "indicators hypervolume p.txt -r 1,1", "indicators spacing p.txt", "sort p.txt", "filter p.txt" })
            Assert.Contains("\n  ", _cli.Run(command.Split(' ')).Refused(message).Error);
    }

    [Fact]
    public void A_bad_line_of_standard_input_is_located_too() =>
        _cli.RunWithInput("1 2\n1 z\n", "sort", "-").Refused("standard input:2: column 2: \"z\" is not a number");

    [Theory]
    [InlineData("missing.txt: no such file", "missing.txt")]
    [InlineData("no/where.txt: no such file", "no/where.txt")]
    [InlineData("folder: is a directory", "folder")]
    [InlineData("the name of a file is empty", "")]
    [InlineData("standard input (-) is named twice", "-", "-")]
    public void Files_that_cannot_be_read_are_named(string message, params string[] files)
    {
        Directory.CreateDirectory(Path.Combine(_cli.Directory, "folder"));
        _cli.Run(["indicators", "spacing", .. files]).Refused(message);
    }

    [Theory]
    [InlineData("--reference is missing", "Give a point that is worse than all points in every objective: --reference cost,accuracy")]
    [InlineData("--reference: 1 value given (1), but p.csv has 2 columns", "--reference cost,accuracy", "-r", "1")]
    [InlineData("--reference: 3 values given (1,2,3), but p.csv has 2 columns", "one number per objective", "-r", "1,2,3")]
    [InlineData("--reference: \"x\" is not a finite number", "one number per objective", "-r", "1,x")]
    [InlineData("--reference: \"inf\" is not a finite number", "one number per objective", "-r", "1,inf")]
    [InlineData("--maximise: p.csv has no column \"acuracy\"", "Did you mean \"accuracy\"?", "-r", "1,1", "--maximise", "acuracy")]
    [InlineData("--maximise: p.csv has no column \"3\"", "numbers from 1 to 2", "-r", "1,1", "--maximise", "3")]
    [InlineData("--maximise: p.csv has no column \"0\"", "numbers from 1 to 2", "-r", "1,1", "--maximise", "0")]
    public void Wrong_options_of_the_hypervolume_say_how_to_give_them(string message, string mend, params string[] options)
    {
        _cli.With("p.csv", "cost,accuracy\n0.5,0.5\n");
        Assert.Contains(mend, _cli.Run(["indicators", "hypervolume", "p.csv", .. options]).Refused(message).Error);
    }

    [Theory]
    [InlineData("--reference-set is missing", "epsilon", "p")]
    [InlineData("--reference-set: three has 3 columns, but p has 2", "igd", "p", "-r", "three")]
    [InlineData("none: no such file", "gd", "p", "-r", "none")]
    [InlineData("empty: no points", "gd-plus", "p", "-r", "empty")]
    [InlineData("p: ", "epsilon", "p", "-r", "negative", "--multiplicative")]
    [InlineData("infinite:1: column 1: \"inf\" is not allowed here", "spacing", "infinite")]
    public void Wrong_sets_are_refused(string message, string indicator, params string[] arguments)
    {
        _cli.With("p", "1 2\n").With("three", "1 2 3\n").With("empty", "").With("negative", "-1 2\n").With("infinite", "inf 1\n");
        _cli.Run(["indicators", indicator, .. arguments]).Refused(message);
    }
}
