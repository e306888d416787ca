using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Attention;

/// <summary>Causal self-attention whose keys and values are made from one small latent per token, which is all that a cache keeps, beside one rotated key that all heads share.</summary>
/// <remarks>
/// <para>Of each token x: c = norm(W_dkv x) of r numbers, and k_r = rotate(W_kr x) of d_r. A head's key is [W_uk c ; k_r], its value W_uv c, its query
/// [q_c ; rotate(q_r)] from W_q x. The rotation stays outside the latent so that, in decoding, W_uk can be applied to the query instead of to every
/// key, and W_uv to the sum instead of to every value: scores are (W_uk^T q_c . c + q_r . k_r) / sqrt(d_h + d_r).</para>
/// <para>Source: DeepSeek-AI, DeepSeek-V2, 2024, section 2.1, with the parameter names and layout of its published checkpoints.</para>
/// </remarks>
public sealed class MultiHeadLatentAttention : Module<Tensor, AttentionContext, Tensor>
{
    // Fixed in the published models' code, whatever rms_norm_eps is.
    private const double LatentNormEpsilon = 1e-6;

    private readonly LatentShape _shape;
    private readonly bool _interleaved;

    [ComponentName(Name = "q_proj")]
    private readonly Linear? _query;

    [ComponentName(Name = "q_a_proj")]
    private readonly Linear? _queryDown;

    [ComponentName(Name = "q_a_layernorm")]
    private readonly RmsNorm? _queryNorm;

    [ComponentName(Name = "q_b_proj")]
    private readonly Linear? _queryUp;

    [ComponentName(Name = "kv_a_proj_with_mqa")]
    private readonly Linear _down;

    [ComponentName(Name = "kv_a_layernorm")]
    private readonly RmsNorm _latentNorm;

    [ComponentName(Name = "kv_b_proj")]
    private readonly Linear _up;

    [ComponentName(Name = "o_proj")]
    private readonly Linear _output;

    /// <summary>With TorchSharp's initial weights.</summary>
    public MultiHeadLatentAttention(DecoderConfig config, LatentShape shape)
        : base(nameof(MultiHeadLatentAttention))
    {
        (_shape, _interleaved) = (shape, config.InterleavesRotary);
        if (shape.QueryRank is { } queryRank)
        {
            _queryDown = Linear(config.HiddenSize, queryRank, config.AttentionBias);
            _queryNorm = new RmsNorm(queryRank, LatentNormEpsilon);
            _queryUp = Linear(queryRank, shape.Heads * shape.QuerySize, hasBias: false);
        }
        else
        {
            _query = Linear(config.HiddenSize, shape.Heads * shape.QuerySize, hasBias: false);
        }

        _down = Linear(config.HiddenSize, shape.CachedSize, config.AttentionBias);
        _latentNorm = new RmsNorm(shape.Rank, LatentNormEpsilon);
        _up = Linear(shape.Rank, shape.Heads * (shape.ContentSize + shape.ValueSize), hasBias: false);
        _output = Linear(shape.Heads * shape.ValueSize, config.HiddenSize, config.AttentionBias);
        RegisterComponents();
    }

    /// <summary>How it is computed; the result is the same.</summary>
    public AttentionForm Form { get; set; } = AttentionForm.Cheapest;

    /// <summary>Attends from every token of <paramref name="input"/>, [B, T, d], to the tokens that it sees; the same shape.</summary>
    public override Tensor forward(Tensor input, AttentionContext context)
    {
        using var scope = NewDisposeScope();
        var (batch, length) = (input.size(0), input.size(1));
        var projected = _query?.forward(input) ?? _queryUp!.forward(_queryNorm!.forward(_queryDown!.forward(input)));
        var queries = projected.view(batch, length, _shape.Heads, _shape.QuerySize).transpose(1, 2);               // (B, H, T, dh + dr)
        var content = queries.narrow(-1, 0, _shape.ContentSize);
        var turned = context.Rotary.Rotate(Halves(queries.narrow(-1, _shape.ContentSize, _shape.RotarySize)));

        var kept = context.Shared?.Keys ?? Kept(input, context);                                                    // (B, 1, S, r + dr)
        var seen = _shape.Resolve(Form, context.Cache is not null, length, kept.size(2)) == AttentionForm.Absorbed
            ? Absorbed(content, turned, kept, context.Mask)
            : Expanded(content, turned, kept, context.Mask);
        return _output.forward(seen.transpose(1, 2).reshape(batch, length, _shape.Heads * _shape.ValueSize)).MoveToOuterDisposeScope();
    }

