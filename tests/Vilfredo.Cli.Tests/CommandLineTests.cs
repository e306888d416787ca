using System.Diagnostics;
using System.Globalization;
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
    public void A_full_disk_ends_with_1_and_a_message()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        var result = Shell("vilfredo sort p > /dev/full", "1 2\n");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("vilfredo: No space left on device", result.Error);
    }

    [Fact]
    public void A_reader_that_has_enough_may_close_the_pipe() =>
        Assert.Equal("0\n", Shell("vilfredo sort p | head -n 1", Staircase(100_000)).Succeeded().Output);

    private static string Staircase(int points) => string.Concat(Enumerable.Range(0, points).Select(i => $"{i} {-i}\n"));

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_ends_a_command_that_has_nothing_to_finish(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals.");
        Assert.SkipWhen(signal == "INT" && IgnoresInterrupts(), "This process was started in the background and ignores SIGINT.");

        // The command waits for its input. It ends by the signal, whether that comes before or after it begins to read.
        using var process = Process.Start(Cli.Prepare(_cli.Directory, "sort", "-"))!;
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        process.WaitForExit();
        Assert.Equal(exitCode, process.ExitCode);
    }

    private static bool IgnoresInterrupts()
    {
        if (!File.Exists("/proc/self/status"))
            return false;
        var ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (ulong.Parse(ignored.AsSpan("SigIgn:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;
    }

    /// <summary>Runs a line of shell in which <c>vilfredo</c> is the built command and <c>p</c> a file of points.</summary>
    private Cli.Result Shell(string line, string points)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "This needs a Unix shell.");
        _cli.With("p", points);
        var command = line.Replace("vilfredo", $"dotnet '{Cli.Program}'", StringComparison.Ordinal);
        return Cli.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _cli.Directory });
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
