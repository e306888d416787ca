namespace Vilfredo.Reproductions;

/// <summary>What became of a claim.</summary>
public enum Verdict
{
    /// <summary>The whole 95 % interval satisfies the claim's bound, or the exact values agree.</summary>
    Holds,

    /// <summary>It does not; the reason says whether the estimate is beyond the bound or only the interval.</summary>
    Fails,

    /// <summary>This scale or this library cannot judge it; the reason says why.</summary>
    NotMeasurable,
}
