using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Accounting;

/// <summary>What a decoder costs, counted from its configuration alone: no tensor is made, so models of any size can be counted.</summary>
/// <remarks>Parameters are those of the live module and cache bytes those that a <see cref="Caches.KeyValueCache"/> holds, to the last one. Operations are those of the matrix products
/// that the result needs; the pairs of tokens that a kernel computes and then masks are not among them.</remarks>
public sealed class DecoderCosts
{
    private readonly DecoderConfig _config;

    /// <summary>For decoders of a configuration.</summary>
    /// <exception cref="InvalidConfigException">The configuration cannot be built.</exception>
    public DecoderCosts(DecoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        _config = config;
        var layers = Enumerable.Range(0, config.NumHiddenLayers).ToArray();
        var vocabulary = (long)config.VocabSize * config.HiddenSize;
        Parameters = new()
        {
            Embedding = vocabulary,
            Head = config.TieWordEmbeddings ? 0 : vocabulary,
            Attention = layers.Length * (ProjectionWeights + AttentionExtras),
            FeedForward = layers.Sum(layer => FeedForwardWeights(layer, config.ExpertsOf(layer)?.Routed ?? 0)),
            ActiveFeedForward = layers.Sum(ActiveFeedForwardWeights),
            Normalization = (2L * layers.Length + 1) * config.HiddenSize,
            Aggregation = AggregatorWeights + (config.Streams is { } streams ? config.HiddenSize + streams.Count : 0),
        };
    }

    /// <summary>The parameters.</summary>
    public ParameterCount Parameters { get; }

    /// <summary>How many numbers a cache holds for a token, over all layers and streams.</summary>
    public long CachedNumbersPerToken => (long)StreamCount * _config.NumHiddenLayers * (_config.Latent?.CachedSize ?? 2 * _config.KeyValueHeads * _config.HeadSize);

    /// <summary>Weights of the matrices of one attention layer.</summary>
    private long ProjectionWeights
    {
        get
        {
            long d = _config.HiddenSize;
            if (_config.Latent is not { } latent)
                return 2 * d * _config.HeadSize * (_config.NumAttentionHeads + _config.KeyValueHeads);
            long heads = latent.Heads * latent.QuerySize;
            var query = latent.QueryRank is { } rank ? rank * (d + heads) : d * heads;
            return query + d * latent.CachedSize + MappingWeights + d * latent.Heads * latent.ValueSize;
        }
    }

    /// <summary>Biases, normalisations and prefixes of one attention layer.</summary>
    private long AttentionExtras
    {
        get
        {
            if (_config.Latent is { } latent)
            {
                var biases = _config.AttentionBias ? (latent.QueryRank ?? 0) + latent.CachedSize + _config.HiddenSize : 0;
                return biases + latent.Rank + (latent.QueryRank ?? 0);
            }

            var size = (long)_config.HeadSize;
            return (_config.HasInputBias ? size * (_config.NumAttentionHeads + 2 * _config.KeyValueHeads) : 0)
                + (_config.HasOutputBias ? _config.HiddenSize : 0)
                + (_config.NormalizesQueriesAndKeys ? 2 * size : 0)
                + (_config.Streams is { } streams ? 2 * size * streams.Count * streams.PrefixLength * _config.KeyValueHeads : 0);
        }
    }

