using Microsoft.Extensions.AI;
using Vilfredo.Inference.Prompts;

namespace Vilfredo.Inference.Routing.Featurization;

/// <summary>Features from any embedding model: <see cref="PromptStatistics"/>, and the embedding of the conversation's text, scaled to length 1.</summary>
/// <param name="generator">The embedding model; it stays the caller's.</param>
/// <param name="dimensions">The length of its embeddings, at least 1.</param>
public sealed class EmbeddingFeatures(IEmbeddingGenerator<string, Embedding<float>> generator, int dimensions) : IPromptFeatures
{
    private readonly int _dimensions = dimensions >= 1 ? dimensions : throw new ArgumentOutOfRangeException(nameof(dimensions), dimensions, "An embedding has at least one dimension.");

    /// <inheritdoc/>
    public int Count => PromptStatistics.Names.Count + _dimensions;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The model gave embeddings of another length, or numbers that are not finite.</exception>
    public async ValueTask<IReadOnlyList<double[]>> ReadAsync(IReadOnlyList<IReadOnlyList<ChatMessage>> conversations, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        var texts = conversations.Select(conversation => PromptStatistics.Bounded(PromptTemplate.QuestionOf(conversation))).ToList();
        var embeddings = await generator.GenerateAsync(texts, cancellationToken: cancellation).ConfigureAwait(false);
        if (embeddings.Count != texts.Count)
            throw new InvalidOperationException($"The embedding model gave {embeddings.Count} embeddings for {texts.Count} texts.");
        return [.. conversations.Zip(embeddings, (conversation, embedding) => (double[])[.. PromptStatistics.Read(conversation), .. Normalized(embedding.Vector.Span)])];
    }

    private double[] Normalized(ReadOnlySpan<float> vector)
    {
        if (vector.Length != _dimensions)
            throw new InvalidOperationException($"The embedding model gave {vector.Length} dimensions; the router was made for {_dimensions}. Use the model that it was trained with.");
        var values = new double[vector.Length];
        var square = 0.0;
        for (var i = 0; i < values.Length; i++)
            square += (values[i] = vector[i]) * values[i];
        if (!double.IsFinite(square))
            throw new InvalidOperationException("The embedding model gave numbers that are not finite.");
        var norm = Math.Sqrt(square);
        return norm > 0 ? [.. values.Select(value => value / norm)] : values;
    }
}
