using TorchSharp;
using TorchSharp.Utils;
using Vilfredo.Neural.Attention;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Transformers;

/// <summary>One pre-norm layer: x + attention(norm x), then x + feed-forward(norm x).</summary>
public sealed class DecoderLayer : Module<Tensor, AttentionContext, Tensor>
{
    [ComponentName(Name = "input_layernorm")]
    private readonly RmsNorm _attentionNorm;

    [ComponentName(Name = "self_attn")]
    private readonly Module<Tensor, AttentionContext, Tensor> _attention;

    [ComponentName(Name = "post_attention_layernorm")]
    private readonly RmsNorm _feedForwardNorm;

    [ComponentName(Name = "mlp")]
    private readonly SwiGlu _feedForward;

    /// <summary>With TorchSharp's initial weights.</summary>
    public DecoderLayer(DecoderConfig config)
        : base(nameof(DecoderLayer))
    {
        _attentionNorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        _attention = config.Latent is { } latent ? new MultiHeadLatentAttention(config, latent) : new GroupedQueryAttention(config);
        _feedForwardNorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        _feedForward = new SwiGlu(config.HiddenSize, config.IntermediateSize);
        RegisterComponents();
    }

    /// <summary>The attention of this layer: <see cref="GroupedQueryAttention"/>, or <see cref="MultiHeadLatentAttention"/> where the configuration has a latent rank.</summary>
    public Module<Tensor, AttentionContext, Tensor> Attention => _attention;

    /// <summary>The feed-forward part of this layer.</summary>
    public SwiGlu FeedForward => _feedForward;

    /// <summary>Maps the residual stream, [B, T, d], to itself.</summary>
    public override Tensor forward(Tensor input, AttentionContext context)
    {
        using var scope = NewDisposeScope();
        var attended = input + _attention.forward(_attentionNorm.forward(input), context);
        return (attended + _feedForward.forward(_feedForwardNorm.forward(attended))).MoveToOuterDisposeScope();
    }
}
