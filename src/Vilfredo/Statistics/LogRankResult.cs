namespace Vilfredo.Statistics;

/// <summary>The outcome of a <see cref="LogRank"/> test.</summary>
public sealed record LogRankResult
{
    /// <summary>Completed values in each group.</summary>
    public required IReadOnlyList<int> Observed { get; init; }

    /// <summary>
    /// How many completed values each group would have if all had one distribution; fewer observed than expected means that
    /// the group's values are larger.
    /// </summary>
    public required IReadOnlyList<double> Expected { get; init; }

    /// <summary>The test statistic.</summary>
    public required double ChiSquared { get; init; }

    /// <summary>The rank of the covariance: the number of groups minus one, less when a group never shares a risk set.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>By the chi-squared distribution; 1 when there is nothing to compare.</summary>
    public required double PValue { get; init; }
}
