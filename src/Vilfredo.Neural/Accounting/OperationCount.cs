namespace Vilfredo.Neural.Accounting;

/// <summary>The floating-point operations of the matrix products of a forward pass, by where they happen: two for each multiplication with its addition.</summary>
/// <remarks>Normalisations, activations, softmax and look-ups are not counted; they are of a lower order in the widths.</remarks>
public sealed record OperationCount
{
    /// <summary>Projections into and out of attention.</summary>
    public required long ProjectionFlops { get; init; }

    /// <summary>Scores between tokens and the sums that they weigh, over the pairs that the causal order and the sliding window leave.</summary>
    public required long AttentionFlops { get; init; }

    /// <summary>Feed-forward layers, of the experts that are chosen, and routers.</summary>
    public required long FeedForwardFlops { get; init; }

    /// <summary>The output head.</summary>
    public required long HeadFlops { get; init; }

    /// <summary>What mixes parallel streams; 0 for an ordinary decoder.</summary>
    public long AggregationFlops { get; init; }

    /// <summary>What routes tokens through a mixture of recursions; 0 for an ordinary decoder.</summary>
    public long DepthRoutingFlops { get; init; }

    /// <summary>All of them.</summary>
    public long TotalFlops => ProjectionFlops + AttentionFlops + FeedForwardFlops + AggregationFlops + DepthRoutingFlops + HeadFlops;

    /// <summary>All but the output head.</summary>
    public long FlopsWithoutVocabulary => TotalFlops - HeadFlops;
}
