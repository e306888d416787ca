namespace Vilfredo.Neural.Recursion;

/// <summary>How a mixture of recursions routed the tokens of a pass.</summary>
public sealed record DepthStatistics
{
    /// <summary>The mean number of recursions of a token.</summary>
    public required double MeanDepth { get; init; }

    /// <summary>By recursion, the share of its candidates whose sigmoid is at least 0.5 exactly when they were picked; empty where tokens pick their number of recursions.</summary>
    public IReadOnlyList<double> SamplingAccuracies { get; init; } = [];

    /// <summary>The share of places in the sequence whose tokens no row sends through the last recursion.</summary>
    public required double DeadTokenRatio { get; init; }

    /// <summary>How far the most frequent number of recursions is above the mean; null where recursions pick their tokens.</summary>
    public double? MaximalViolation { get; init; }

    /// <summary>The mean over tokens of the entropy of their probabilities, in nats; null where recursions pick their tokens.</summary>
    public double? Entropy { get; init; }
}
