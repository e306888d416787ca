namespace Vilfredo.Studies.Execution;

/// <summary>How a child process came to its end.</summary>
public enum ProcessOutcome
{
    /// <summary>It ended by itself; see <see cref="ProcessResult.ExitCode"/>.</summary>
    Exited,

    /// <summary>A signal that did not come from the runner ended it; see <see cref="ProcessResult.Signal"/>.</summary>
    Signaled,

    /// <summary>It was killed at the time limit: its costs are lower bounds.</summary>
    TimedOut,

    /// <summary>It was killed because the caller canceled.</summary>
    Canceled,

    /// <summary>It never ran; <see cref="ProcessResult.Message"/> names what is missing.</summary>
    FailedToStart,

    /// <summary>It was killed because the resident memory of its tree passed the limit.</summary>
    MemoryLimit,

    /// <summary>It was killed because it wrote more output than allowed.</summary>
    OutputLimit,

    /// <summary>It was killed because it and its descendants were more processes than allowed.</summary>
    ProcessLimit,
}
