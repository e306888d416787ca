namespace Vilfredo.Statistics;

/// <summary>The outcome of a <see cref="MannWhitney"/> test.</summary>
public sealed record MannWhitneyResult
{
    /// <summary>The number of pairs in which the first sample's value is the larger one, ties counted half.</summary>
    public required double U { get; init; }

    /// <summary>The same for the second sample; both sum to the number of pairs.</summary>
    public required double UOfSecond { get; init; }

    /// <summary>
    /// The effect size A12: the probability that a value of the first sample is larger than one of the second, ties counted
    /// half; 0.5 is no effect (Vargha and Delaney, Journal of Educational and Behavioral Statistics 25(2), 2000).
    /// </summary>
    public required double ProbabilityOfSuperiority { get; init; }

    /// <summary>The probability of a U at least as extreme when both samples have one distribution.</summary>
    public required double PValue { get; init; }

    /// <summary>Whether the p-value was counted rather than approximated.</summary>
    public required bool IsExact { get; init; }

    /// <summary>What was held against equality.</summary>
    public required Alternative Alternative { get; init; }

    /// <summary>The effect size from −1 to 1: Cliff's delta, 2 A12 − 1 (the rank-biserial correlation).</summary>
    public double CliffsDelta => 2 * ProbabilityOfSuperiority - 1;
}
