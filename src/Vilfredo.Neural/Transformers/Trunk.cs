using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Caches;
using Vilfredo.Neural.Recursion;
using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Streams;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Transformers;

/// <summary>Everything but the output head; its names are those under "model." in a checkpoint.</summary>
internal sealed class Trunk : Module
{
    private readonly DecoderConfig _config;

    private readonly PredictionLayer[] _further;

    [ComponentName(Name = "embed_tokens")]
    private readonly Embedding _embedding;

    [ComponentName(Name = "layers")]
    private readonly ModuleList<Module> _layers;

    [ComponentName(Name = "norm")]
    private readonly RmsNorm _norm;

    [ComponentName(Name = "aggregate_layer")]
    private readonly StreamAggregator? _aggregator;

    [ComponentName(Name = "mor_router")]
    private readonly ModuleList<Module<Tensor, Tensor>>? _routers;

    [ComponentName(Name = "mor_auxiliary_router")]
    private readonly ModuleList<Module<Tensor, Tensor>>? _auxiliaryRouters;

    [ComponentName(Name = "mor_balance_bias")]
    private readonly Tensor? _balanceBias;

    public Trunk(DecoderConfig config)
        : base(nameof(Trunk))
    {
        _config = config;
        Plan = LayerPlan.Of(config);
        _embedding = nn.Embedding(config.VocabSize, config.HiddenSize);
        Layers = [.. Enumerable.Range(0, Plan.StoredLayers).Select(stored => new DecoderLayer(config, Plan.FirstUse(stored)))];
        _further = [.. Enumerable.Range(config.NumHiddenLayers, config.NumNextnPredictLayers ?? 0).Select(layer => new PredictionLayer(config, layer))];
        _layers = ModuleList([.. Layers.Cast<Module>(), .. _further]);
        _norm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        if (config.Streams is { } streams)
            _aggregator = new StreamAggregator(streams, config.HiddenSize);
        if (config.Recursion is { Routing: { } routing, Recursions: var recursions })
        {
            _routers = ModuleList(DepthRouters.Make(routing, config.HiddenSize, recursions));
            if (routing.AuxiliaryRouter)
                _auxiliaryRouters = ModuleList(DepthRouters.MakeAuxiliary(config.HiddenSize, recursions));
            if (routing.BalancesByBias)
                _balanceBias = zeros(recursions);
        }

        RegisterComponents();
    }

    public LayerPlan Plan { get; }

    public Embedding Embedding => _embedding;

    /// <summary>The layers that are stored.</summary>
    public DecoderLayer[] Layers { get; }

    /// <summary>What helps tokens to pick their number of recursions, [R].</summary>
    public Tensor? BalanceBias => _balanceBias;

    /// <summary>An empty cache.</summary>
    public KeyValueCache NewCache() => _routers is null ? new(Plan.CachedLayers, _config.Streams?.Count ?? 1) : new(Plan.CachedDepths);

