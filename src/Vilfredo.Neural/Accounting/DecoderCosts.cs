using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Recursion;
using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Accounting;

/// <summary>What a decoder costs, counted from its configuration alone: no tensor is made, so models of any size can be counted.</summary>
/// <remarks>Parameters are those of the live module and cache bytes those that a <see cref="Caches.KeyValueCache"/> holds, to the last one. Operations are those of the matrix products
/// that the result needs; the pairs of tokens that a kernel computes and then masks are not among them. Of a mixture of recursions it is assumed that of the first n tokens of a sequence each
/// recursion takes its share, rounded down, and at least one: its capacity, or equal parts where tokens choose, unless <see cref="DepthShares"/> says what they do.</remarks>
public sealed class DecoderCosts
{
    private readonly DecoderConfig _config;
    private readonly LayerPlan _plan;
    private readonly IReadOnlyList<double>? _depthShares;

    /// <summary>For decoders of a configuration.</summary>
    /// <exception cref="InvalidConfigException">The configuration cannot be built.</exception>
    public DecoderCosts(DecoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        _config = config;
        _plan = LayerPlan.Of(config);
        int[] layers = [.. Enumerable.Range(0, _plan.StoredLayers).Select(_plan.FirstUse)];
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
            FurtherPrediction = FurtherLayers.Sum(layer => ProjectionWeights + AttentionExtras + FeedForwardWeights(layer, config.ExpertsOf(layer)?.Routed ?? 0) + (2L * config.HiddenSize + 5) * config.HiddenSize),
            DepthRouting = Routing is { } routing ? DepthRouters.Weights(routing, config.HiddenSize, _plan.Recursions) : 0,
        };
    }

    /// <summary>The share of tokens that take each recursion of a mixture, as measured; null for the assumed ones.</summary>
    /// <exception cref="ArgumentException">There is no mixture of recursions, or there are not as many shares in [0, 1] as recursions.</exception>
    public IReadOnlyList<double>? DepthShares
    {
        get => _depthShares;
        init
        {
            if (value is not null && (Routing is null || value.Count != _plan.Recursions || value.Any(share => !(share is >= 0 and <= 1))))
                throw new ArgumentException($"The shares are {string.Join(", ", value)}; there must be {(Routing is null ? "none, as no recursion is routed" : $"{_plan.Recursions} from 0 to 1, one per recursion")}.", nameof(value));
            _depthShares = value;
        }
    }

    /// <summary>The parameters.</summary>
    public ParameterCount Parameters { get; }

    /// <summary>Whether tokens see those after them too, as in an <see cref="Encoder"/>.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>How many numbers a cache holds for a token, over all layers and streams, if it takes every recursion.</summary>
    public long CachedNumbersPerToken => _plan.CachedLayers * CachedNumbersPerLayer;

    private IEnumerable<int> FurtherLayers => Enumerable.Range(_config.NumHiddenLayers, _config.NumNextnPredictLayers ?? 0);

    private DepthRoutingConfig? Routing => _config.Recursion?.Routing;

    private long CachedNumbersPerLayer => (long)StreamCount * (_config.Latent?.CachedSize ?? 2 * _config.KeyValueHeads * _config.HeadSize);

    /// <summary>Weights of the matrices of one attention layer.</summary>
    private long ProjectionWeights => QueryAndOutputWeights + KeyValueWeights + MappingWeights;

    private long QueryAndOutputWeights
    {
        get
        {
            long d = _config.HiddenSize;
            if (_config.Latent is not { } latent)
                return 2 * d * _config.HeadSize * _config.NumAttentionHeads;
            long heads = latent.Heads * latent.QuerySize;
            var query = latent.QueryRank is { } rank ? rank * (d + heads) : d * heads;
            return query + d * latent.Heads * latent.ValueSize;
        }
    }

    private long KeyValueWeights => (long)_config.HiddenSize * (_config.Latent?.CachedSize ?? 2 * _config.HeadSize * _config.KeyValueHeads);

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
            var (projection, attention, feedForward) = (0L, 0L, 0L);
            for (var layer = 0; layer < _config.NumHiddenLayers; layer++)
            {
                var work = Work(layer, tokens, past);
                projection += work.Tokens * QueryAndOutputWeights + work.Keys * KeyValueWeights;
                attention += AttentionProducts(work);
                feedForward += work.Tokens * FeedForwardProducts(layer);
            }

            return new()
            {
                ProjectionFlops = 2 * StreamCount * projection,
                AttentionFlops = 2 * StreamCount * attention,
                FeedForwardFlops = 2 * StreamCount * feedForward,
                AggregationFlops = 2 * tokens * AggregatorWeights,
                DepthRoutingFlops = 2 * DepthRoutingProducts(tokens, past),
                HeadFlops = 2 * (logits ?? tokens) * _config.HiddenSize * _config.VocabSize,
            };
        }
    }

    /// <summary>The operations of the matrix products of the modules that predict tokens further ahead, for one sequence.</summary>
    /// <param name="tokens">How many tokens are read; at least 1.</param>
    public long FurtherPredictionFlops(long tokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        return 2 * FurtherLayers.Index().Sum(one =>
        {
            var count = Math.Max(0, tokens - one.Index - 1);
            var pairs = Pairs(count, 0, _config.WindowOf(_config.NumHiddenLayers - 1));
            return count * (2L * _config.HiddenSize * _config.HiddenSize + QueryAndOutputWeights + KeyValueWeights + FeedForwardProducts(one.Item) + (long)_config.HiddenSize * _config.VocabSize)
                + AttentionProducts(new(count, count, 0, count, pairs));
        });
    }

    /// <summary>Operations of a training step per token, for sequences of a length: the forward pass, that of the modules that predict further ahead included, and twice as many for the gradients.</summary>
    /// <param name="sequenceLength">At least 1.</param>
    public double TrainingFlopsPerToken(long sequenceLength) => 3.0 * (Forward(sequenceLength).TotalFlops + FurtherPredictionFlops(sequenceLength)) / sequenceLength;

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
    public long CacheBytes(long tokens, long batch = 1, int bytesPerNumber = 4) =>
        checked(_plan.CachedDepths.Sum(depth => Taking(depth, tokens)) * CachedNumbersPerLayer * batch * bytesPerNumber);

    private int StreamCount => _config.Streams?.Count ?? 1;

    /// <summary>Weights of the matrices that mix streams.</summary>
    private long AggregatorWeights => _config.Streams is { } streams ? (long)streams.Count * _config.HiddenSize * (_config.HiddenSize + 1) : 0;

    /// <summary>The matrix from latents to keys and values, which is counted with the attention, as its two forms apply it to different things.</summary>
    private long MappingWeights => _config.Latent is { } latent ? (long)latent.Rank * latent.Heads * (latent.ContentSize + latent.ValueSize) : 0;

    /// <summary>What one layer does in a pass.</summary>
    private LayerWork Work(int layer, long tokens, long past)
    {
        var recursion = _plan.RecursionOf(layer);
        var before = Taking(recursion, past);
        var own = Taking(recursion, past + tokens) - before;
        var prefix = _config.Streams?.PrefixLength ?? 0;
        if (_config.Recursion is not { KeyValues: KeyValueSharing.Shared } || _plan.FirstUse(_plan.Stored[layer]) == layer)
            return new(own, own, before, before + own, Pairs(own, before, _config.WindowOf(layer)) + own * prefix);
        // The keys are those of the first recursion; of its tokens the ones that go on are taken to be spread evenly.
        var firstBefore = Taking(Routing is null ? recursion : 0, past);
        var first = Taking(Routing is null ? recursion : 0, past + tokens) - firstBefore;
        var pairs = first == 0 ? 0 : Pairs(first, firstBefore, _config.WindowOf(layer)) * own / first;
        return new(own, 0, firstBefore, firstBefore + first, pairs + own * prefix);
    }

    /// <summary>How many of the first tokens of a sequence take a recursion; null for the layers outside of the recursions.</summary>
    private long Taking(int? recursion, long tokens)
    {
        if (Routing is not { } routing || recursion is not { } number || tokens == 0)
            return tokens;
        return DepthShares is { } shares ? (long)Math.Floor(shares[number] * tokens + 1e-6) : ExpertChoice.Capacity(routing, number, _plan.Recursions, tokens, 0);
    }

    private long DepthRoutingProducts(long tokens, long past) => Routing switch
    {
        null => 0,
        { Choice: RoutingChoice.Token } => tokens * Parameters.DepthRouting,
        // A recursion scores those that took the one before.
        { } routing => Enumerable.Range(0, _plan.Recursions).Sum(r => Taking(r == 0 ? null : r - 1, past + tokens) - Taking(r == 0 ? null : r - 1, past)) * DepthRouters.WeightsPerRecursion(routing, _config.HiddenSize),
    };

    private long FeedForwardProducts(int layer) => _config.Hourglass is { } hourglass
        ? hourglass.Shape(_config.HiddenSize).MultiplyAdds
        : ActiveFeedForwardWeights(layer);

    private long AttentionProducts(LayerWork work)
    {
        if (_config.Latent is not { } latent)
            return work.Pairs * 2 * _config.NumAttentionHeads * _config.HeadSize;
        var form = latent.Resolve(AttentionForm.Cheapest, work.Past > 0, work.Tokens, work.Seen);
        return latent.MultiplyAdds(form, work.Tokens, work.Seen, work.Pairs);
    }

    /// <summary>How many pairs of a new token and one that it sees there are.</summary>
    private long Pairs(long tokens, long past, int? window)
    {
        if (Bidirectional)
        {
            // Token i of t sees w - 1 at most on each side, and itself.
            var side = Math.Min(tokens, window ?? tokens);
            return checked(tokens * (2 * side - 1) - side * (side - 1));
        }

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
