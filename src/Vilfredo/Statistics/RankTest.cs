namespace Vilfredo.Statistics;

/// <summary>What the two-sample rank tests share: the choice of method, and p-values from tails or from a normal deviate.</summary>
internal static class RankTest
{
    public const int AutomaticExactLimit = 50;
    public const int ExactLimit = 100;

    public static bool UseExact(RankTestMethod method, int count, bool tied) => method switch
    {
        RankTestMethod.Automatic => count <= AutomaticExactLimit && !tied,
        RankTestMethod.Normal => false,
        RankTestMethod.Exact when count <= ExactLimit => true,
        RankTestMethod.Exact => throw new ArgumentException(
            $"The exact distribution is counted for up to {ExactLimit} values; given {count}. Use the normal approximation, "
            + "which is accurate at this size.", nameof(method)),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Choose automatic, exact or normal."),
    };

    public static double ExactPValue(RankSumDistribution.Tails tails, Alternative alternative) => alternative switch
    {
        Alternative.Less => tails.Lower,
        Alternative.Greater => tails.Upper,
        Alternative.TwoSided => Math.Min(1, 2 * Math.Min(tails.Lower, tails.Upper)),
        _ => throw UnknownAlternative(alternative),
    };

    /// <summary>The p-value of a sum in steps of one, by the normal approximation with continuity correction.</summary>
    public static double NormalPValue(double sum, double mean, double variance, Alternative alternative)
    {
        // Without variance (all values equal) every permutation gives the same sum: no evidence at all.
        if (variance <= 0) return 1;

        var difference = sum - mean;
        var deviation = Math.Sqrt(variance);
        return alternative switch
        {
            Alternative.Less => SpecialFunctions.NormalCdf((difference + 0.5) / deviation),
            Alternative.Greater => SpecialFunctions.NormalSurvival((difference - 0.5) / deviation),
            Alternative.TwoSided => Math.Min(1, 2 * SpecialFunctions.NormalSurvival((Math.Abs(difference) - 0.5) / deviation)),
            _ => throw UnknownAlternative(alternative),
        };
    }

    private static ArgumentOutOfRangeException UnknownAlternative(Alternative alternative) =>
        new(nameof(alternative), alternative, "Choose two-sided, less or greater.");
}
