using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.SequenceToSequence;

/// <summary>One block of an encoder or a decoder: attention to its own tokens, in a decoder then to the source's, and a feed-forward layer, each as x + layer(norm x).</summary>
internal sealed class EncoderDecoderBlock : Module
{
    [ComponentName(Name = "layer")]
    private readonly ModuleList<Module> _layers;

    private readonly Sublayer _self;
    private readonly Sublayer? _cross;
    private readonly Sublayer _feedForward;

    public EncoderDecoderBlock(EncoderDecoderConfig config, bool decodes, bool isFirst)
        : base(nameof(EncoderDecoderBlock))
    {
        _self = new(config, self: new RelativeAttention(config, hasBias: isFirst));
        _cross = decodes ? new(config, cross: new RelativeAttention(config, hasBias: false)) : null;
        _feedForward = new(config, feedForward: new FeedForward(config));
        _layers = _cross is null ? ModuleList<Module>(_self, _feedForward) : ModuleList<Module>(_self, _cross, _feedForward);
        register_module("layer", _layers);
    }

    /// <summary>The biases of distances in a sequence, [1, H, T, T]; the first block has those of all.</summary>
    public Tensor PositionBias(int length, bool bothWays) => _self.Attention!.PositionBias(length, bothWays);

    /// <summary>Maps the residual stream, [B, T, d], to itself.</summary>
    /// <param name="input">The stream.</param>
    /// <param name="bias">Added to its scores, minus infinity where nothing is seen.</param>
    /// <param name="source">The encoder's states, [B, S, d]; null in an encoder.</param>
    /// <param name="sourceBias">Added to the scores between target and source; null for nothing.</param>
    public Tensor Run(Tensor input, Tensor bias, Tensor? source, Tensor? sourceBias)
    {
        using var scope = NewDisposeScope();
        var states = _self.Attend(input, null, bias);
        if (_cross is not null)
            states = _cross.Attend(states, source, sourceBias);
        return _feedForward.Feed(states).MoveToOuterDisposeScope();
    }

    /// <summary>A layer with its normalisation; one of the three is there.</summary>
    private sealed class Sublayer : Module
    {
        [ComponentName(Name = "SelfAttention")]
        private readonly RelativeAttention? _self;

        [ComponentName(Name = "EncDecAttention")]
        private readonly RelativeAttention? _cross;

        [ComponentName(Name = "DenseReluDense")]
        private readonly FeedForward? _feedForward;

        [ComponentName(Name = "layer_norm")]
        private readonly RmsNorm _norm;

        public Sublayer(EncoderDecoderConfig config, RelativeAttention? self = null, RelativeAttention? cross = null, FeedForward? feedForward = null)
            : base(nameof(Sublayer))
        {
            (_self, _cross, _feedForward) = (self, cross, feedForward);
            _norm = new RmsNorm(config.DModel, config.LayerNormEpsilon);
            RegisterComponents();
        }

        public RelativeAttention? Attention => _self ?? _cross;

        public Tensor Attend(Tensor input, Tensor? source, Tensor? bias)
        {
            var normed = _norm.forward(input);
            return input.Plus(Attention!.Attend(normed, source ?? normed, bias));
        }

        public Tensor Feed(Tensor input) => input.Plus(_feedForward!.forward(_norm.forward(input)));
    }

    /// <summary>Attention whose scores are not divided by the root of the width: the fresh weights of the queries are smaller instead.</summary>
    private sealed class RelativeAttention : Module
    {
        private readonly EncoderDecoderConfig _config;

        [ComponentName(Name = "q")]
        private readonly Linear _query;

        [ComponentName(Name = "k")]
        private readonly Linear _key;

        [ComponentName(Name = "v")]
        private readonly Linear _value;

        [ComponentName(Name = "o")]
        private readonly Linear _output;

        [ComponentName(Name = "relative_attention_bias")]
        private readonly Embedding? _bias;

        public RelativeAttention(EncoderDecoderConfig config, bool hasBias)
            : base(nameof(RelativeAttention))
        {
            _config = config;
            var width = config.DKv * config.NumHeads;
            _query = Linear(config.DModel, width, hasBias: false);
            _key = Linear(config.DModel, width, hasBias: false);
            _value = Linear(config.DModel, width, hasBias: false);
            _output = Linear(width, config.DModel, hasBias: false);
            if (hasBias)
                _bias = Embedding(config.RelativeAttentionNumBuckets, config.NumHeads);
            RegisterComponents();
        }

        public Tensor PositionBias(int length, bool bothWays)
        {
            using var kinds = RelativePositions.Buckets(length, bothWays, _config.RelativeAttentionNumBuckets, _config.RelativeAttentionMaxDistance);
            return _bias!.forward(kinds).permute(2, 0, 1).unsqueeze(0); // (1, H, T, T)
        }

        public Tensor Attend(Tensor input, Tensor source, Tensor? bias)
        {
            var scores = Heads(_query.forward(input)).matmul(Heads(_key.forward(source)).transpose(2, 3)); // (B, H, T, S)
            var weights = functional.softmax(bias is null ? scores : scores.Plus(bias), -1);
            var seen = weights.matmul(Heads(_value.forward(source))); // (B, H, T, h)
            return _output.forward(seen.transpose(1, 2).flatten(2, 3));
        }

        private Tensor Heads(Tensor projected) => projected.view(projected.size(0), projected.size(1), _config.NumHeads, _config.DKv).transpose(1, 2);
    }

    /// <summary>wo(relu(wi x)).</summary>
    private sealed class FeedForward : Module<Tensor, Tensor>
    {
        [ComponentName(Name = "wi")]
        private readonly Linear _in;

        [ComponentName(Name = "wo")]
        private readonly Linear _out;

        public FeedForward(EncoderDecoderConfig config)
            : base(nameof(FeedForward))
        {
            _in = Linear(config.DModel, config.DFf, hasBias: false);
            _out = Linear(config.DFf, config.DModel, hasBias: false);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _out.forward(functional.relu(_in.forward(input)));
    }
}
