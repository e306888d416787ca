namespace Vilfredo.Studies.Execution;

/// <summary>The exit code of the process.</summary>
public sealed record ExitCodeSource : MetricSource
{
    /// <inheritdoc/>
    public override string Description => "the exit code";
}
