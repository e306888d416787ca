namespace Vilfredo.Archives;

/// <summary>Which point a full archive gives up.</summary>
public enum ArchiveTruncation
{
    /// <summary>The one with the smallest crowding distance (Deb et al. 2002).</summary>
    Crowding,

    /// <summary>The one whose loss costs the least hypervolume (Knowles and Corne 2003; Beume, Naujoks and Emmerich 2007).</summary>
    HypervolumeContribution,
}
