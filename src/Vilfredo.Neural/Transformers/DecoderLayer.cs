using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Transformers;

/// <summary>One pre-norm layer: x + attention(norm x), then x + feed-forward(norm x).</summary>
public sealed class DecoderLayer : Module<Tensor, AttentionContext, Tensor>
{
    private readonly RmsNorm _attentionNorm;
    private readonly RmsNorm _feedForwardNorm;

    /// <summary>With TorchSharp's initial weights.</summary>
    public DecoderLayer(DecoderConfig config)
        : base(nameof(DecoderLayer))
    {
        _attentionNorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        Attention = new GroupedQueryAttention(config);
        _feedForwardNorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        FeedForward = new SwiGlu(config.HiddenSize, config.IntermediateSize);
        register_module("input_layernorm", _attentionNorm);
        register_module("self_attn", Attention);
        register_module("post_attention_layernorm", _feedForwardNorm);
        register_module("mlp", FeedForward);
    }

    /// <summary>The attention of this layer.</summary>
    public GroupedQueryAttention Attention { get; }

    /// <summary>The feed-forward part of this layer.</summary>
    public SwiGlu FeedForward { get; }

    /// <summary>Maps the residual stream, [B, T, d], to itself.</summary>
    public override Tensor forward(Tensor input, AttentionContext context)
    {
        using var scope = NewDisposeScope();
        var attended = input + Attention.forward(_attentionNorm.forward(input), context);
        return (attended + FeedForward.forward(_feedForwardNorm.forward(attended))).MoveToOuterDisposeScope();
    }
}
