using TorchSharp;
using TorchSharp.Utils;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Hourglass;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Transformers;

/// <summary>One pre-norm layer: x + attention(norm x), then x + feed-forward(norm x).</summary>
public sealed class DecoderLayer : Module<Tensor, LayerContext, Tensor>
{
    [ComponentName(Name = "input_layernorm")]
    private readonly RmsNorm _attentionNorm;

    [ComponentName(Name = "self_attn")]
    private readonly Module<Tensor, AttentionContext, Tensor> _attention;

    [ComponentName(Name = "post_attention_layernorm")]
    private readonly RmsNorm _feedForwardNorm;

    [ComponentName(Name = "mlp")]
    private readonly Module<Tensor, Tensor> _feedForward;

    /// <summary>With TorchSharp's initial weights.</summary>
    /// <param name="config">The shape of the decoder.</param>
    /// <param name="layer">Which of its layers this is, from 0.</param>
    public DecoderLayer(DecoderConfig config, int layer)
        : base(nameof(DecoderLayer))
    {
        _attentionNorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        _attention = config.Latent is { } latent ? new MultiHeadLatentAttention(config, latent) : new GroupedQueryAttention(config);
        _feedForwardNorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        _feedForward = FeedForwardOf(config, layer);
        RegisterComponents();
    }

    /// <summary>The attention of this layer: <see cref="GroupedQueryAttention"/>, or <see cref="MultiHeadLatentAttention"/> where the configuration has a latent rank.</summary>
    public Module<Tensor, AttentionContext, Tensor> Attention => _attention;

    /// <summary>The feed-forward part of this layer: <see cref="SwiGlu"/>, <see cref="MixtureOfExperts"/> in the layers where the configuration has experts, or <see cref="ResidualMlp"/> where it has an hourglass.</summary>
    public Module<Tensor, Tensor> FeedForward => _feedForward;

    /// <summary>The normalisation before the attention.</summary>
    internal RmsNorm AttentionNorm => _attentionNorm;

    /// <summary>The normalisation before the feed-forward part.</summary>
    internal RmsNorm FeedForwardNorm => _feedForwardNorm;

    /// <summary>Maps the residual stream, [B, T, d], to itself.</summary>
    public override Tensor forward(Tensor input, LayerContext context)
    {
        using var scope = NewDisposeScope();
        var attended = input.Plus(_attention.forward(_attentionNorm.forward(input), context.Attention));
        var normed = _feedForwardNorm.forward(attended);
        if (context.Routings is null || _feedForward is not MixtureOfExperts mixture)
            return attended.Plus(_feedForward.forward(normed)).MoveToOuterDisposeScope();
        var (mixed, routing) = mixture.Run(normed);
        context.Routings.Add(routing.MoveToOuterDisposeScope());
        return attended.Plus(mixed).MoveToOuterDisposeScope();
    }

    private static Module<Tensor, Tensor> FeedForwardOf(DecoderConfig config, int layer)
    {
        if (config.ExpertsOf(layer) is { } experts)
            return new MixtureOfExperts(config.HiddenSize, experts);
        if (config.Hourglass is { } hourglass)
            return new ResidualMlp(hourglass.Shape(config.HiddenSize), new RandomGenerator(hourglass.LiftSeed, (ulong)layer));
        return new SwiGlu(config.HiddenSize, config.IntermediateSize);
    }
}
