namespace Vilfredo.Archives;

/// <summary>Which point a full archive gives up.</summary>
public enum ArchiveTruncation
{
    /// <summary>The one with the smallest crowding distance (Deb et al. 2002).</summary>
    Crowding,

    /// <summary>The one whose loss costs the least hypervolume (Knowles and Corne 2003; Beume, Naujoks and Emmerich 2007).</summary>
    HypervolumeContribution,

    /// <summary>
    /// One in the fullest cell of a grid over the present ranges of the objectives, as in Knowles and Corne, "Properties of
    /// an adaptive archiving algorithm for storing nondominated vectors" (IEEE Transactions on Evolutionary Computation
    /// 7(2), 2003); of the points there (and in cells as full) the one with the smallest crowding distance. The ends of
    /// every objective stay.
    /// </summary>
    AdaptiveGrid,

    /// <summary>The one that the caller's rule names.</summary>
    Rule,
}