    /// <summary>The latents and shared keys of the tokens of this pass and of those in the cache.</summary>
    private Tensor Kept(Tensor input, AttentionContext context)
    {
        var compressed = _down.forward(input).unsqueeze(1);                                                        // (B, 1, T, r + dr)
        var latent = _latentNorm.forward(compressed.narrow(-1, 0, _shape.Rank));
        var sharedKey = context.Rotary.Rotate(Halves(compressed.narrow(-1, _shape.Rank, _shape.RotarySize)));
        var kept = cat([latent, sharedKey], -1);
        if (context.Cache is { } cache)
        {
            cache.Append(kept, values: null);
            kept = cache.Keys;
        }

        context.Shared?.Keep(kept, values: null);
        return kept;
    }

    /// <summary>Keys and values of every head; (B, H, T, dv).</summary>
    private Tensor Expanded(Tensor content, Tensor turned, Tensor kept, Tensor? mask)
    {
        var (batch, tokens) = (kept.size(0), kept.size(2));
        var made = _up.forward(kept.narrow(-1, 0, _shape.Rank).squeeze(1))
            .view(batch, tokens, _shape.Heads, _shape.ContentSize + _shape.ValueSize).transpose(1, 2);             // (B, H, S, dh + dv)
        var shared = kept.narrow(-1, _shape.Rank, _shape.RotarySize).expand(batch, _shape.Heads, tokens, _shape.RotarySize);
        var keys = cat([made.narrow(-1, 0, _shape.ContentSize), shared], -1);                                      // (B, H, S, dh + dr)
        var values = made.narrow(-1, _shape.ContentSize, _shape.ValueSize);
        // The fused kernel wants values as wide as keys.
        var missing = _shape.QuerySize - _shape.ValueSize;
        if (missing > 0)
            values = functional.pad(values, [0, missing]);
        var seen = functional.scaled_dot_product_attention(cat([content, turned], -1), keys, values, mask, 0, is_casual: mask is null);
        return seen.narrow(-1, 0, _shape.ValueSize);
    }

    /// <summary>Attention to the latents themselves, with all heads as queries of one key head; (B, H, T, dv).</summary>
    private Tensor Absorbed(Tensor content, Tensor turned, Tensor kept, Tensor? mask)
    {
        var (batch, length) = (content.size(0), content.size(2));
        var up = _up.weight!.view(_shape.Heads, _shape.ContentSize + _shape.ValueSize, _shape.Rank);
        var inLatentSpace = content.matmul(up.narrow(1, 0, _shape.ContentSize));                                   // (B, H, T, r)
        // The kernel divides by the root of the width that it sees, r + dr.
        var queries = cat([inLatentSpace, turned], -1).Scaled(Math.Sqrt((double)_shape.CachedSize / _shape.QuerySize))
            .reshape(batch, 1, _shape.Heads * length, _shape.CachedSize);                                          // (B, 1, H T, r + dr)
        var seen = functional.scaled_dot_product_attention(queries, kept, kept, ForEveryHead(mask, length, content.device), 0, is_casual: false)
            .narrow(-1, 0, _shape.Rank).reshape(batch, _shape.Heads, length, _shape.Rank);
        return seen.matmul(up.narrow(1, _shape.ContentSize, _shape.ValueSize).transpose(1, 2));
    }

    private Tensor? ForEveryHead(Tensor? mask, long length, Device device)
    {
        if (length == 1)
            return mask;
        mask ??= ones([length, length], dtype: ScalarType.Bool, device: device).tril();
        if (mask.dim() < 2 || mask.size(-2) == 1)
            return mask;
        return mask.view([.. Enumerable.Repeat(1L, 4 - (int)mask.dim()), .. mask.shape]).repeat(1, 1, _shape.Heads, 1);
    }

    /// <summary>Two neighbours that turn together in the published layout stand half a head apart here.</summary>
    private Tensor Halves(Tensor heads)
    {
        if (!_interleaved)
            return heads;
        var shape = heads.shape;
        return heads.reshape([.. shape[..^1], shape[^1] / 2, 2]).transpose(-1, -2).reshape(shape);
    }
}
