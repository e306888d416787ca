using System.Text;
using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies.Tests.Execution;

public sealed class ProcessRunnerTests : IDisposable
{
    private readonly Children _children = new();

    public void Dispose() => _children.Dispose();

    [Fact]
    public async Task Output_error_and_exit_code_are_taken()
    {
        var result = await _children.RunShellAsync("echo out; echo err >&2; exit 3");
        Assert.Equal(ProcessOutcome.Exited, result.Outcome);
        Assert.Equal(3, result.ExitCode);
        Assert.Null(result.Signal);
        Assert.False(result.Succeeded);
        Assert.Equal("out\n", result.StandardOutput.Text);
        Assert.Equal("err\n", result.StandardError.Text);
        Assert.Equal(["out", "err"], result.LastLines);
        Assert.Contains("'sh' ended with exit code 3", result.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(255)]
    public async Task Every_exit_code_comes_through(int code)
    {
        var result = await _children.RunShellAsync($"exit {code}");
        Assert.Equal((ProcessOutcome.Exited, code), (result.Outcome, result.ExitCode!.Value));
        Assert.Equal(code == 0, result.Succeeded);
    }

    [Theory]
    [InlineData("KILL", 9, "SIGKILL")]
    [InlineData("SEGV", 11, "SIGSEGV")]
    [InlineData("TERM", 15, "SIGTERM")]
    public async Task A_signal_is_named(string signal, int number, string name)
    {
        var result = await _children.RunShellAsync($"kill -s {signal} $$");
        Assert.Equal(ProcessOutcome.Signaled, result.Outcome);
        Assert.Equal(number, result.Signal);
        Assert.Null(result.ExitCode);
        Assert.Contains(name, result.Message);
    }

    [Fact]
    public async Task A_child_starts_with_default_signals_although_this_runtime_ignores_SIGPIPE()
    {
        var result = await _children.RunShellAsync("kill -s PIPE $$; echo survived");
        Assert.Equal(13, result.Signal);
    }

    [Fact]
    public async Task Arguments_pass_untouched()
    {
        string[] arguments =
        [
            "plain", "two words", "", "it's", "\"double\"", "new\nline", "a;b", "$(echo no)", "`echo no`", "$HOME", "--dash", "-n",
            "back\\slash", "*", "~", "a&b|c>d", "ünïcödé 漢字 🙂", "\t", "{x}", "trailing ",
        ];
        var result = await _children.RunAsync(_children.Shell("""for a in "$@"; do printf '%s\000' "$a"; done""", arguments));
        Assert.Equal(arguments, result.StandardOutput.Text.Split('\0')[..^1]);
    }

    [Fact]
    public async Task Environment_is_added_to_and_removed_from()
    {
        var specification = _children.Shell("""echo "$ADDED|${HOME-none}|$PATH" """) with
        {
            Environment = new Dictionary<string, string?> { ["ADDED"] = "a b=c", ["HOME"] = null },
        };
        var result = await _children.RunAsync(specification);
        Assert.Equal($"a b=c|none|{Environment.GetEnvironmentVariable("PATH")}\n", result.StandardOutput.Text);
    }

    [Fact]
    public async Task The_child_runs_in_its_working_directory_and_finds_programs_relative_to_it()
    {
        _children.WriteProgram("tool", "#!/bin/sh\npwd\n");
        var result = await _children.RunAsync(_children.Command("./tool"));
        Assert.Equal(_children.Directory.Path + "\n", result.StandardOutput.Text);
    }

    [Fact]
    public async Task The_child_leads_a_session_of_its_own_with_only_its_standard_descriptors()
    {
        using var open = File.OpenRead("/proc/self/stat");
        var result = await _children.RunShellAsync("cut -d' ' -f 1,5,6 /proc/$$/stat; ls /proc/$$/fd; true");
        var lines = result.StandardOutput.Text.Split('\n');
        var ids = lines[0].Split(' ');
        Assert.Equal([ids[0], ids[0], ids[0]], ids);
        Assert.Equal(["0", "1", "2"], lines[1..^1]);
    }

    [Fact]
    public async Task Without_an_input_file_standard_input_is_empty()
    {
        var result = await _children.RunShellAsync("cat; echo end");
        Assert.Equal("end\n", result.StandardOutput.Text);
    }

    [Fact]
    public async Task A_large_input_file_arrives_whole()
    {
        var input = _children.Directory.File("input");
        File.WriteAllBytes(input, new byte[30_000_000]);
        var result = await _children.RunAsync(_children.Command("wc", "-c") with { StandardInputFile = input });
        Assert.Equal("30000000", result.StandardOutput.Text.Trim());
    }

    [Fact]
    public async Task Output_goes_to_a_file_and_its_ends_are_kept()
    {
        var output = _children.Directory.File("output");
        File.WriteAllText(output, "longer text that was there before");
        var specification = _children.Shell("printf 0123456789abcdef") with { StandardOutputFile = output, KeptOutputBytes = 8 };
        var result = await _children.RunAsync(specification);
        Assert.Equal("0123456789abcdef", File.ReadAllText(output));
        Assert.Equal(16, result.StandardOutput.TotalBytes);
        Assert.Equal("0123", Encoding.ASCII.GetString(result.StandardOutput.Head.Span));
        Assert.Equal("cdef", Encoding.ASCII.GetString(result.StandardOutput.Tail.Span));
    }

    [Fact]
    public async Task Binary_output_is_kept_byte_for_byte()
    {
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        File.WriteAllBytes(_children.Directory.File("binary"), bytes);
        var result = await _children.RunAsync(_children.Command("cat", "binary"));
        Assert.Equal(bytes, result.StandardOutput.Head.ToArray());
    }

    [Fact]
    public async Task Only_the_last_lines_are_quoted_and_without_control_characters()
    {
        var specification = _children.Shell("for i in 1 2 3 4 5; do echo line $i; done; printf '\\033[31mred\\033[0m\\r\\n\\n'") with { TailLines = 3 };
        var result = await _children.RunAsync(specification);
        Assert.Equal(["line 4", "line 5", "[31mred[0m"], result.LastLines);
    }

    [Theory]
    [InlineData("no-such-command-here", "not in PATH")]
    [InlineData("./missing", "there is no file")]
    [InlineData("./plain", "not executable")]
    [InlineData("./folder", "is a directory")]
    [InlineData("./nothing-to-run-it", "interpreter")]
    [InlineData("./no-program", "neither a program")]
    [InlineData("", "command is empty")]
    public async Task A_command_that_cannot_start_is_an_outcome_that_names_it(string file, string reason)
    {
        File.WriteAllText(_children.Directory.File("plain"), "x");
        _children.WriteProgram("nothing-to-run-it", "#!/no/such/interpreter\n");
        _children.WriteProgram("no-program", "\u007fELF");
        Directory.CreateDirectory(_children.Directory.File("folder"));
        var result = await _children.RunAsync(_children.Command(file));
        Assert.Equal(ProcessOutcome.FailedToStart, result.Outcome);
        Assert.Contains(reason, result.Message);
        Assert.Contains(file.TrimStart('.', '/'), result.Message);
        Assert.Null(result.ExitCode);
    }

    [Fact]
    public async Task What_else_is_missing_is_named_too()
    {
        var fine = _children.Command("true");
        var cases = new (ProcessSpecification Specification, string Reason)[]
        {
            (fine with { WorkingDirectory = "/no/such/place" }, "working directory '/no/such/place' does not exist"),
            (fine with { WorkingDirectory = "/bin/sh" }, "is a file"),
            (fine with { StandardInputFile = "/no/such/input" }, "input file '/no/such/input'"),
            (fine with { StandardOutputFile = "/no/such/output" }, "output file '/no/such/output'"),
            (fine with { Arguments = ["a\0b"] }, "argument 1 holds a NUL"),
            (fine with { Environment = new Dictionary<string, string?> { ["A=B"] = "c" } }, "'A=B'"),
            (fine with { TimeLimit = TimeSpan.Zero }, "time limit"),
            (fine with { Arguments = [new string('x', 3_000_000)] }, "longer than the system allows"),
            (fine with { Environment = new Dictionary<string, string?> { ["PATH"] = "" } }, "PATH is empty"),
        };
        foreach (var (specification, reason) in cases)
        {
            var result = await _children.RunAsync(specification);
            Assert.Equal(ProcessOutcome.FailedToStart, result.Outcome);
            Assert.Contains(reason, result.Message);
        }
    }

    [Fact]
    public async Task A_canceled_token_starts_nothing()
    {
        var marker = _children.Directory.File("ran");
        var result = await _children.Runner.RunAsync(_children.Command("touch", marker), new CancellationToken(canceled: true));
        Assert.Equal(ProcessOutcome.Canceled, result.Outcome);
        Assert.False(File.Exists(marker));
    }

    [Fact]
    public async Task The_runtimes_own_processes_work_beside_the_runner()
    {
        for (var i = 0; i < 20; i++)
        {
            using var other = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"exit {i}"]);
            var own = _children.RunShellAsync($"exit {100 + i}");
            await other.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(i, other.ExitCode);
            Assert.Equal(100 + i, (await own).ExitCode);
        }
    }

    [Fact]
    public async Task Without_process_descriptors_a_thread_notices_the_end()
    {
        var environment = new ChildEnvironment(_children.Shell(""), null, "");
        ProcessResult Run(string script, TimeSpan limit)
        {
            using var run = new UnixRun(
                _children.Shell(script) with { TimeLimit = limit }, new ProcessRunnerOptions(), environment, null, default)
            { AllowProcessDescriptor = false };
            return run.Execute();
        }

        var ended = await Task.Run(() => Run("echo fine; exit 4", TimeSpan.FromSeconds(60)));
        Assert.Equal(4, ended.ExitCode);
        Assert.Equal("fine\n", ended.StandardOutput.Text);
        Assert.Equal(ProcessOutcome.TimedOut, (await Task.Run(() => Run("sleep 100", TimeSpan.FromMilliseconds(100)))).Outcome);
    }
}
