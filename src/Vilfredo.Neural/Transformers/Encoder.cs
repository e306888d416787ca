using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Transformers;

/// <summary>An encoder made of a decoder's layers, whose tokens see all others, with a head that guesses masked tokens.</summary>
/// <remarks>
/// ids [B, T] -> states [B, T, d] -> gelu(dense) -> normalisation -> matrix of the embeddings or its own, and a bias -> logits [B, T, V]. The trunk has a decoder's names; the head's, <c>head.dense.weight</c>,
/// <c>head.norm.weight</c>, <c>decoder.weight</c> and <c>decoder.bias</c>, are ModernBERT's from memory, whose trunk is stored otherwise. Source of the objective: Devlin et al., BERT, 2019.
/// </remarks>
public sealed class Encoder : Module<Tensor, Tensor>
{
    [ComponentName(Name = "model")]
    private readonly Trunk _trunk;

    [ComponentName(Name = "head")]
    private readonly MaskedHead _head;

    [ComponentName(Name = "decoder")]
    private readonly OutputLayer _output;

    /// <summary>A model with fresh weights: matrices from N(0, initializer_range^2), biases 0, normalisations 1.</summary>
    /// <param name="config">Its shape in a decoder's terms; checked. A sliding window reaches as far ahead as back. Tied embeddings serve the head too.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="InvalidConfigException">The configuration contradicts itself, or has what only a decoder can: parallel streams, routed recursions, predictions of further tokens.</exception>
    public Encoder(DecoderConfig config, long seed = 0)
        : base(nameof(Encoder))
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        foreach (var (field, given) in (ReadOnlySpan<(string, bool)>)[("parscale_n", config.Streams is not null), ("recursion.routing", config.Recursion?.Routing is not null), ("num_nextn_predict_layers", config.NumNextnPredictLayers > 0)])
        {
            if (given)
                throw new InvalidConfigException($"{field} is given; it must be absent in an encoder.");
        }

        Config = config;
        _trunk = new Trunk(config);
        _head = new MaskedHead(config);
        _output = new OutputLayer(config);
        RegisterComponents();
        Trunk.Initialize(this, config.InitializerRange, seed);
    }

    /// <summary>The shape of the model.</summary>
    public DecoderConfig Config { get; }

    /// <summary>The logits of every token of <paramref name="input"/>, ids int64 [B, T]: [B, T, V].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Logits(Encode(input)).MoveToOuterDisposeScope();
    }

    /// <summary>The states after the last normalisation, [B, T, d].</summary>
    /// <param name="ids">Token ids, int64 [B, T].</param>
    /// <param name="visible">Which tokens are no padding, bool [B, T]; null means all. Positions are counted without padding.</param>
    public Tensor Encode(Tensor ids, Tensor? visible = null)
    {
        using var scope = NewDisposeScope();
        return _trunk.Run(new() { Ids = ids, Visible = visible }, causal: false).States.MoveToOuterDisposeScope();
    }

    /// <summary>The mean of the states of each row's tokens that are no padding, [B, d]: an embedding of the row.</summary>
    /// <param name="ids">Token ids, int64 [B, T].</param>
    /// <param name="visible">Which tokens are no padding, bool [B, T], at least one in every row; null means all.</param>
    public Tensor Pool(Tensor ids, Tensor? visible = null)
    {
        using var scope = NewDisposeScope();
        var states = Encode(ids, visible);
        if (visible is null)
            return states.mean([1]).MoveToOuterDisposeScope();
        var shares = visible.to(states.dtype).unsqueeze(-1);
        return (states.mul(shares).sum([1]) / shares.sum([1])).MoveToOuterDisposeScope();
    }

    /// <summary>The scores of the tokens for states, [..., d] to [..., V]. Give the masked places alone where they are few.</summary>
    public Tensor Logits(Tensor states)
    {
        using var scope = NewDisposeScope();
        return _output.Score(_head.forward(states), _trunk.Embedding.weight!).MoveToOuterDisposeScope();
    }

    private sealed class MaskedHead : Module<Tensor, Tensor>
    {
        [ComponentName(Name = "dense")]
        private readonly Linear _dense;

        [ComponentName(Name = "norm")]
        private readonly RmsNorm _norm;

        public MaskedHead(DecoderConfig config)
            : base(nameof(MaskedHead))
        {
            _dense = Linear(config.HiddenSize, config.HiddenSize, hasBias: false);
            _norm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _norm.forward(functional.gelu(_dense.forward(input)));
    }

    private sealed class OutputLayer : Module
    {
        [ComponentName(Name = "weight")]
        private readonly Parameter? _weight;

        [ComponentName(Name = "bias")]
        private readonly Parameter _bias;

        public OutputLayer(DecoderConfig config)
            : base(nameof(OutputLayer))
        {
            if (!config.TieWordEmbeddings)
                _weight = Parameter(zeros(config.VocabSize, config.HiddenSize));
            _bias = Parameter(zeros(config.VocabSize));
            RegisterComponents();
        }

        public Tensor Score(Tensor states, Tensor embedding) => functional.linear(states, _weight ?? embedding).Plus(_bias);
    }
}
