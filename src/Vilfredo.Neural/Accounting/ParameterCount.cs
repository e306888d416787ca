namespace Vilfredo.Neural.Accounting;

/// <summary>The parameters of a decoder by where they are.</summary>
public sealed record ParameterCount
{
    /// <summary>In the embedding of the token ids.</summary>
    public required long Embedding { get; init; }

    /// <summary>In the output head; 0 when it is the embedding matrix.</summary>
    public required long Head { get; init; }

    /// <summary>In attention layers, with their normalisations of heads and latents.</summary>
    public required long Attention { get; init; }

    /// <summary>In feed-forward layers, with all experts and routers.</summary>
    public required long FeedForward { get; init; }

    /// <summary>Those of <see cref="FeedForward"/> that a token passes through: of its own experts only.</summary>
    public required long ActiveFeedForward { get; init; }

    /// <summary>In the normalisations of the residual stream.</summary>
    public required long Normalization { get; init; }

    /// <summary>In what mixes parallel streams; 0 for an ordinary decoder. The streams' prefixes are in <see cref="Attention"/>.</summary>
    public long Aggregation { get; init; }

    /// <summary>In what routes tokens through a mixture of recursions; 0 for an ordinary decoder.</summary>
    public long DepthRouting { get; init; }

    /// <summary>In the modules that predict tokens further ahead, which are used in training alone; 0 for an ordinary decoder.</summary>
    public long FurtherPrediction { get; init; }

    /// <summary>All parameters.</summary>
    public long Total => Embedding + Head + Attention + FeedForward + Normalization + Aggregation + DepthRouting + FurtherPrediction;

    /// <summary>Those that one token uses in writing; embedding and head count whole, as is usual.</summary>
    public long Active => Total - FurtherPrediction - FeedForward + ActiveFeedForward;

    /// <summary>All parameters but embedding and head.</summary>
    public long TotalWithoutVocabulary => Total - Embedding - Head;

    /// <summary>Those that one token uses but embedding and head.</summary>
    public long ActiveWithoutVocabulary => Active - Embedding - Head;
}
