using System.Runtime.InteropServices;

namespace Vilfredo.Studies.Execution;

/// <summary>One run of a child process on Linux or macOS, from start to the last descendant's end, on the calling thread.</summary>
/// <remarks>
/// The child leads a session and process group of its own. It is waited for by its id alone, never as "any child", so
/// that the runtime's own handling of children (System.Diagnostics.Process) is not disturbed; and it is reaped only when
/// its group is dead, so that no signal can hit a later process with the same id.
/// </remarks>
internal sealed unsafe class UnixRun(
    ProcessSpecification specification,
    ProcessRunnerOptions options,
    ChildEnvironment environment,
    GroupGuard? guard,
    CancellationToken cancellation) : IDisposable
{
    /// <summary>How long SIGKILL is repeated for descendants that are not gone yet, such as those in a blocking system call.</summary>
    private static readonly TimeSpan KillingTime = TimeSpan.FromMilliseconds(700);

    /// <summary>How often the tree is looked at while it is being stopped.</summary>
    private static readonly TimeSpan StoppingStep = TimeSpan.FromMilliseconds(5);

    /// <summary>How often it is looked at while the last of it is on its way out.</summary>
    private static readonly TimeSpan KillingStep = TimeSpan.FromMilliseconds(1);

    /// <summary>How often the length of an output file with a limit is looked at; writing to it makes no event.</summary>
    private static readonly TimeSpan FileLengthStep = TimeSpan.FromMilliseconds(10);

    private readonly TimeProvider _time = options.TimeProvider;
    private StandardStreams _streams = null!;
    private ProcessTree _tree = null!;
    private MemoryMeter _memory = null!;
    private ExitWatch _exit = null!;
    private DescriptorPipe? _cancelPipe;
    private int _process;
    private bool _isReaped;
    private long _start;
    private TimeSpan? _endedAt;

    /// <summary>For tests of the way without pidfd.</summary>
    public bool AllowProcessDescriptor { get; init; } = true;

    private TimeSpan Age => _time.GetElapsedTime(_start);

    public ProcessResult Execute()
    {
        if (specification.FindProblem() is { } problem || !TryStart(out problem))
            return ProcessResult.NotStarted(RunMessage.NotStarted(problem));

        var outcome = Watch();
        if (outcome != ProcessOutcome.Exited) Stop();
        var leftover = KillRest();
        _streams.Drain();
        return Reap(outcome, leftover);
    }

    public void Dispose()
    {
        if (_process != 0 && !_isReaped) Abandon();
        _cancelPipe?.Dispose();
        _streams?.Dispose();
    }

    private bool TryStart(out string problem)
    {
        if (specification.MemoryLimitBytes is not null && !OperatingSystem.IsLinux())
        {
            problem = "a memory limit is not supported on this system; leave it out";
            return false;
        }

        var directory = Path.GetFullPath(specification.WorkingDirectory ?? System.Environment.CurrentDirectory);
        if (!Directory.Exists(directory))
        {
            problem = File.Exists(directory)
                ? $"the working directory '{directory}' is a file"
                : $"the working directory '{directory}' does not exist";
            return false;
        }

        var path = ExecutableSearch.Find(specification.FileName, directory, environment.SearchPath, out problem);
        if (path is null) return false;
        var streams = StandardStreams.TryOpen(specification, out problem);
        if (streams is null) return false;
        _streams = streams;
        if (cancellation.CanBeCanceled) _cancelPipe = new DescriptorPipe();

        _start = _time.GetTimestamp();
        var error = UnixSpawn.Start(
            path,
            [specification.FileName, .. specification.Arguments],
            environment.ToStrings(),
            directory,
            _streams.ChildInput,
            _streams.ChildOutput,
            _streams.ChildError,
            out _process);
        if (error != 0)
        {
            problem = ErrorNumber.Describe(error, path);
            return false;
        }

        _tree = new ProcessTree(_process, environment.RunMarker);
        _memory = new MemoryMeter(_process, _tree, specification.MemoryLimitBytes, specification.ProcessLimit);
        _memory.Sample(Age);
        guard?.Add(_process);
        _exit = ExitWatch.Start(_process, AllowProcessDescriptor);
        _streams.CloseChildEnds();
        return true;
    }

    /// <summary>Waits for the end or for a reason to stop, taking output and samples meanwhile.</summary>
    private ProcessOutcome Watch()
    {
        using var registration = cancellation.Register(() => _cancelPipe!.CloseWriteEnd());
        while (true)
        {
            Poll(UntilNextEvent(), _cancelPipe?.ReadEnd ?? -1);
            if (_endedAt is not null) return ProcessOutcome.Exited;
            if (cancellation.IsCancellationRequested) return ProcessOutcome.Canceled;
            var age = Age;
            if (specification.TimeLimit is { } limit && age >= limit) return ProcessOutcome.TimedOut;
            if (_memory.NextDue(age) <= age) _memory.Sample(age);
            if (_memory.HasTooManyProcesses) return ProcessOutcome.ProcessLimit;
            if (_memory.IsOverLimit) return ProcessOutcome.MemoryLimit;
            if (specification.OutputLimitBytes is { } most && _streams.TotalBytes > most) return ProcessOutcome.OutputLimit;
        }
    }

    /// <summary>SIGTERM to the whole tree, and time to follow it.</summary>
    private void Stop()
    {
        if (options.TerminationGrace <= TimeSpan.Zero) return;
        var deadline = Age + options.TerminationGrace;
        var descendants = _tree.LiveDescendants(Age);
        _tree.Signal(LibC.SIGTERM, descendants);
        _tree.Signal(LibC.SIGCONT, descendants); // a stopped process does not see SIGTERM
        while (Age < deadline && !(_endedAt is not null && _tree.LiveDescendants(Age).Count == 0))
            Poll(StoppingStep, -1);
    }

    /// <summary>SIGKILL to whatever is left, until nothing is.</summary>
    /// <returns>How many descendants were still there.</returns>
    private int KillRest()
    {
        var killed = new HashSet<int>();
        var deadline = Age + KillingTime;
        while (true)
        {
            var descendants = _tree.LiveDescendants(Age);
            killed.UnionWith(descendants);
            _tree.Signal(LibC.SIGKILL, descendants);
            if ((_endedAt is not null && descendants.Count == 0) || Age >= deadline) return killed.Count;
            Poll(KillingStep, -1);
        }
    }

    private ProcessResult Reap(ProcessOutcome outcome, int leftover)
    {
        guard?.Remove(_process);
        int status;
        LibC.ResourceUsage usage = default;
        int reaped;
        do reaped = LibC.Wait4(_process, &status, 0, &usage);
        while (reaped < 0 && Marshal.GetLastPInvokeError() == LibC.EINTR);
        _isReaped = true;
        _exit.Dispose();

        // Wait status: the low seven bits are the signal, or 0 for an exit with the code in the second byte.
        var signal = status & 0x7f;
        int? exitCode = reaped == _process && signal == 0 ? (status >> 8) & 0xff : null;
        int? endSignal = reaped == _process && signal != 0 ? signal : null;
        if (outcome == ProcessOutcome.Exited && endSignal is not null) outcome = ProcessOutcome.Signaled;

        var wallTime = _endedAt ?? Age;
        var reported = usage.MaximumResident * (OperatingSystem.IsMacOS() ? 1L : 1024L);
        var peak = _memory.Peak(reported, wallTime, out var isSampled);
        var output = _streams.CapturedOutput;
        var error = _streams.CapturedError;
        return new ProcessResult
        {
            Outcome = outcome,
            ExitCode = exitCode,
            Signal = endSignal,
            WallTime = wallTime,
            UserTime = usage.User.ToTimeSpan(),
            SystemTime = usage.System.ToTimeSpan(),
            PeakMemoryBytes = peak,
            PeakMemoryIsSampled = isSampled,
            StandardOutput = output,
            StandardError = error,
            LastLines = CapturedOutput.LastLines(output, error, specification.TailLines),
            LeftoverProcesses = leftover,
            Message = RunMessage.Of(specification, outcome, exitCode, endSignal, wallTime, leftover),
        };
    }

    /// <summary>After a fault of this process (out of memory, descriptors or threads): nothing is measured, but nothing is left running.</summary>
    private void Abandon()
    {
        _ = LibC.Kill(-_process, LibC.SIGKILL);
        guard?.Remove(_process);
        _ = LibC.Wait4(_process, null, 0, null);
        _exit?.Dispose();
    }

    /// <summary>Waits at most so long for output, the child's end or cancellation, and takes what output there is.</summary>
    private void Poll(TimeSpan? wait, int cancelDescriptor)
    {
        const int descriptors = 4;
        var waited = stackalloc LibC.PollDescriptor[descriptors];
        waited[0] = new() { Descriptor = _streams.OutputDescriptor, Events = LibC.POLLIN };
        waited[1] = new() { Descriptor = _streams.ErrorDescriptor, Events = LibC.POLLIN };
        waited[2] = new() { Descriptor = _endedAt is null ? _exit.Descriptor : -1, Events = LibC.POLLIN };
        waited[3] = new() { Descriptor = cancelDescriptor, Events = LibC.POLLIN };
        if (LibC.Poll(waited, descriptors, wait) <= 0) return; // time is over, or a signal interrupted the wait

        if (waited[2].Received != 0) _endedAt ??= Age;
        if ((waited[0].Received | waited[1].Received) == 0) return;
        // A result is often printed just before the end: the last chance to see the memory that it took.
        if (_endedAt is null) _memory.Sample(Age);
        if (waited[0].Received != 0) _streams.ReadOutput();
        if (waited[1].Received != 0) _streams.ReadError();
    }

    private TimeSpan? UntilNextEvent()
    {
        var age = Age;
        var due = _memory.NextDue(age);
        if (specification.TimeLimit is { } limit && !(limit > due)) due = limit;
        if (specification is { OutputLimitBytes: not null, StandardOutputFile: not null } && !(age + FileLengthStep > due))
            due = age + FileLengthStep;
        return due is null ? null : due > age ? due - age : TimeSpan.Zero;
    }
}
