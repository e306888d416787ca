namespace Vilfredo.Statistics;

/// <summary>Where the p-value of a rank test comes from.</summary>
public enum RankTestMethod
{
    /// <summary>Exact up to 50 values without ties (and zero differences), the normal approximation otherwise.</summary>
    Automatic,

    /// <summary>
    /// The permutation distribution of the observed ranks, counted in full; with ties it is the distribution given those ties.
    /// Up to 100 values.
    /// </summary>
    Exact,

    /// <summary>The normal approximation with tie and continuity correction.</summary>
    Normal,
}
