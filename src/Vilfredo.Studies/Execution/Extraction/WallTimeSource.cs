namespace Vilfredo.Studies.Execution;

/// <summary>Wall time of the process in seconds.</summary>
public sealed record WallTimeSource : MetricSource
{
    /// <inheritdoc/>
    public override string Description => "the wall time";
}
