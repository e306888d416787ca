namespace Vilfredo.Statistics;

/// <summary>The outcome of a <see cref="WilcoxonSignedRank"/> test.</summary>
public sealed record WilcoxonSignedRankResult
{
    /// <summary>The sum of the ranks of positive differences (W+).</summary>
    public required double PositiveRankSum { get; init; }

    /// <summary>The sum of the ranks of negative differences (W−).</summary>
    public required double NegativeRankSum { get; init; }

    /// <summary>The number of pairs that differ.</summary>
    public required int Pairs { get; init; }

    /// <summary>The number of pairs that do not differ.</summary>
    public required int ZeroPairs { get; init; }

    /// <summary>The effect size from −1 to 1: (W+ − W−) / (W+ + W−), 0 when no pair differs.</summary>
    public required double RankBiserialCorrelation { get; init; }

    /// <summary>The probability of rank sums at least as extreme when the differences are symmetric about zero.</summary>
    public required double PValue { get; init; }

    /// <summary>Whether the p-value was counted rather than approximated.</summary>
    public required bool IsExact { get; init; }

    /// <summary>What was held against symmetry about zero.</summary>
    public required Alternative Alternative { get; init; }
}
