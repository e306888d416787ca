using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies.Tests.Execution;

[Collection(MeasuresTime.Name)]
public sealed class ProcessCostTests : IDisposable
{
    private const long MiB = 1 << 20;

    private readonly Children _children = new();

    public void Dispose() => _children.Dispose();

    [Fact]
    public async Task Peak_memory_of_a_large_child_is_what_it_allocated()
    {
        // dd holds one block of its block size.
        var result = await _children.RunAsync(_children.Command("dd", "if=/dev/zero", "of=/dev/null", "bs=600M", "count=1"));
        Assert.True(result.Succeeded, result.Message);
        Assert.False(result.PeakMemoryIsSampled);
        Assert.InRange(result.PeakMemoryBytes!.Value, 600 * MiB, 620 * MiB);
    }

    [Fact]
    public async Task Peak_memory_of_a_child_smaller_than_this_process_is_its_own_and_not_this_process()
    {
        var small = await _children.RunShellAsync("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done");
        Assert.True(small.PeakMemoryIsSampled);
        Assert.InRange(small.PeakMemoryBytes!.Value, MiB / 4, 8 * MiB);
        Assert.True(small.PeakMemoryBytes < Environment.WorkingSet);

        var larger = await _children.RunShellAsync("dd if=/dev/zero of=/dev/null bs=25M count=30 2>/dev/null");
        Assert.InRange(larger.PeakMemoryBytes!.Value, 25 * MiB, 32 * MiB);
    }

    [Fact]
    public async Task Peak_memory_is_that_of_the_largest_process_of_the_tree()
    {
        var result = await _children.RunShellAsync("true; (dd if=/dev/zero of=/dev/null bs=30M count=30 2>/dev/null; true); true");
        Assert.InRange(result.PeakMemoryBytes!.Value, 30 * MiB, 38 * MiB);
    }

    [Fact]
    public async Task Cpu_time_of_a_busy_loop_is_near_its_wall_time_and_that_of_a_sleep_near_zero()
    {
        var busy = await _children.RunShellAsync("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done");
        Assert.InRange(busy.CpuTime.TotalSeconds, 0.05, busy.WallTime.TotalSeconds * 1.1);
        Assert.True(busy.UserTime > busy.SystemTime);

        var idle = await _children.RunShellAsync("sleep 0.2");
        Assert.InRange(idle.WallTime.TotalSeconds, 0.2, 5);
        Assert.InRange(idle.CpuTime.TotalSeconds, 0, 0.1);
    }

    [Fact]
    public async Task Cpu_time_includes_children_that_were_waited_for()
    {
        var result = await _children.RunShellAsync("sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; true");
        Assert.InRange(result.CpuTime.TotalSeconds, 0.05, 10);
    }

    [Fact]
    public async Task Wall_time_ends_with_the_process_and_not_with_what_it_left()
    {
        var result = await _children.RunShellAsync("(trap '' TERM; sleep 300) & exit 0");
        Assert.InRange(result.WallTime.TotalSeconds, 0, 0.5);
    }

    [Fact]
    public async Task The_portable_way_keeps_the_same_promises_where_the_runtime_can()
    {
        static Task<ProcessResult> RunUntil(ProcessSpecification specification, CancellationToken cancellation) =>
            new PortableRun(specification, new ProcessRunnerOptions(), new ChildEnvironment(specification, null, "")).ExecuteAsync(cancellation);
        static Task<ProcessResult> Run(ProcessSpecification specification) => RunUntil(specification, TestContext.Current.CancellationToken);

        File.WriteAllText(_children.Directory.File("in"), "input");
        var output = _children.Directory.File("out");
        var result = await Run(_children.Shell("cat; echo \" $1\"; echo err >&2; exit 5", "two words") with
        {
            StandardInputFile = _children.Directory.File("in"),
            StandardOutputFile = output,
        });
        Assert.Equal((ProcessOutcome.Exited, 5), (result.Outcome, result.ExitCode!.Value));
        Assert.Equal("input two words\n", File.ReadAllText(output));
        Assert.Equal("err\n", result.StandardError.Text);

        var timedOut = await Run(_children.Shell("sleep 300 & echo up; wait") with { TimeLimit = TimeSpan.FromSeconds(0.2) });
        Assert.Equal(ProcessOutcome.TimedOut, timedOut.Outcome);
        Assert.Equal(["up"], timedOut.LastLines);
        Assert.Equal(0, _children.Alive());

        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.Equal(ProcessOutcome.Canceled, (await RunUntil(_children.Command("sleep", "300"), cancellation.Token)).Outcome);
        Assert.Equal(ProcessOutcome.OutputLimit, (await Run(_children.Command("yes") with { OutputLimitBytes = 10_000 })).Outcome);
        Assert.Equal(ProcessOutcome.FailedToStart, (await Run(_children.Command("no-such-command-here"))).Outcome);
    }
}