    /// <summary>The operations of the matrix products of one sequence's forward pass.</summary>
    /// <param name="tokens">How many tokens are read; at least 1.</param>
    /// <param name="past">How many are in the cache before them; 0 or more.</param>
    /// <param name="logits">For how many of the tokens logits are computed; null means for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public OperationCount Forward(long tokens, long past = 0, long? logits = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(past);
        ArgumentOutOfRangeException.ThrowIfNegative(logits ?? 0, nameof(logits));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logits ?? 0, tokens, nameof(logits));
        checked
        {
            long attention = 0;
            for (var layer = 0; layer < _config.NumHiddenLayers; layer++)
                attention += 2 * AttentionProducts(tokens, past, Pairs(tokens, past, _config.WindowOf(layer)) + tokens * (_config.Streams?.PrefixLength ?? 0));
            return new()
            {
                ProjectionFlops = 2 * StreamCount * tokens * _config.NumHiddenLayers * (ProjectionWeights - MappingWeights),
                AttentionFlops = StreamCount * attention,
                FeedForwardFlops = 2 * StreamCount * tokens * FeedForwardProducts,
                AggregationFlops = 2 * tokens * AggregatorWeights,
                HeadFlops = 2 * (logits ?? tokens) * _config.HiddenSize * _config.VocabSize,
            };
        }
    }

    /// <summary>Operations of a training step per token, for sequences of a length: the forward pass and twice as many for the gradients.</summary>
    /// <param name="sequenceLength">At least 1.</param>
    public double TrainingFlopsPerToken(long sequenceLength) => 3.0 * Forward(sequenceLength).TotalFlops / sequenceLength;

    /// <summary>What training on so many tokens costs in operations, with the parameters in use.</summary>
    /// <param name="tokens">Tokens read in all; finite and at least 0.</param>
    /// <param name="sequenceLength">The length of the sequences that they come in; at least 1.</param>
    public CostVector Training(double tokens, long sequenceLength) => new()
    {
        Flops = tokens * TrainingFlopsPerToken(sequenceLength),
        Parameters = Parameters.Total,
    };

    /// <summary>What continuing a prompt costs in operations and tokens, with a cache and logits of the last token only, with the parameters in use.</summary>
    /// <param name="promptTokens">At least 1.</param>
    /// <param name="newTokens">At least 1. The last of them is not read again.</param>
    public CostVector Generation(long promptTokens, long newTokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(newTokens, 1);
        var flops = (double)Forward(promptTokens, logits: 1).TotalFlops;
        for (var token = 0L; token < newTokens - 1; token++)
            flops += Forward(1, promptTokens + token).TotalFlops;
        return new() { Flops = flops, PromptTokens = promptTokens, CompletionTokens = newTokens, Parameters = Parameters.Total };
    }

    /// <summary>Bytes of all parameters; buffers, such as lifts that are not trained, are not among them.</summary>
    /// <param name="bytesPerNumber">4 for 32-bit numbers, 2 for 16-bit ones.</param>
    public long WeightBytes(int bytesPerNumber = 4) => checked(Parameters.Total * bytesPerNumber);

    /// <summary>Bytes of a cache.</summary>
    /// <param name="tokens">Tokens held per sequence.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="bytesPerNumber">4 for 32-bit numbers, 2 for 16-bit ones.</param>
    public long CacheBytes(long tokens, long batch = 1, int bytesPerNumber = 4) => checked(CachedNumbersPerToken * tokens * batch * bytesPerNumber);

    private int StreamCount => _config.Streams?.Count ?? 1;

    /// <summary>Weights of the matrices that mix streams.</summary>
    private long AggregatorWeights => _config.Streams is { } streams ? (long)streams.Count * _config.HiddenSize * (_config.HiddenSize + 1) : 0;

    /// <summary>The matrix from latents to keys and values, which is counted with the attention, as its two forms apply it to different things.</summary>
    private long MappingWeights => _config.Latent is { } latent ? (long)latent.Rank * latent.Heads * (latent.ContentSize + latent.ValueSize) : 0;

    private long FeedForwardProducts => _config.Hourglass is { } hourglass
        ? _config.NumHiddenLayers * hourglass.Shape(_config.HiddenSize).MultiplyAdds
        : Parameters.ActiveFeedForward;

    private long AttentionProducts(long tokens, long past, long pairs)
    {
        if (_config.Latent is not { } latent)
            return pairs * 2 * _config.NumAttentionHeads * _config.HeadSize;
        var form = latent.Resolve(AttentionForm.Cheapest, past > 0, tokens, past + tokens);
        return latent.MultiplyAdds(form, tokens, past + tokens, pairs);
    }

    /// <summary>How many pairs of a new token and one that it sees there are.</summary>
    private static long Pairs(long tokens, long past, int? window)
    {
        // Token i of the pass, from 1, sees past + i tokens, but no more than the window.
        var growing = window is { } width ? Math.Clamp(width - past, 0, tokens) : tokens;
        return checked(growing * past + growing * (growing + 1) / 2 + (tokens - growing) * (window ?? 0));
    }

    private long ActiveFeedForwardWeights(int layer) => FeedForwardWeights(layer, _config.ExpertsOf(layer)?.PerToken ?? 0);

    private long FeedForwardWeights(int layer, long experts)
    {
        long d = _config.HiddenSize;
        if (_config.Hourglass is { } hourglass)
            return hourglass.Shape(_config.HiddenSize).TrainableParameters;
        if (_config.ExpertsOf(layer) is not { } shape)
            return 3 * d * _config.IntermediateSize;
        return d * shape.Routed + 3 * d * (experts * shape.Width + shape.SharedWidth) + (shape is { SharedIsGated: true, SharedWidth: > 0 } ? d : 0);
    }
}
