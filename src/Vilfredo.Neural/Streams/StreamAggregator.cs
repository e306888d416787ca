using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Streams;

/// <summary>Mixes the states of parallel streams token by token, with weights that depend on all of them.</summary>
/// <remarks>
/// w = softmax(B SiLU(A [h_1, ..., h_P] + a) + b), then w = (1 - eps) w + eps / P, and the mixture is the sum of w_p h_p.
/// Since the output head is linear, mixing states is mixing logits. Source: the ParScale repository's model; names of parameters and the order of the
/// states (all streams of a dimension side by side) are those of its checkpoints.
/// </remarks>
public sealed class StreamAggregator : Module<Tensor, Tensor>
{
    private readonly StreamShape _shape;

    [ComponentName(Name = "0")]
    private readonly Linear _inner;

    [ComponentName(Name = "2")]
    private readonly Linear _outer;

    /// <summary>With TorchSharp's initial weights.</summary>
    /// <param name="shape">The streams.</param>
    /// <param name="width">The size of a state, d.</param>
    public StreamAggregator(StreamShape shape, int width)
        : base(nameof(StreamAggregator))
    {
        _shape = shape;
        _inner = Linear((long)shape.Count * width, width);
        _outer = Linear(width, shape.Count);
        RegisterComponents();
    }

    /// <summary>Mixes states, [P x B, T, d] with the streams outermost, to [B, T, d].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var states = input.view(_shape.Count, -1, input.size(1), input.size(2)); // (P, B, T, d)
        var weights = Weights(states); // (B, T, P)
        return states.mul(weights.permute(2, 0, 1).unsqueeze(-1)).sum([0]).MoveToOuterDisposeScope();
    }

    /// <summary>The weights of the streams, [B, T, P], for states [P, B, T, d]; they sum to 1.</summary>
    public Tensor Weights(Tensor states)
    {
        using var scope = NewDisposeScope();
        var side = states.permute(1, 2, 3, 0).flatten(2); // (B, T, d P)
        var weights = functional.softmax(_outer.forward(functional.silu(_inner.forward(side))), -1);
        return (weights * (1 - _shape.Smoothing) + (_shape.Smoothing / _shape.Count)).MoveToOuterDisposeScope();
    }
}
