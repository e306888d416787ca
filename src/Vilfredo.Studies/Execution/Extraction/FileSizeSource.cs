namespace Vilfredo.Studies.Execution;

/// <summary>The size in bytes of a file that the process wrote.</summary>
/// <param name="Path">Its path, relative to the trial's directory; placeholders are already substituted.</param>
public sealed record FileSizeSource(string Path) : MetricSource
{
    /// <inheritdoc/>
    public override string Description => $"the size of the file '{Path}'";
}
