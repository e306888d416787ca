using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Vilfredo.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_version_is_that_of_the_assembly() =>
        Assert.Equal(
            $"vilfredo {typeof(Objective).Assembly.GetName().Version!.ToString(3)}\n", _cli.Run("--version").Succeeded().Output);

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    public void The_overview_names_every_command(params string[] arguments)
    {
        var help = _cli.Run(arguments).Succeeded().Output;
        foreach (var command in new[] { "indicators", "sort", "filter", "frontier" })
            Assert.Contains($"\n  {command} ", help);
    }

    [Fact]
    public void Every_command_has_a_help_screen_with_examples_that_call_it()
    {
        var paths = CommandPaths([]).ToList();
        Assert.Contains("indicators hypervolume", paths);
        foreach (var path in paths)
        {
            var help = _cli.Run([.. path.Split(' '), "--help"]).Succeeded().Output;
            Assert.Contains($"\nUsage\n  vilfredo {path} ", help);
            Assert.Contains("\nExamples\n", help);
            Assert.Contains($"vilfredo {path} ", help[help.IndexOf("\nExamples\n", StringComparison.Ordinal)..]);
        }
    }

    [Fact]
    public void Help_has_no_colour_and_no_trailing_blanks_when_redirected()
    {
        var help = _cli.Run("indicators", "hypervolume", "--help").Succeeded().Output;
        Assert.DoesNotContain('\u001b', help);
        Assert.DoesNotContain(" \n", help);
    }

    [Theory]
    [InlineData("unknown command \"srot\"", "Did you mean \"sort\"?", "srot")]
    [InlineData("unknown command \"hypervolumes\"", "Did you mean \"hypervolume\"?", "indicators", "hypervolumes", "a")]
    [InlineData("unknown option \"--jsn\"", "Did you mean \"--json\"?", "sort", "points.txt", "--jsn")]
    [InlineData("unknown argument \"b.txt\"", "See: vilfredo sort --help", "sort", "a.txt", "b.txt")]
    [InlineData("which of indicators? One of hypervolume, ", "See: vilfredo indicators --help", "indicators")]
    [InlineData("required argument 'FILE' missing", "See: vilfredo sort --help", "sort")]
    public void Wrong_usage_ends_with_2_and_says_what_to_do(string message, string mend, params string[] arguments) =>
        Assert.Contains(mend, _cli.Run(arguments).Refused(message).Error);

    [Fact]
    public void An_argument_that_begins_with_an_at_sign_is_an_ordinary_name() =>
        _cli.With("@p", "1 2\n").Run("sort", "@p").Succeeded();

    [Fact]
    public void A_second_data_stream_on_a_closed_pipe_is_not_an_error()
    {
        if (OperatingSystem.IsWindows())
            return;
        _cli.With("p", string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i} {-i}\n")));
        var program = Path.Combine(AppContext.BaseDirectory, "../../Vilfredo.Cli", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')));
        var start = new ProcessStartInfo("sh", ["-c", $"dotnet '{program}/Vilfredo.Cli.dll' sort p | head -n 1"])
        {
            WorkingDirectory = _cli.Directory,
        };
        Assert.Equal("0\n", Cli.Start(start).Succeeded().Output);
    }

    /// <summary>The commands a help screen lists, and those below them.</summary>
    private IEnumerable<string> CommandPaths(string[] parent)
    {
        var help = _cli.Run([.. parent, "--help"]).Succeeded().Output;
        var lists = help.Split("\n\n").Where(section =>
            parent.Length > 0 ? section.StartsWith("Commands\n", StringComparison.Ordinal)
            : !section.StartsWith("Usage\n", StringComparison.Ordinal) && !section.StartsWith("Options\n", StringComparison.Ordinal));
        foreach (var row in lists.SelectMany(list => Regex.Matches(list, "(?<=\n)  [a-z0-9-]+").Select(row => row.Value.Trim())))
        {
            string[] path = [.. parent, row];
            yield return string.Join(' ', path);
            foreach (var child in CommandPaths(path))
                yield return child;
        }
    }
}
