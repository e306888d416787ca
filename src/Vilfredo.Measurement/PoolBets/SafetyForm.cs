namespace Vilfredo.Measurement.PoolBets;

/// <summary>How the chance that n columns of an urn hold a winner is computed.</summary>
public enum SafetyForm
{
    /// <summary>Q = 1 − (1 − n/N)^S, valid for S much smaller than N − n (equation 15 of Stömmer); exact for S = 1.</summary>
    LargeUrn,

    /// <summary>Q = 1 − (1 − S/N)^n, drawing with replacement, valid for n much smaller than N.</summary>
    WithReplacement,

    /// <summary>The hypergeometric distribution. Needs counts that are whole numbers: a hit rate of 1/2, 1/3, 1/4, …</summary>
    Exact,

    /// <summary>The hypergeometric distribution with gamma functions in place of factorials, for hit rates between those.</summary>
    GammaFunction,
}
