using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Attention;
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
        _layers = ModuleList([.. Layers.Cast<Module>()]);
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

    public RmsNorm Norm => _norm;

    public StreamAggregator? Aggregator => _aggregator;

    /// <summary>What helps tokens to pick their number of recursions, [R].</summary>
    public Tensor? BalanceBias => _balanceBias;

    /// <summary>The states after the last layer, and how the tokens came through a mixture of recursions.</summary>
    public (Tensor States, DepthRouting? Depths) Run(Tensor states, ForwardPass pass)
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
}
