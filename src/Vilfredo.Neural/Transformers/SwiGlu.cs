using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Fused;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Transformers;

/// <summary>The gated feed-forward layer: down(silu(gate x) * up x).</summary>
/// <remarks>Source: Shazeer, GLU Variants Improve Transformer, 2020, equation 6, without biases.</remarks>
public sealed class SwiGlu : Module<Tensor, Tensor>
{
    [ComponentName(Name = "gate_proj")]
    private readonly Linear _gate;

    [ComponentName(Name = "up_proj")]
    private readonly Linear _up;

    [ComponentName(Name = "down_proj")]
    private readonly Linear _down;

    /// <summary>With TorchSharp's initial weights.</summary>
    public SwiGlu(int hiddenSize, int intermediateSize)
        : base(nameof(SwiGlu))
    {
        _gate = Linear(hiddenSize, intermediateSize, hasBias: false);
        _up = Linear(hiddenSize, intermediateSize, hasBias: false);
        _down = Linear(intermediateSize, hiddenSize, hasBias: false);
        RegisterComponents();
    }

    /// <summary>Maps [..., hidden size] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (TensorMemory.Serves(input, _gate.weight!.size(0)))
            return _down.forward(FusedSwiGlu.apply(functional.linear(input, cat([_gate.weight, _up.weight!])))).MoveToOuterDisposeScope();
        return _down.forward(functional.silu(_gate.forward(input)).mul(_up.forward(input))).MoveToOuterDisposeScope();
    }
}
