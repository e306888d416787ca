namespace Vilfredo.Studies.Execution;

/// <summary>CPU time of the process and the descendants that it waited for, user and system, in seconds.</summary>
public sealed record CpuTimeSource : MetricSource
{
    /// <inheritdoc/>
    public override string Description => "the CPU time";
}
