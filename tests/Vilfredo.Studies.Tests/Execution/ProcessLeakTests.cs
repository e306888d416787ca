using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies.Tests.Execution;

/// <summary>Alone, because descriptors, children and allocations of the whole test process are counted.</summary>
[CollectionDefinition(nameof(ProcessLeakTests), DisableParallelization = true)]
[Collection(nameof(ProcessLeakTests))]
public sealed class ProcessLeakTests : IDisposable
{
    private readonly Children _children = new();

    public void Dispose() => _children.Dispose();

    [Fact]
    public async Task Much_output_is_bounded_and_counted()
    {
        var specification = _children.Shell("head -c 50000000 /dev/zero; echo last") with { KeptOutputBytes = 1000 };
        var before = GC.GetTotalAllocatedBytes();
        var result = await _children.RunAsync(specification);
        Assert.Equal(50_000_005, result.StandardOutput.TotalBytes);
        Assert.Equal(1000, result.StandardOutput.Head.Length + result.StandardOutput.Tail.Length);
        Assert.EndsWith("last\n", result.StandardOutput.Text);
        Assert.Contains("bytes left out", result.StandardOutput.Text);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 10_000_000);
    }

    [Fact]
    public async Task Many_runs_side_by_side_leave_no_descriptor_and_no_zombie()
    {
        await RunManyAsync();
        var before = Descriptors();
        for (var i = 0; i < 8; i++) await RunManyAsync();
        Assert.InRange(Descriptors(), 0, before + 3);
        Assert.Empty(Zombies());
        Assert.Equal(0, _children.Alive());
    }

    [Fact]
    public async Task Runs_that_fail_or_are_stopped_leave_no_descriptor_and_no_zombie()
    {
        await RunBadAsync();
        var before = Descriptors();
        for (var i = 0; i < 5; i++) await RunBadAsync();
        Assert.InRange(Descriptors(), 0, before + 3);
        Assert.Empty(Zombies());
    }

    private Task<ProcessResult[]> RunManyAsync() => Task.WhenAll(Enumerable.Range(0, 32).Select(_ => _children.RunAsync(_children.Command("true"))));

    private Task<ProcessResult[]> RunBadAsync() => Task.WhenAll(
        _children.RunAsync(_children.Command("no-such-command-here")),
        _children.RunAsync(_children.Command("true") with { StandardOutputFile = "/no/such/output" }),
        _children.RunAsync(_children.Command("true", new string('x', 3_000_000))),
        _children.RunAsync(_children.Command("sleep", "300") with { TimeLimit = TimeSpan.FromMilliseconds(20) }),
        _children.RunAsync(_children.Command("yes") with { OutputLimitBytes = 1000 }));

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    /// <summary>Children of this process that have ended and were not reaped.</summary>
    private static IEnumerable<int> Zombies() => LinuxProcess.All().Where(id =>
        LinuxProcess.TryRead(id, out var process) && process.IsDead && process.Parent == Environment.ProcessId);
}
