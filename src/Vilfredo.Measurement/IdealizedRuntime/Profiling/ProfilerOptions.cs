namespace Vilfredo.Measurement.IdealizedRuntime.Profiling;

/// <summary>Settings of <see cref="RuntimeProfiler"/>.</summary>
public sealed record ProfilerOptions
{
    /// <summary>Runs of every pair of lengths that are not timed, at least 0.</summary>
    public int WarmUps { get; init; } = 10;

    /// <summary>Timed runs of every pair of lengths, at least 1.</summary>
    public int Repeats { get; init; } = 50;

    /// <summary>How often a run of the wrong length is tried again before profiling fails, at least 0.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>In what order the runs are made.</summary>
    public RunOrder Order { get; init; } = RunOrder.CellByCell;

    /// <summary>Of the random order.</summary>
    public ulong Seed { get; init; }
}
