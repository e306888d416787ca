namespace Vilfredo.Statistics;

/// <summary>One post hoc comparison of two treatments.</summary>
/// <param name="First">The index of the first treatment.</param>
/// <param name="Second">The index of the second treatment.</param>
/// <param name="MeanRankDifference">Mean rank of the first minus mean rank of the second; negative when the first has smaller values.</param>
/// <param name="Z">The difference over its standard error when all treatments are equal.</param>
/// <param name="PValue">The two-sided p-value of this comparison alone.</param>
/// <param name="AdjustedPValue">The p-value adjusted for all comparisons made together.</param>
public sealed record PairwiseComparison(
    int First, int Second, double MeanRankDifference, double Z, double PValue, double AdjustedPValue);
