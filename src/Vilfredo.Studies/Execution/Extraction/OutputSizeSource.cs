namespace Vilfredo.Studies.Execution;

/// <summary>Bytes written to standard output, kept or not.</summary>
public sealed record OutputSizeSource : MetricSource
{
    /// <inheritdoc/>
    public override string Description => "the size of standard output";
}
