using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Fused;

/// <summary>silu(gate) * up, where gate and up stand side by side in each row; one walk forward and one back.</summary>
internal sealed class FusedSwiGlu : autograd.SingleTensorFunction<FusedSwiGlu>
{
    /// <inheritdoc/>
    public override string Name => nameof(FusedSwiGlu);

    /// <summary>Gates.</summary>
    /// <param name="ctx">What the way back needs.</param>
    /// <param name="vars">The contiguous rows, [..., 2 n]; the output is [..., n].</param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var packed = ((Tensor)vars[0]).contiguous();
        var size = packed.size(-1) / 2;
        var sigmoid = packed.narrow(-1, 0, size).sigmoid().contiguous();
        var output = empty_like(sigmoid);
        var both = TensorMemory.Vectors(packed);
        var sigmas = TensorMemory.Vectors(sigmoid);
        var y = TensorMemory.Vectors(output);
        var width = (int)size / Vector<float>.Count;
        for (int row = 0, at = 0; at < y.Length; row++)
        {
            var gate = both.Slice(2 * row * width, width);
            var up = both.Slice((2 * row + 1) * width, width);
            for (var i = 0; i < width; i++, at++)
                y[at] = gate[i] * sigmas[at] * up[i];
        }

        ctx.save_for_backward([packed, sigmoid]);
        return output;
    }

    /// <summary>With s = sigmoid(gate): d gate = dy up s (1 + gate (1 - s)), d up = dy gate s.</summary>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (packed, sigmoid, outer) = (saved[0], saved[1], grad_output.contiguous());
        var gradient = empty_like(packed);
        var both = TensorMemory.Vectors(packed);
        var back = TensorMemory.Vectors(gradient);
        var sigmas = TensorMemory.Vectors(sigmoid);
        var dy = TensorMemory.Vectors(outer);
        var width = (int)sigmoid.size(-1) / Vector<float>.Count;
        var one = Vector<float>.One;
        for (int row = 0, at = 0; at < dy.Length; row++)
        {
            var gate = both.Slice(2 * row * width, width);
            var up = both.Slice((2 * row + 1) * width, width);
            var gateBack = back.Slice(2 * row * width, width);
            var upBack = back.Slice((2 * row + 1) * width, width);
            for (var i = 0; i < width; i++, at++)
            {
                var weighted = dy[at] * sigmas[at];
                gateBack[i] = weighted * up[i] * (one + gate[i] * (one - sigmas[at]));
                upBack[i] = weighted * gate[i];
            }
        }

        return [gradient];
    }
}
