namespace Vilfredo.Studies.Execution;

/// <summary>How a <see cref="ProcessRunner"/> stops its processes and recognises them.</summary>
public sealed record ProcessRunnerOptions
{
    /// <summary>Time between SIGTERM and SIGKILL unless said otherwise: 0.2 s.</summary>
    public static readonly TimeSpan DefaultTerminationGrace = TimeSpan.FromSeconds(0.2);

    /// <summary>
    /// How long a process and its descendants may take to end after SIGTERM before SIGKILL; zero kills at once. Windows
    /// has no such signal and kills at once.
    /// </summary>
    public TimeSpan TerminationGrace { get; init; } = DefaultTerminationGrace;

    /// <summary>
    /// A name of the study that children carry in their environment, for <see cref="OrphanSweep.KillMarked"/>;
    /// <see langword="null"/> for none.
    /// </summary>
    public string? StudyMarker { get; init; }

    /// <summary>
    /// Whether children are killed when this process itself is killed (Linux, macOS): one small <c>sh</c> per runner reads
    /// from a pipe that ends with this process, and then kills their process groups. Descendants in other groups are left
    /// to <see cref="OrphanSweep"/>. On Windows children then live on.
    /// </summary>
    public bool KillChildrenWithThisProcess { get; init; } = true;

    /// <summary>The clock that limits and wall times are measured with.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
