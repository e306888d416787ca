using System.Diagnostics;

namespace Vilfredo.Cli.Tests;

/// <summary>The launcher script in a source tree of its own, with a stand-in for the SDK that notes its calls.</summary>
public sealed class LauncherTests : IDisposable
{
    // "publish" makes an application directory; anything else is the application, which shows its arguments.
    private const string StandIn = """
        #!/bin/sh
        if [ "$1" = publish ]; then
            echo "$@" >> "$TREE/calls"
            [ -e "$TREE/slow" ] && sleep 1
            if [ -e "$TREE/broken" ]; then echo 'error CS1002: ; expected'; exit 1; fi
            if [ -e "$TREE/no-crossgen" ]; then case "$*" in *PublishReadyToRun=true*) echo 'NU1101: Crossgen2'; exit 1 ;; esac; fi
            while [ "$1" != --output ]; do shift; done
            mkdir -p "$2" && : > "$2/Vilfredo.Cli.dll"
        else
            app=$1; shift
            [ -e "$app" ] || exit 9
            for argument; do printf '<%s>' "$argument"; done
        fi

        """;

    private readonly string _tree = Directory.CreateTempSubdirectory("vilfredo-launcher-").FullName;

    public LauncherTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The launcher for Windows is vilfredo.cmd.");
        Directory.CreateDirectory(Path.Combine(_tree, "src", "Vilfredo.Cli"));
        Directory.CreateDirectory(Path.Combine(_tree, "bin"));
        foreach (var file in new[] { "src/Vilfredo.Cli/Program.cs", "global.json", "Directory.Build.props" })
            File.WriteAllText(Path.Combine(_tree, file), "");
        File.Copy(Path.Combine(Cli.RepositoryRoot(), "vilfredo"), Path.Combine(_tree, "vilfredo"));
        File.WriteAllText(Path.Combine(_tree, "bin", "dotnet"), StandIn);
        MakeExecutable(Path.Combine(_tree, "vilfredo"));
        MakeExecutable(Path.Combine(_tree, "bin", "dotnet"));
    }

    private string[] Builds => File.Exists(Path.Combine(_tree, "calls")) ? File.ReadAllLines(Path.Combine(_tree, "calls")) : [];

    public void Dispose() => Directory.Delete(_tree, recursive: true);

    [Fact]
    public void The_first_call_builds_and_the_second_does_not()
    {
        var first = Run("vilfredo", "a b", "", "*");
        Assert.Equal((0, "<a b><><*>", "building vilfredo ...\n"), (first.ExitCode, first.Output, first.Error));
        Assert.Equal("<x>", Run("vilfredo", "x").Succeeded().Output);
        Assert.Single(Builds);
    }

    [Theory]
    [InlineData("src/Vilfredo.Cli/Program.cs")]
    [InlineData("src/Vilfredo.Cli/New.cs")]
    [InlineData("global.json")]
    [InlineData("Directory.Build.props")]
    public void A_newer_source_builds_again(string file)
    {
        Run("vilfredo");
        File.WriteAllText(Path.Combine(_tree, file), "changed");
        File.SetLastWriteTimeUtc(Path.Combine(_tree, file), DateTime.UtcNow.AddSeconds(1));
        Assert.Equal("building vilfredo ...\n", Run("vilfredo").Error);
        Assert.Equal(2, Builds.Length);
        Assert.Single(Directory.GetDirectories(Path.Combine(_tree, "artifacts", "launcher"), "app-*"));
    }

    [Fact]
    public void A_removed_source_builds_again()
    {
        Run("vilfredo");
        File.Delete(Path.Combine(_tree, "src/Vilfredo.Cli/Program.cs"));
        Assert.Equal("building vilfredo ...\n", Run("vilfredo").Error);
    }

    [Fact]
    public void A_failed_build_shows_its_output_and_is_tried_again()
    {
        File.WriteAllText(Path.Combine(_tree, "broken"), "");
        var failed = Run("vilfredo");
        Assert.Equal((1, ""), (failed.ExitCode, failed.Output));
        Assert.Contains("error CS1002: ; expected", failed.Error);
        Assert.Contains("vilfredo: the build failed", failed.Error);
        File.Delete(Path.Combine(_tree, "broken"));
        Assert.Equal(0, Run("vilfredo").ExitCode);
    }

    [Fact]
    public void Without_the_ahead_of_time_compiler_the_build_goes_on_without_it()
    {
        File.WriteAllText(Path.Combine(_tree, "no-crossgen"), "");
        Assert.Equal(0, Run("vilfredo").ExitCode);
        Assert.Equal(2, Builds.Length);
    }

    [Fact]
    public void It_works_through_a_symbolic_link_from_another_directory()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_tree, "else where")).FullName;
        File.CreateSymbolicLink(Path.Combine(elsewhere, "v"), "../vilfredo");
        File.CreateSymbolicLink(Path.Combine(elsewhere, "v2"), Path.Combine(elsewhere, "v"));
        Assert.Equal("<x>", Run("else where/v2", "x").Output);
        Assert.Equal("<x>", Run("else where/v", "x").Succeeded().Output);
    }

    [Fact]
    public async Task Two_at_once_build_once()
    {
        File.WriteAllText(Path.Combine(_tree, "slow"), "");
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Run("vilfredo", "x"))));
        Assert.All(results, result => Assert.Equal((0, "<x>"), (result.ExitCode, result.Output)));
        Assert.Single(Builds);
    }

    [Fact]
    public void Two_at_once_build_once_without_flock()
    {
        // A PATH with the tools the script needs, all but flock.
        foreach (var tool in new[] { "sh", "find", "mkdir", "ln", "readlink", "rm", "mv", "date", "grep", "sleep", "cat" })
        {
            var path = new[] { "/bin", "/usr/bin" }.Select(directory => Path.Combine(directory, tool)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(_tree, "bin", tool), path);
        }

        File.WriteAllText(Path.Combine(_tree, "slow"), "");
        var path2 = Path.Combine(_tree, "bin");
        var results = Enumerable.Range(0, 2).AsParallel().WithDegreeOfParallelism(2).Select(_ => Run("vilfredo", ["x"], path2)).ToList();
        Assert.All(results, result => Assert.Equal((0, "<x>"), (result.ExitCode, result.Output)));
        Assert.Single(Builds);
        Assert.False(Path.Exists(Path.Combine(_tree, "artifacts/launcher/lock.owner")));
    }

    [Fact]
    public void Without_an_SDK_it_says_where_to_get_one()
    {
        File.Delete(Path.Combine(_tree, "bin", "dotnet"));
        foreach (var tool in new[] { "sh", "find", "readlink" })
            File.CreateSymbolicLink(Path.Combine(_tree, "bin", tool), Path.Combine(tool == "sh" ? "/bin" : "/usr/bin", tool));
        var result = Run("vilfredo", [], Path.Combine(_tree, "bin"));
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("vilfredo: the .NET 10 SDK is missing", result.Error);
    }

    private Cli.Result Run(string script, params string[] arguments) =>
        Run(script, arguments, $"{_tree}/bin:{Environment.GetEnvironmentVariable("PATH")}");

    private Cli.Result Run(string script, string[] arguments, string path)
    {
        var start = new ProcessStartInfo(Path.Combine(_tree, script), arguments) { WorkingDirectory = Path.GetTempPath() };
        start.Environment["PATH"] = path;
        start.Environment["TREE"] = _tree;
        start.Environment["HOME"] = _tree;
        start.Environment.Remove("DOTNET_ROOT");
        return Cli.Start(start);
    }

    private static void MakeExecutable(string file)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
