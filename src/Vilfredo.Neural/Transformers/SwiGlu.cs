using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Transformers;

/// <summary>The gated feed-forward layer: down(silu(gate x) * up x).</summary>
/// <remarks>Source: Shazeer, GLU Variants Improve Transformer, 2020, equation 6, without biases.</remarks>
public sealed class SwiGlu : Module<Tensor, Tensor>
{
    private readonly Linear _gate;
    private readonly Linear _up;
    private readonly Linear _down;

    /// <summary>With TorchSharp's initial weights.</summary>
    public SwiGlu(int hiddenSize, int intermediateSize)
        : base(nameof(SwiGlu))
    {
        _gate = Linear(hiddenSize, intermediateSize, hasBias: false);
        _up = Linear(hiddenSize, intermediateSize, hasBias: false);
        _down = Linear(intermediateSize, hiddenSize, hasBias: false);
        register_module("gate_proj", _gate);
        register_module("up_proj", _up);
        register_module("down_proj", _down);
    }

    /// <summary>Maps [..., hidden size] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return _down.forward(functional.silu(_gate.forward(input)).mul(_up.forward(input))).MoveToOuterDisposeScope();
    }
}
