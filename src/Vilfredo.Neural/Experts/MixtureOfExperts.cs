using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Experts;

/// <summary>A feed-forward layer of many small ones: each token passes through the k that its router chooses, and through the shared one where there is one.</summary>
/// <remarks>
/// <para>Tokens are sorted by expert, each expert that got any reads its piece in one go, and the weighed outputs are added back to their tokens: the work is that
/// of k experts per token whatever their number, and no token is dropped. An expert that got no token has no gradient.</para>
/// <para>Source: Dai et al., DeepSeekMoE, 2024, equations 9 to 11; parameter names of Qwen2-MoE, Qwen3-MoE and DeepSeek-V3.</para>
/// </remarks>
public sealed class MixtureOfExperts : Module<Tensor, Tensor>
{
    [ComponentName(Name = "gate")]
    private readonly Router _router;

    [ComponentName(Name = "experts")]
    private readonly ModuleList<SwiGlu> _experts;

    [ComponentName(Name = "shared_experts")]
    private readonly SwiGlu? _shared;

    [ComponentName(Name = "shared_expert")]
    private readonly SwiGlu? _gatedShared;

    [ComponentName(Name = "shared_expert_gate")]
    private readonly Linear? _sharedGate;

    /// <summary>With TorchSharp's initial weights.</summary>
    /// <param name="hiddenSize">The size of a token, d.</param>
    /// <param name="shape">Sizes and rules.</param>
    public MixtureOfExperts(int hiddenSize, ExpertShape shape)
        : base(nameof(MixtureOfExperts))
    {
        Shape = shape;
        _router = new Router(hiddenSize, shape);
        Experts = [.. Enumerable.Range(0, shape.Routed).Select(_ => new SwiGlu(hiddenSize, shape.Width))];
        _experts = ModuleList([.. Experts]);
        if (shape.SharedWidth > 0 && shape.SharedIsGated)
        {
            _gatedShared = new SwiGlu(hiddenSize, shape.SharedWidth);
            _sharedGate = Linear(hiddenSize, 1, hasBias: false);
        }
        else if (shape.SharedWidth > 0)
        {
            _shared = new SwiGlu(hiddenSize, shape.SharedWidth);
        }

        RegisterComponents();
    }

    /// <summary>Sizes and rules.</summary>
    public ExpertShape Shape { get; }

    /// <summary>What chooses the experts.</summary>
    public Router Router => _router;

    /// <summary>The experts to choose from.</summary>
    public IReadOnlyList<SwiGlu> Experts { get; }

    /// <summary>Maps [..., d] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        var (output, routing) = Run(input);
        routing.Dispose();
        return output;
    }

    /// <summary>Maps [..., d] to the same shape, and says where each token went.</summary>
    public (Tensor Output, Routing Routing) Run(Tensor input)
    {
        using var scope = NewDisposeScope();
        var tokens = input.reshape(-1, input.size(-1)); // (N, d)
        var routing = _router.forward(tokens);
        var output = Routed(tokens, routing);
        if (_shared is not null)
            output = output.Plus(_shared.forward(tokens));
        if (_gatedShared is not null)
            output = output.Plus(_sharedGate!.forward(tokens).sigmoid() * _gatedShared.forward(tokens));
        return (output.view(input.shape).MoveToOuterDisposeScope(), routing.MoveToOuterDisposeScope());
    }

    private Tensor Routed(Tensor tokens, Routing routing)
    {
        var choices = routing.Chosen.reshape(-1);                      // (N k)
        var order = choices.argsort();
        var owners = order.floor_divide(Shape.PerToken);               // the token of each sorted choice
        var sorted = tokens.index_select(0, owners);                   // (N k, d)
        var outputs = new List<Tensor>();
        var start = 0L;
        using var counts = routing.Counts();
        foreach (var (expert, count) in counts.data<long>().ToArray().Index())
        {
            if (count > 0)
                outputs.Add(Experts[expert].forward(sorted.narrow(0, start, count)));
            start += count;
        }

        var weights = routing.Weights.reshape(-1).index_select(0, order).to(tokens.dtype).unsqueeze(1);
        return zeros_like(tokens).index_add(0, owners, cat(outputs, 0) * weights, 1);
    }
}
