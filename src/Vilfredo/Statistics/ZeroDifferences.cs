namespace Vilfredo.Statistics;

/// <summary>What the signed-rank test does with pairs that do not differ.</summary>
public enum ZeroDifferences
{
    /// <summary>Drops them before ranking (Wilcoxon, 1945).</summary>
    Wilcoxon,

    /// <summary>Ranks them with the others and then drops their ranks (Pratt, JASA 54, 1959).</summary>
    Pratt,
}
