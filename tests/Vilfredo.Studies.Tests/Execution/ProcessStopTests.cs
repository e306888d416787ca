using System.Diagnostics;
using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies.Tests.Execution;

/// <summary>Whatever children do, they are gone within a second of the limit, with all that they started.</summary>
[Collection(MeasuresTime.Name)]
public sealed class ProcessStopTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(0.3);

    private readonly Children _children = new();

    public void Dispose() => _children.Dispose();

    [Theory]
    [InlineData("sleep 300")]
    [InlineData("sleep 300 & sleep 300 & wait")]
    [InlineData("sh -c 'sh -c \"sleep 300; true\"; true'; true")]
    [InlineData("trap '' TERM; while :; do sleep 1; done")] // ignores SIGTERM
    [InlineData("trap '' TERM HUP INT; (trap '' TERM; while :; do :; done) & while :; do :; done")]
    [InlineData("kill -s STOP $$")] // stopped: SIGTERM alone would wait for SIGCONT
    [InlineData("(setsid sh -c 'trap \"\" TERM; sleep 300; true' &) ; sleep 300")] // daemon in its own session, reparented
    [InlineData("setsid sh -c 'setsid sleep 300 & sleep 300' & wait")]
    [InlineData("while :; do setsid sleep 0.01 & sleep 0.02; done")] // starts new sessions all the time
    [InlineData("yes")] // endless output
    [InlineData("exec >&- 2>&-; sleep 300")] // closed its streams
    public async Task At_the_time_limit_the_whole_tree_is_gone_within_a_second(string script)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await _children.RunAsync(_children.Shell(script) with { TimeLimit = Limit });
        var taken = Stopwatch.GetElapsedTime(start);
        Assert.Equal(ProcessOutcome.TimedOut, result.Outcome);
        Assert.Contains("time limit of 0.3 s", result.Message);
        Assert.Equal(0, _children.Alive());
        Assert.InRange(taken, Limit, Limit + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task The_last_words_after_SIGTERM_are_kept()
    {
        var result = await _children.RunAsync(
            _children.Shell("trap 'echo cleaned up; exit 0' TERM; echo started; sleep 300 & wait") with { TimeLimit = Limit });
        Assert.Equal(ProcessOutcome.TimedOut, result.Outcome);
        Assert.Equal(["started", "cleaned up"], result.LastLines);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task A_background_process_that_holds_the_pipe_does_not_keep_the_run_alive()
    {
        var start = Stopwatch.GetTimestamp();
        var result = await _children.RunShellAsync("sleep 300 & echo done");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("done\n", result.StandardOutput.Text);
        Assert.Equal(1, result.LeftoverProcesses);
        Assert.Contains("1 process that it had left was killed", result.Message);
        Assert.Equal(0, _children.Alive());
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_daemon_left_by_a_normal_end_is_killed()
    {
        var result = await _children.RunShellAsync("(setsid sleep 300 >/dev/null 2>&1 &); (setsid sleep 300 &); exit 0");
        Assert.Equal(ProcessOutcome.Exited, result.Outcome);
        Assert.Equal(0, _children.Alive());
    }

    [Fact]
    public async Task Cancellation_kills_the_tree()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var start = Stopwatch.GetTimestamp();
        var result = await _children.Runner.RunAsync(_children.Shell("sleep 300 & echo up; wait"), cancellation.Token);
        Assert.Equal(ProcessOutcome.Canceled, result.Outcome);
        Assert.Equal(["up"], result.LastLines);
        Assert.Equal(0, _children.Alive());
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task The_output_limit_stops_a_run_that_is_captured_or_goes_to_a_file()
    {
        var specification = _children.Command("yes") with { OutputLimitBytes = 100_000, TimeLimit = TimeSpan.FromSeconds(60) };
        Assert.Equal(ProcessOutcome.OutputLimit, (await _children.RunAsync(specification)).Outcome);
        var toFile = specification with { StandardOutputFile = _children.Directory.File("out") };
        Assert.Equal(ProcessOutcome.OutputLimit, (await _children.RunAsync(toFile)).Outcome);
    }

    [Fact]
    public async Task More_processes_than_allowed_end_the_whole_tree()
    {
        var result = await _children.RunAsync(_children.Shell("for i in 1 2 3 4 5 6; do sleep 300 & done; wait") with { ProcessLimit = 5 });
        Assert.Equal(ProcessOutcome.ProcessLimit, result.Outcome);
        Assert.Contains("limit of 5 processes", result.Message);
        Assert.Equal(0, _children.Alive());
        Assert.Equal(ProcessOutcome.Exited, (await _children.RunAsync(_children.Shell("sleep 0.1 & wait") with { ProcessLimit = 2 })).Outcome);
        Assert.Equal(ProcessOutcome.FailedToStart, (await _children.RunAsync(_children.Shell("true") with { ProcessLimit = 0 })).Outcome);
    }

    [Fact]
    public async Task The_memory_limit_stops_a_run()
    {
        var specification = _children.Shell("head -c 300000000 /dev/zero | tail | wc -c; sleep 300") with
        {
            MemoryLimitBytes = 60_000_000,
            TimeLimit = TimeSpan.FromSeconds(60),
        };
        var result = await _children.RunAsync(specification);
        Assert.Equal(ProcessOutcome.MemoryLimit, result.Outcome);
        Assert.Contains("60000000 bytes", result.Message);
        Assert.Equal(0, _children.Alive());
    }

    [Fact]
    public async Task When_the_owner_is_gone_the_guard_kills_the_groups_that_were_still_running()
    {
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        var stream = (int)nothing.DangerousGetHandle();
        int Start()
        {
            var error = UnixSpawn.Start("/bin/sleep", ["sleep", "300"], [], null, stream, stream, stream, out var process);
            Assert.Equal(0, error);
            return process;
        }

        var (finished, running) = (Start(), Start());
        var guard = GroupGuard.TryStart()!;
        guard.Add(finished);
        guard.Add(running);
        guard.Remove(finished);
        guard.Dispose(); // its pipe ends, as when this process dies
        Assert.Equal(9, await SignalOf(running));
        Assert.True(LinuxProcess.TryRead(finished, out var spared) && !spared.IsDead);
        _ = LibC.Kill(finished, LibC.SIGTERM);
        Assert.Equal(15, await SignalOf(finished));
    }

    [Fact]
    public async Task A_sweep_kills_what_a_dead_worker_left_and_spares_what_a_live_one_runs()
    {
        var study = Guid.NewGuid().ToString("N");
        using var orphan = StartMarked(study, "999999999/1/" + new FileInfo("/proc/self/ns/pid").LinkTarget);
        using var running = StartMarked(study, TrialMarker.Owner());
        using var elsewhere = StartMarked(study, "999999999/1/pid:[1]");
        using var other = StartMarked(study + "x", "999999999/1/" + new FileInfo("/proc/self/ns/pid").LinkTarget);

        Assert.Equal(1, OrphanSweep.KillMarked(study));
        await orphan.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(128 + 9, orphan.ExitCode);
        foreach (var spared in new[] { running, elsewhere, other })
        {
            Assert.False(spared.HasExited);
            spared.Kill();
        }
    }

    private static Process StartMarked(string study, string owner)
    {
        var info = new ProcessStartInfo("sleep", ["300"]);
        info.Environment[TrialMarker.StudyVariable] = study;
        info.Environment[TrialMarker.OwnerVariable] = owner;
        return Process.Start(info)!;
    }

    private static Task<int> SignalOf(int process) => Task.Run(() => Wait(process));

    private static unsafe int Wait(int process)
    {
        int status;
        Assert.Equal(process, LibC.Wait4(process, &status, 0, null));
        return status & 0x7f;
    }
}
