namespace Vilfredo.IO;

/// <summary>How a file of points is read.</summary>
public sealed record PointFileOptions
{
    /// <summary>Whether <c>inf</c> and <c>-inf</c> are accepted as values; true unless set.</summary>
    public bool AllowInfinity { get; init; } = true;

    /// <summary>Whether the text of every line is kept for <see cref="PointSet.Text"/>; false unless set.</summary>
    public bool KeepText { get; init; }
}
