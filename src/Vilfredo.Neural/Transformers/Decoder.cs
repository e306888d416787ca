using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Caches;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Transformers;

/// <summary>A decoder-only transformer with the parts and parameter names of Llama, Mistral, Qwen2, Qwen3, their mixtures of experts and DeepSeek-V3.</summary>
/// <remarks>ids [B, T] -> embeddings [B, T, d] -> layers -> normalisation -> logits [B, T, V].</remarks>
public sealed class Decoder : Module<Tensor, Tensor>
{
    [ComponentName(Name = "model")]
    private readonly Trunk _trunk;

    [ComponentName(Name = "lm_head")]
    private readonly Linear? _head;

    /// <summary>A model with fresh weights: matrices from N(0, initializer_range^2), biases 0, normalisations 1.</summary>
    /// <param name="config">Its shape; checked.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="InvalidConfigException">The configuration contradicts itself or needs what is not built.</exception>
    public Decoder(DecoderConfig config, long seed = 0)
        : base(nameof(Decoder))
    {
        config.Validate();
        Config = config;
        _trunk = new Trunk(config);
        if (!config.TieWordEmbeddings)
            _head = Linear(config.HiddenSize, config.VocabSize, hasBias: false);
        RegisterComponents();
        Initialize(seed);
    }

    /// <summary>The shape of the model.</summary>
    public DecoderConfig Config { get; }

    /// <summary>The embedding of every token id, [V, d].</summary>
    public Tensor EmbeddingMatrix => _trunk.Embedding.weight!;

    /// <summary>The layers that have weights of their own, from the input on; where layers are passed several times, tokens pass more than these.</summary>
    public IReadOnlyList<DecoderLayer> Layers => _trunk.Layers;

    /// <summary>What helps tokens to pick their number of recursions, [R]; a buffer without gradient, null where there is none. A <see cref="BiasBalancer"/> moves it.</summary>
    public Tensor? DepthBias => _trunk.BalanceBias;

    /// <summary>An empty cache for this model.</summary>
    public KeyValueCache NewCache() => Config.Recursion?.Routing is null
        ? new(_trunk.Plan.CachedLayers, Config.Streams?.Count ?? 1)
        : new(_trunk.Plan.CachedDepths);

    /// <summary>Embeds token ids, int64 [B, T], to [B, T, d].</summary>
    public Tensor Embed(Tensor ids) => _trunk.Embedding.forward(ids);

    /// <summary>The logits of the next token after each token of <paramref name="input"/>, ids int64 [B, T]: [B, T, V].</summary>
    public override Tensor forward(Tensor input)
    {
        var output = Run(new() { Ids = input });
        output.Hidden.Dispose();
        return output.Logits;
    }

    /// <summary>One forward pass.</summary>
    /// <exception cref="ArgumentException">Neither ids nor embeddings are given, or both; or shapes do not agree.</exception>
    public DecoderOutput Run(DecoderInput input)
    {
        using var scope = NewDisposeScope();
        var states = Embedded(input);
        var (batch, length) = (states.size(0), states.size(1));
        var past = input.Cache?.Length ?? 0;
        if (input.Cache is { } cache && cache.Layers.Count != _trunk.Plan.CachedLayers)
            throw new ArgumentException($"The cache has {cache.Layers.Count} layers and the model needs one of {_trunk.Plan.CachedLayers}; take one from {nameof(NewCache)}.", nameof(input));

        var visible = input.Visible ?? ones([batch, length], dtype: ScalarType.Bool, device: states.device);
        CheckShape(visible, batch, length, nameof(input.Visible));
        var positions = input.Positions ?? AttentionMasks.Positions(visible, input.Cache);
        CheckShape(positions, batch, length, nameof(input.Positions));
        input.Cache?.Extend(positions, visible);

        // Without padding, cache and positions of the caller's every row has the same angles.
        var plain = input is { Positions: null, Visible: null, Cache: null };
        using Scalar end = length; // held: see ScalarOperations
        using var rotary = RotaryAngles.At(plain ? arange(end, device: states.device) : InStreams(positions), Config.RotaryDimensions, Config.RopeTheta, states.dtype);
        var pass = new ForwardPass(input, positions, visible, past, rotary, new(input, positions, visible, past, Config.Streams), input.KeepsRoutings ? [] : null);
        (states, var depths) = _trunk.Run(InStreams(states), pass);
        states = _trunk.Norm.forward(states);
        states = _trunk.Aggregator?.forward(states) ?? states;
        var scored = input.LastLogitsOnly ? states.narrow(1, length - 1, 1) : states;
        return new(Logits(scored).MoveToOuterDisposeScope(), states.MoveToOuterDisposeScope())
        {
            Routings = [.. pass.Routings?.Select(routing => routing.MoveToOuterDisposeScope()) ?? []],
            Depths = input.KeepsRoutings ? depths?.MoveToOuterDisposeScope() : null,
        };
    }

    /// <summary>The scores of the tokens for states after the last normalisation, [..., d] to [..., V].</summary>
    public Tensor Logits(Tensor hidden) => _head?.forward(hidden) ?? functional.linear(hidden, EmbeddingMatrix);

    /// <summary>Rows, [B, ...], once for each stream, streams outermost: [P x B, ...].</summary>
    private Tensor InStreams(Tensor rows) =>
        Config.Streams is { } streams ? rows.repeat([streams.Count, .. Enumerable.Repeat(1L, (int)rows.dim() - 1)]) : rows;

    private static void CheckShape(Tensor given, long batch, long length, string name)
    {
        if (given.dim() != 2 || given.size(0) != batch || given.size(1) != length)
            throw new ArgumentException($"{name} has the shape [{string.Join(", ", given.shape)}]; for this input it must be [{batch}, {length}].");
    }

    private Tensor Embedded(DecoderInput input)
    {
        if (input.Ids is null == input.Embeddings is null)
            throw new ArgumentException($"Give either {nameof(input.Ids)} or {nameof(input.Embeddings)}; {(input.Ids is null ? "neither is" : "both are")} given.", nameof(input));
        if (input.Ids is { } ids)
            return ids.dim() == 2 && ids.size(1) > 0 ? Embed(ids) : throw new ArgumentException($"The ids have the shape [{string.Join(", ", ids.shape)}]; it must be [batch, tokens] with at least one token.", nameof(input));
        return input.Embeddings!.dim() == 3 && input.Embeddings.size(1) > 0 && input.Embeddings.size(2) == Config.HiddenSize
            ? input.Embeddings
            : throw new ArgumentException($"The embeddings have the shape [{string.Join(", ", input.Embeddings.shape)}]; it must be [batch, tokens, {Config.HiddenSize}] with at least one token.", nameof(input));
    }

    private void Initialize(long seed)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        foreach (var (name, parameter) in named_parameters())
        {
            if (parameter.dim() > 1)
                parameter.normal_(0, Config.InitializerRange, generator);
            else if (name.EndsWith("bias", StringComparison.Ordinal))
                parameter.zero_();
        }
    }
}
