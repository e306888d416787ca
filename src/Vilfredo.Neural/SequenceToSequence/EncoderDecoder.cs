using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.SequenceToSequence;

/// <summary>An encoder that reads a source and a decoder that writes a target while it looks at it, in the form of T5: pre-normalisation by the root mean square, no biases, positions by learned biases of distances, no dropout.</summary>
/// <remarks>
/// source ids [B, S] -> encoder -> states [B, S, d]; target ids [B, T] -> decoder with the states -> [B, T, d] -> embedding matrix / sqrt(d) -> logits [B, T, V].
/// Names of parameters are those of Hugging Face's T5 with tied embeddings, from memory. Source: Raffel et al., 2020, section 2.1.
/// </remarks>
public sealed class EncoderDecoder : Module
{
    [ComponentName(Name = "shared")]
    private readonly Embedding _embedding;

    [ComponentName(Name = "encoder")]
    private readonly Stack _encoder;

    [ComponentName(Name = "decoder")]
    private readonly Stack _decoder;

    /// <summary>A model with fresh weights: those of T5, normal with deviations by the widths (queries (d h)^-1/2, embeddings 1), times the configuration's factor.</summary>
    /// <param name="config">Its shape; checked.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="InvalidConfigException">The configuration is outside its ranges.</exception>
    public EncoderDecoder(EncoderDecoderConfig config, long seed = 0)
        : base(nameof(EncoderDecoder))
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        _embedding = Embedding(config.VocabSize, config.DModel);
        _encoder = new Stack(config, config.NumLayers, decodes: false);
        _decoder = new Stack(config, config.NumDecoderLayers, decodes: true);
        RegisterComponents();
        Initialize(seed);
    }

    /// <summary>The shape of the model.</summary>
    public EncoderDecoderConfig Config { get; }

    /// <summary>The states of the source after the last normalisation, [B, S, d]; every token sees all others.</summary>
    /// <param name="source">Ids, int64 [B, S].</param>
    /// <param name="visible">Which tokens are no padding, bool [B, S], at least one in every row; null means all.</param>
    public Tensor Encode(Tensor source, Tensor? visible = null)
    {
        using var scope = NewDisposeScope();
        return _encoder.Run(_embedding.forward(Checked(source, nameof(source))), null, Hidden(visible)).MoveToOuterDisposeScope();
    }

    /// <summary>The scores of what follows each token of the target, [B, T, V]: a token sees the ones before it and the whole source.</summary>
    /// <param name="target">What the decoder reads, int64 [B, T], with <see cref="EncoderDecoderConfig.DecoderStartTokenId"/> first.</param>
    /// <param name="states">The encoder's states, [B, S, d].</param>
    /// <param name="visible">Which tokens of the source are no padding, bool [B, S]; null means all.</param>
    public Tensor Decode(Tensor target, Tensor states, Tensor? visible = null)
    {
        using var scope = NewDisposeScope();
        var written = _decoder.Run(_embedding.forward(Checked(target, nameof(target))), states, Hidden(visible));
        return functional.linear(written.Scaled(1 / Math.Sqrt(Config.DModel)), _embedding.weight!).MoveToOuterDisposeScope();
    }

    /// <summary>The most probable target, token by token, int64 [B, at most <paramref name="most"/>]: it ends when all rows have ended; after a row's <see cref="EncoderDecoderConfig.EosTokenId"/> comes nothing of meaning.</summary>
    /// <param name="source">Ids, int64 [B, S].</param>
    /// <param name="visible">Which tokens are no padding; null means all.</param>
    /// <param name="most">The most tokens of a target, at least 1. Each is made from all before it without a cache: meant for short answers.</param>
    public Tensor Generate(Tensor source, Tensor? visible, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using Scalar end = Config.EosTokenId, start = Config.DecoderStartTokenId; // held: see ScalarOperations
        var states = Encode(source, visible);
        var written = full([source.size(0), 1], start, dtype: ScalarType.Int64);
        var ended = zeros([source.size(0), 1], dtype: ScalarType.Bool);
        for (var i = 0; i < most && !ended.all().item<bool>(); i++)
        {
            var next = Decode(written, states, visible).narrow(1, written.size(1) - 1, 1).argmax(-1);
            (written, ended) = (cat([written, next], 1), ended.logical_or(next.eq(end)));
        }

        return written.narrow(1, 1, written.size(1) - 1).MoveToOuterDisposeScope();
    }

    private static Tensor Checked(Tensor ids, string name)
    {
        ArgumentNullException.ThrowIfNull(ids, name);
        return ids.dim() == 2 && ids.size(1) > 0 ? ids : throw new ArgumentException($"The ids have the shape [{string.Join(", ", ids.shape)}]; it must be [batch, tokens] with at least one token.", name);
    }

    /// <summary>Minus infinity at padding, [B, 1, 1, S].</summary>
    private Tensor? Hidden(Tensor? visible) => visible is null
        ? null
        : zeros(visible.shape, dtype: _embedding.weight!.dtype).Masked(visible.logical_not(), double.NegativeInfinity).unsqueeze(1).unsqueeze(1);

    private void Initialize(long seed)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        foreach (var (name, parameter) in named_parameters())
        {
            if (parameter.dim() > 1)
                parameter.normal_(0, Config.InitializerFactor * Deviation(name), generator);
        }
    }

    private double Deviation(string name) => name.Split('.')[^2] switch
    {
        "shared" => 1,
        "q" => 1 / Math.Sqrt((double)Config.DModel * Config.DKv),
        "o" => 1 / Math.Sqrt((double)Config.NumHeads * Config.DKv),
        "wo" => 1 / Math.Sqrt(Config.DFf),
        _ => 1 / Math.Sqrt(Config.DModel),
    };

    private sealed class Stack : Module
    {
        private readonly EncoderDecoderBlock[] _inOrder;
        private readonly bool _decodes;

        [ComponentName(Name = "block")]
        private readonly ModuleList<EncoderDecoderBlock> _blocks;

        [ComponentName(Name = "final_layer_norm")]
        private readonly RmsNorm _norm;

        public Stack(EncoderDecoderConfig config, int blocks, bool decodes)
            : base(nameof(Stack))
        {
            _decodes = decodes;
            _inOrder = [.. Enumerable.Range(0, blocks).Select(block => new EncoderDecoderBlock(config, decodes, block == 0))];
            _blocks = ModuleList(_inOrder);
            _norm = new RmsNorm(config.DModel, config.LayerNormEpsilon);
            RegisterComponents();
        }

        public Tensor Run(Tensor states, Tensor? source, Tensor? hidden)
        {
            var length = (int)states.size(1);
            var bias = _inOrder[0].PositionBias(length, bothWays: !_decodes);
            bias = _decodes
                ? bias.Masked(ones([length, length], dtype: ScalarType.Bool).triu(1), double.NegativeInfinity)
                : hidden is null ? bias : bias.Plus(hidden);
            foreach (var block in _inOrder)
                states = block.Run(states, bias, source, _decodes ? hidden : null);
            return _norm.forward(states);
        }
    }
}
