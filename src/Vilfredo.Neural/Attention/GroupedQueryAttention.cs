using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Fused;
using Vilfredo.Neural.Streams;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Attention;

/// <summary>Causal self-attention in which groups of query heads share a key and value head: multi-head with as many key heads as query heads, multi-query with one.</summary>
/// <remarks>Source: Ainslie et al., GQA, 2023; with rotary positions, and queries and keys normalised per head before they turn where the configuration says so.</remarks>
public sealed class GroupedQueryAttention : Module<Tensor, AttentionContext, Tensor>
{
    private readonly int _heads;
    private readonly int _keyHeads;
    private readonly int _headSize;

    [ComponentName(Name = "q_proj")]
    private readonly Linear _query;

    [ComponentName(Name = "k_proj")]
    private readonly Linear _key;

    [ComponentName(Name = "v_proj")]
    private readonly Linear _value;

    [ComponentName(Name = "o_proj")]
    private readonly Linear _output;

    [ComponentName(Name = "q_norm")]
    private readonly RmsNorm? _queryNorm;

    [ComponentName(Name = "k_norm")]
    private readonly RmsNorm? _keyNorm;

    [ComponentName(Name = "prefix_k")]
    private readonly Parameter? _keyPrefix;

    [ComponentName(Name = "prefix_v")]
    private readonly Parameter? _valuePrefix;

    /// <summary>With TorchSharp's initial weights; prefixes of streams from N(0, 1), since streams with equal prefixes would stay equal.</summary>
    public GroupedQueryAttention(DecoderConfig config)
        : base(nameof(GroupedQueryAttention))
    {
        (_heads, _keyHeads, _headSize) = (config.NumAttentionHeads, config.KeyValueHeads, config.HeadSize);
        _query = Linear(config.HiddenSize, _heads * _headSize, config.HasInputBias);
        _key = Linear(config.HiddenSize, _keyHeads * _headSize, config.HasInputBias);
        _value = Linear(config.HiddenSize, _keyHeads * _headSize, config.HasInputBias);
        _output = Linear(_heads * _headSize, config.HiddenSize, config.HasOutputBias);
        if (config.NormalizesQueriesAndKeys)
        {
            _queryNorm = new RmsNorm(_headSize, config.RmsNormEps);
            _keyNorm = new RmsNorm(_headSize, config.RmsNormEps);
        }

        if (config.Streams is { } streams)
        {
            _keyPrefix = Parameter(randn(streams.Count, _keyHeads, streams.PrefixLength, _headSize));
            _valuePrefix = Parameter(randn(streams.Count, _keyHeads, streams.PrefixLength, _headSize));
        }

        RegisterComponents();
    }

    /// <summary>Attends from every token of <paramref name="input"/>, [B, T, d], to the tokens that it sees; the same shape.</summary>
    public override Tensor forward(Tensor input, AttentionContext context)
    {
        using var scope = NewDisposeScope();
        var (batch, length) = (input.size(0), input.size(1));
        var (queries, keys, values) = Fuses(input, context) ? AtOnce() : OneByOne(); // (B, H, T, hd), (B, KV, S, hd) twice

        // Prefixes do not turn: they have no position.
        if (_keyPrefix is not null)
            (keys, values) = (StreamPrefix.Before(_keyPrefix, keys), StreamPrefix.Before(_valuePrefix!, values));
        var seen = Attend(queries, keys, values, context.Mask); // (B, H, T, hd)
        return _output.forward(seen.transpose(1, 2).reshape(batch, length, _heads * _headSize)).MoveToOuterDisposeScope();

        (Tensor, Tensor, Tensor) AtOnce()
        {
            Linear[] projections = [_query, _key, _value];
            var bias = _query.bias is null ? null : cat([.. projections.Select(projection => projection.bias!)]);
            var rows = functional.linear(input, cat([.. projections.Select(projection => projection.weight!)]), bias); // (B, T, (H + 2 KV) hd)
            var heads = context.Rotary.TurnedHeads(rows, _heads, _keyHeads);
            return (heads[0], heads[1], heads[2]);
        }

        (Tensor, Tensor, Tensor) OneByOne()
        {
            var queries = Heads(_query.forward(input), _heads);
            queries = context.Rotary.Rotate(_queryNorm?.forward(queries) ?? queries);
            var (keys, values) = KeyValues();
            return (queries, keys, values);
        }

        (Tensor Keys, Tensor Values) KeyValues()
        {
            if (context.Shared is { Keys: { } sharedKeys, Values: { } sharedValues })
                return (sharedKeys, sharedValues);
            var keys = Heads(_key.forward(input), _keyHeads); // (B, KV, T, hd)
            var values = Heads(_value.forward(input), _keyHeads);
            keys = context.Rotary.Rotate(_keyNorm?.forward(keys) ?? keys);
            if (context.Cache is { } cache)
            {
                cache.Append(keys, values);
                (keys, values) = (cache.Keys, cache.Values);
            }

            context.Shared?.Keep(keys, values);
            return (keys, values);
        }

        Tensor Heads(Tensor projected, int heads) => projected.view(batch, length, heads, _headSize).transpose(1, 2);
    }

    private bool Fuses(Tensor input, AttentionContext context) =>
        context is { Cache: null, Shared: null } && _queryNorm is null && context.Rotary.Dimensions == _headSize && TensorMemory.Serves(input, _headSize / 2);

    private Tensor Attend(Tensor queries, Tensor keys, Tensor values, Tensor? mask)
    {
        var length = queries.size(2);
        return mask is null && length == keys.size(2) && length <= FusedAttention.Longest && TensorMemory.Serves(queries, _headSize)
            ? FusedAttention.apply(queries, keys, values)
            : functional.scaled_dot_product_attention(queries, ForEveryQuery(keys), ForEveryQuery(values), mask, 0, is_casual: mask is null);
    }

    private Tensor ForEveryQuery(Tensor heads)
    {
        if (_heads == _keyHeads)
            return heads;
        var (batch, length) = (heads.size(0), heads.size(2));
        return heads.unsqueeze(2).expand(batch, _keyHeads, _heads / _keyHeads, length, _headSize).reshape(batch, _heads, length, _headSize);
    }
}