    /// <summary>Matrices from N(0, range^2), biases 0; all else stays.</summary>
    public static void Initialize(Module module, double range, long seed)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (parameter.dim() > 1)
                parameter.normal_(0, range, generator);
            else if (name.EndsWith("bias", StringComparison.Ordinal))
                parameter.zero_();
        }
    }

    /// <summary>One pass up to the last normalisation.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="causal">Whether tokens see what came before them alone; else they see all.</param>
    public TrunkOutput Run(DecoderInput input, bool causal = true)
    {
        var states = Embedded(input);
        var (batch, length) = (states.size(0), states.size(1));
        var past = input.Cache?.Length ?? 0;
        if (input.Cache is { } cache && cache.Layers.Count != Plan.CachedLayers)
            throw new ArgumentException($"The cache has {cache.Layers.Count} layers and the model needs one of {Plan.CachedLayers}; take one from {nameof(NewCache)}.", nameof(input));

        var visible = input.Visible ?? ones([batch, length], dtype: ScalarType.Bool, device: states.device);
        CheckShape(visible, batch, length, nameof(input.Visible));
        var positions = input.Positions ?? AttentionMasks.Positions(visible, input.Cache);
        CheckShape(positions, batch, length, nameof(input.Positions));
        input.Cache?.Extend(positions, visible);

        // Without padding, cache and positions of the caller's every row has the same angles.
        var plain = input is { Positions: null, Visible: null, Cache: null };
        using Scalar end = length; // held: see ScalarOperations
        var rotary = RotaryAngles.At(plain ? arange(end, device: states.device) : InStreams(positions), _config.RotaryDimensions, _config.RopeTheta, states.dtype);
        var masks = new AttentionMasks(input, positions, visible, past, _config.Streams, causal);
        var pass = new ForwardPass(input, positions, visible, past, rotary, masks, input.KeepsRoutings ? [] : null);
        (states, var depths) = Layered(InStreams(states), pass);
        states = _norm.forward(states);
        return new(_aggregator?.forward(states) ?? states, depths, pass);
    }

    /// <summary>For each further prediction the states from which a head makes logits, [B, T - k, d] for the k-th, whose token i sees what the i-th of the pass sees and the k tokens after it.</summary>
    public IReadOnlyList<Tensor> PredictFurther(DecoderInput input, TrunkOutput run)
    {
        if (input.Cache is not null || input.Ids is not { } ids)
            throw new ArgumentException("Further tokens are predicted from ids and without a cache, as in training.", nameof(input));
        var length = ids.size(1);
        var (previous, embedded, predictions) = (run.States, _embedding.forward(ids), new List<Tensor>());
        var mask = run.Pass.Masks.For(_config.WindowOf(_config.NumHiddenLayers - 1));
        foreach (var (depth, layer) in _further.Index())
        {
            var count = length - depth - 1;
            if (count < 1)
                break;
            using var rotary = RotaryAngles.At(run.Pass.Positions.narrow(1, 0, count), _config.RotaryDimensions, _config.RopeTheta, previous.dtype);
            var seen = mask is null || mask.size(-1) == 1 ? mask : mask.narrow(-1, 0, count);
            seen = seen is null || seen.size(-2) == 1 ? seen : seen.narrow(-2, 0, count);
            previous = layer.forward(previous.narrow(1, 0, count), embedded.narrow(1, depth + 1, count), new(new(rotary, seen, null)));
            predictions.Add(layer.Head.forward(previous));
        }

        return predictions;
    }

    /// <summary>The states after the last layer, and how the tokens came through a mixture of recursions.</summary>
    private (Tensor States, DepthRouting? Depths) Layered(Tensor states, ForwardPass pass)
    {
        states = pass.Tap(0, states);
        if (_routers is null)
            return (Ordinary(states, pass, 0, Plan.Stored.Count), null);
        states = Ordinary(states, pass, 0, Plan.Before);
        using var recursion = new RoutedRecursion(_config, Plan, Layers, pass);
        (states, var depths) = _config.Recursion!.Routing!.Choice == RoutingChoice.Token
            ? new TokenChoice(recursion, _routers[0], _balanceBias).Run(states)
            : new ExpertChoice(recursion, _routers, _auxiliaryRouters).Run(states);
        return (Ordinary(states, pass, Plan.Stored.Count - Plan.Before, Plan.Stored.Count), depths);
    }

    /// <summary>Layers that every token passes.</summary>
    private Tensor Ordinary(Tensor states, ForwardPass pass, int first, int end)
    {
        var shared = new SharedKeyValues?[Layers.Length];
        for (var layer = first; layer < end; layer++)
        {
            var stored = Plan.Stored[layer];
            if (_config.Recursion is { KeyValues: KeyValueSharing.Shared, Routing: null })
                shared[stored] ??= new();
            var attention = new AttentionContext(pass.Rotary, pass.Masks.For(_config.WindowOf(layer)), pass.Cache?.Layers[Plan.Cached[layer]], shared[stored]);
            states = pass.Tap(layer + 1, Layers[stored].forward(states, new(attention, pass.Routings)));
        }

        foreach (var one in shared)
            one?.Dispose();
        return states;
    }

    /// <summary>Rows, [B, ...], once for each stream, streams outermost: [P x B, ...].</summary>
    private Tensor InStreams(Tensor rows) =>
        _config.Streams is { } streams ? rows.repeat([streams.Count, .. Enumerable.Repeat(1L, (int)rows.dim() - 1)]) : rows;

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
            return ids.dim() == 2 && ids.size(1) > 0 ? _embedding.forward(ids) : throw new ArgumentException($"The ids have the shape [{string.Join(", ", ids.shape)}]; it must be [batch, tokens] with at least one token.", nameof(input));
        return input.Embeddings!.dim() == 3 && input.Embeddings.size(1) > 0 && input.Embeddings.size(2) == _config.HiddenSize
            ? input.Embeddings
            : throw new ArgumentException($"The embeddings have the shape [{string.Join(", ", input.Embeddings.shape)}]; it must be [batch, tokens, {_config.HiddenSize}] with at least one token.", nameof(input));
    }
}
