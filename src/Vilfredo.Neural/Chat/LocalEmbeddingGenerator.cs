using Microsoft.Extensions.AI;
using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Chat;

/// <summary>Embeds texts with a decoder: the mean over a text's tokens of the residual stream after the last normalisation.</summary>
/// <remarks>
/// A decoder trained to continue text is a weak embedder: its states are about the next token, and early tokens have not seen the late ones. It serves
/// for clustering and for features of a small classifier on top; for search take a model that was trained to embed.
/// Safe to call from several threads; calls on one model wait for each other.
/// </remarks>
public sealed class LocalEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly LocalModel _model;
    private readonly bool _normalizes;

    /// <summary>A generator with a model, which stays the caller's.</summary>
    /// <param name="model">The model. Where its tokenizer has a token that begins a text, each text begins with it.</param>
    /// <param name="normalizes">Whether embeddings have length 1, so that their inner product is the cosine.</param>
    public LocalEmbeddingGenerator(LocalModel model, bool normalizes = true) => (_model, _normalizes) = (model, normalizes);

    /// <summary>Embeds each text apart, in vectors of the model's width.</summary>
    /// <exception cref="ArgumentException">A text has no token or more than the model was made for, or another model or width is asked for.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var width = _model.Decoder.Config.HiddenSize;
        if (options?.Dimensions is { } asked && asked != width)
            throw new ArgumentException($"This model embeds in {width} dimensions, not {asked}; leave Dimensions out.", nameof(options));
        if (options?.ModelId is { } other && other != _model.Name)
            throw new ArgumentException($"This generator runs the model '{_model.Name}', not '{other}'; leave ModelId out.", nameof(options));
        var texts = values.Select(Ids).ToList();
        var vectors = await _model.RunAsync(
            () => texts.Select(ids =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return Embed(ids);
            }).ToList(),
            cancellationToken).ConfigureAwait(false);
        var tokens = texts.Sum(ids => (long)ids.Length);
        return new(vectors.Select(vector => new Embedding<float>(vector) { ModelId = _model.Name }))
        {
            Usage = new() { InputTokenCount = tokens, TotalTokenCount = tokens },
        };
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is not null)
            return null;
        object[] services = [this, _model, _model.Tokenizer, new EmbeddingGeneratorMetadata("vilfredo-local", defaultModelId: _model.Name, defaultModelDimensions: _model.Decoder.Config.HiddenSize)];
        return services.FirstOrDefault(serviceType.IsInstanceOfType);
    }

    /// <summary>Does nothing: the model is the caller's.</summary>
    public void Dispose()
    {
    }

    private int[] Ids(string text, int number)
    {
        var ids = _model.Tokenizer.Encode(text);
        if (_model.Tokenizer.BeginToken is { } begin)
            ids = [begin, .. ids];
        var most = _model.Decoder.Config.MaxPositionEmbeddings;
        if (ids.Length == 0 || ids.Length > most)
            throw new ArgumentException($"Text {number} has {ids.Length} tokens; it must have from 1 to {most}.", nameof(text));
        return ids;
    }

    private float[] Embed(int[] ids)
    {
        using var noGradient = inference_mode();
        using var scope = NewDisposeScope();
        var input = tensor(ids.Select(id => (long)id).ToArray()).unsqueeze(0);
        var mean = _model.Decoder.Run(new() { Ids = input, LastLogitsOnly = true }).Hidden.to(ScalarType.Float32).mean([1]).squeeze(0); // (d)
        if (_normalizes)
            mean /= mean.norm().clamp_min(1e-12);
        return mean.cpu().data<float>().ToArray();
    }
}
