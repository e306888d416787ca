using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Attention;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Transformers;

/// <summary>Predicts one token further ahead than the one before: a layer over a matrix of [norm of the embedding of the next token ; norm of the state before], whose head normalises and shares the model's matrix.</summary>
/// <remarks>
/// Source: DeepSeek-AI, DeepSeek-V3, 2024, section 2.2, equations 21 to 23. Parameter names, the order of the two halves (the embedding first), and that the first module reads the states after the last
/// normalisation, are those of its published checkpoints and code from memory.
/// </remarks>
internal sealed class PredictionLayer : Module<Tensor, Tensor, LayerContext, Tensor>
{
    // In a list, so that only its parts are registered, under the names that they have in a layer.
    private readonly IReadOnlyList<DecoderLayer> _layer;

    [ComponentName(Name = "enorm")]
    private readonly RmsNorm _embeddingNorm;

    [ComponentName(Name = "hnorm")]
    private readonly RmsNorm _stateNorm;

    [ComponentName(Name = "eh_proj")]
    private readonly Linear _projection;

    [ComponentName(Name = "input_layernorm")]
    private readonly RmsNorm _attentionNorm;

    [ComponentName(Name = "self_attn")]
    private readonly Module<Tensor, AttentionContext, Tensor> _attention;

    [ComponentName(Name = "post_attention_layernorm")]
    private readonly RmsNorm _feedForwardNorm;

    [ComponentName(Name = "mlp")]
    private readonly Module<Tensor, Tensor> _feedForward;

    [ComponentName(Name = "shared_head")]
    private readonly HeadNorm _head;

    /// <summary>With TorchSharp's initial weights.</summary>
    /// <param name="config">The shape of the decoder.</param>
    /// <param name="layer">Its number, counted on from the decoder's last layer.</param>
    public PredictionLayer(DecoderConfig config, int layer)
        : base(nameof(PredictionLayer))
    {
        var inner = new DecoderLayer(config, layer);
        _layer = [inner];
        _embeddingNorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        _stateNorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        _projection = Linear(2L * config.HiddenSize, config.HiddenSize, hasBias: false);
        (_attentionNorm, _attention, _feedForwardNorm, _feedForward) = (inner.AttentionNorm, inner.Attention, inner.FeedForwardNorm, inner.FeedForward);
        _head = new HeadNorm(config);
        RegisterComponents();
    }

    /// <summary>The normalisation before the model's head.</summary>
    public Module<Tensor, Tensor> Head => _head;

    /// <summary>States one token further ahead.</summary>
    /// <param name="states">Those before, [B, n, d].</param>
    /// <param name="embedded">The embeddings of the tokens that those predict, [B, n, d].</param>
    /// <param name="context">Positions and mask of the layer.</param>
    public override Tensor forward(Tensor states, Tensor embedded, LayerContext context)
    {
        using var scope = NewDisposeScope();
        var joined = _projection.forward(cat([_embeddingNorm.forward(embedded), _stateNorm.forward(states)], -1));
        return _layer[0].forward(joined, context).MoveToOuterDisposeScope();
    }

    private sealed class HeadNorm : Module<Tensor, Tensor>
    {
        [ComponentName(Name = "norm")]
        private readonly RmsNorm _norm;

        public HeadNorm(DecoderConfig config)
            : base(nameof(HeadNorm))
        {
            _norm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _norm.forward(input);
    }
}
