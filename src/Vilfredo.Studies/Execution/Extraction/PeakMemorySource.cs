namespace Vilfredo.Studies.Execution;

/// <summary>Peak resident memory of the largest process in bytes; see <see cref="ProcessResult.PeakMemoryIsSampled"/>.</summary>
public sealed record PeakMemorySource : MetricSource
{
    /// <inheritdoc/>
    public override string Description => "the peak memory";
}
