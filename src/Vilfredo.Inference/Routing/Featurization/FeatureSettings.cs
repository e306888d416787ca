using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Routing.Featurization;

/// <summary>Which features a router reads, as its file says.</summary>
public sealed record FeatureSettings
{
    /// <summary>The buckets of hashed n-grams; null for embeddings.</summary>
    public int? Buckets { get; init; }

    /// <summary>The lengths of the n-grams; null for embeddings.</summary>
    public IReadOnlyList<int>? Lengths { get; init; }

    /// <summary>The dimensions of embeddings; null for hashed n-grams.</summary>
    public int? Dimensions { get; init; }

    /// <summary>The embedding model, in words; null where it is not known or there is none.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>Hashed n-grams.</summary>
    /// <param name="buckets">How many buckets.</param>
    public static FeatureSettings Hashed(int buckets = HashedFeatures.DefaultBuckets) => new() { Buckets = buckets, Lengths = [3, 4, 5] };

    /// <summary>Embeddings.</summary>
    /// <param name="dimensions">Their length.</param>
    /// <param name="model">The model, in words.</param>
    public static FeatureSettings Embeddings(int dimensions, string? model = null) => new() { Dimensions = dimensions, EmbeddingModel = model };

    /// <summary>What reads the features.</summary>
    /// <param name="embeddings">The embedding model, where one is needed.</param>
    /// <exception cref="FormatException">The settings do not make sense, or an embedding model is needed and there is none.</exception>
    public IPromptFeatures Open(IEmbeddingGenerator<string, Embedding<float>>? embeddings)
    {
        try
        {
            return (Buckets, Dimensions) switch
            {
                ({ } buckets, null) => new HashedFeatures(buckets, Lengths),
                (null, { } dimensions) => new EmbeddingFeatures(
                    embeddings ?? throw new FormatException($"The router was trained on embeddings ({EmbeddingModel ?? "of a model that is not said"}); give that embedding model, or train one on hashed n-grams."), dimensions),
                _ => throw new FormatException("The features of a router have either 'buckets' (hashed n-grams) or 'dimensions' (embeddings)."),
            };
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"The features of the router do not make sense: {error.Message}", error);
        }
    }
}
