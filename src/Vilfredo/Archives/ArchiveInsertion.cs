namespace Vilfredo.Archives;

/// <summary>What became of a point that was offered to an archive.</summary>
public enum ArchiveInsertion
{
    /// <summary>It is in the archive; points that it dominates have left.</summary>
    Added,

    /// <summary>A point of the archive dominates it (or, in an ε-archive, its box).</summary>
    Dominated,

    /// <summary>The archive has a point with the same values.</summary>
    Duplicate,

    /// <summary>It is non-dominated, but a full archive found it the least worth keeping.</summary>
    Truncated,
}
