namespace Vilfredo.Sorting;

/// <summary>How one point stands to another.</summary>
public enum DominanceRelation
{
    /// <summary>Each is better than the other in some objective.</summary>
    Incomparable,

    /// <summary>Equal in every objective.</summary>
    Equal,

    /// <summary>The first point dominates the second.</summary>
    Dominates,

    /// <summary>The first point is dominated by the second.</summary>
    DominatedBy,
}
