namespace Vilfredo.Studies.Execution;

/// <summary>What one run of a child process did and cost.</summary>
public sealed record ProcessResult
{
    /// <summary>How it ended.</summary>
    public required ProcessOutcome Outcome { get; init; }

    /// <summary>The exit code, when the process ended by itself (also within the grace after a limit).</summary>
    public int? ExitCode { get; init; }

    /// <summary>The number of the signal that ended it (also the runner's own), or <see langword="null"/>.</summary>
    public int? Signal { get; init; }

    /// <summary>Time from just before the start to the noticed end of the process itself, descendants not awaited.</summary>
    public TimeSpan WallTime { get; init; }

    /// <summary>CPU time in user mode of the process and the descendants that it waited for.</summary>
    public TimeSpan UserTime { get; init; }

    /// <summary>CPU time in the kernel of the process and the descendants that it waited for.</summary>
    public TimeSpan SystemTime { get; init; }

    /// <summary>CPU time, user plus system.</summary>
    public TimeSpan CpuTime => UserTime + SystemTime;

    /// <summary>
    /// Peak resident memory in bytes of the largest single process of the tree, or <see langword="null"/> where it could
    /// not be measured (the process did not start, or was gone too quickly). See
    /// <see cref="PeakMemoryIsSampled"/>.
    /// </summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>
    /// Whether <see cref="PeakMemoryBytes"/> comes from samples of the kernel's high-water mark rather than from the
    /// figure that the kernel gives at the end.
    /// </summary>
    /// <remarks>
    /// Linux counts a parent's own memory at the moment of exec into the peak of its child, so that figure is right only
    /// for children larger than this process ever was. For smaller ones the high-water mark of every process in the tree
    /// is read whenever a tenth of the time run so far has passed (0.1 to 25 ms) and when output arrives. Memory that grew
    /// after the last look is missed; where the last look was too long before the end (mostly below 2 ms of run time) the
    /// peak is unknown rather than wrong.
    /// </remarks>
    public bool PeakMemoryIsSampled { get; init; }

    /// <summary>Standard output, bounded.</summary>
    public CapturedOutput StandardOutput { get; init; } = CapturedOutput.Empty;

    /// <summary>Standard error, bounded.</summary>
    public CapturedOutput StandardError { get; init; } = CapturedOutput.Empty;

    /// <summary>The last lines for a message: those of standard error, and before them, where there is room, of standard output.</summary>
    public IReadOnlyList<string> LastLines { get; init; } = [];

    /// <summary>How many descendants were still alive when the process had ended or was stopped, and were killed.</summary>
    public int LeftoverProcesses { get; init; }

    /// <summary>One sentence on how it ended, for people.</summary>
    public required string Message { get; init; }

    /// <summary>Whether the process ended by itself with exit code 0.</summary>
    public bool Succeeded => Outcome == ProcessOutcome.Exited && ExitCode == 0;

    internal static ProcessResult NotStarted(string problem) =>
        new() { Outcome = ProcessOutcome.FailedToStart, Message = problem };
}
