using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Fused;

/// <summary>w x / sqrt(mean(x^2) + eps) over the last dimension, one walk forward and one back.</summary>
internal sealed class FusedRmsNorm : autograd.SingleTensorFunction<FusedRmsNorm>
{
    /// <inheritdoc/>
    public override string Name => nameof(FusedRmsNorm);

    /// <summary>Normalises.</summary>
    /// <param name="ctx">What the way back needs.</param>
    /// <param name="vars">The input, [..., size]; the weight, [size]; epsilon.</param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, epsilon) = (((Tensor)vars[0]).contiguous(), (Tensor)vars[1], (double)vars[2]);
        var size = (int)input.size(-1);
        var (output, scale) = (empty_like(input), empty(input.numel() / size));
        var x = TensorMemory.Vectors(input);
        var y = TensorMemory.Vectors(output);
        var w = TensorMemory.Vectors(weight);
        var scales = TensorMemory.Numbers(scale);
        for (var row = 0; row < scales.Length; row++)
        {
            var from = x.Slice(row * w.Length, w.Length);
            var to = y.Slice(row * w.Length, w.Length);
            var squares = Vector<float>.Zero;
            foreach (var v in from)
                squares += v * v;
            scales[row] = 1 / MathF.Sqrt(Vector.Sum(squares) / size + (float)epsilon);
            for (var i = 0; i < w.Length; i++)
                to[i] = from[i] * scales[row] * w[i];
        }

        ctx.save_for_backward([input, weight, scale]);
        return output;
    }

    /// <summary>With n = x s the normalised input and u = w dy: dx = s (u - n mean(u n)), dw = the sum of dy n over the rows.</summary>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (input, weight, scale, outer) = (saved[0], saved[1], saved[2], grad_output.contiguous());
        var (inputGradient, weightGradient) = (empty_like(input), zeros_like(weight));
        var x = TensorMemory.Vectors(input);
        var dx = TensorMemory.Vectors(inputGradient);
        var dy = TensorMemory.Vectors(outer);
        var w = TensorMemory.Vectors(weight);
        var dw = TensorMemory.Vectors(weightGradient);
        var scales = TensorMemory.Numbers(scale);
        for (var row = 0; row < scales.Length; row++)
        {
            var from = x.Slice(row * w.Length, w.Length);
            var back = dy.Slice(row * w.Length, w.Length);
            var to = dx.Slice(row * w.Length, w.Length);
            var (s, products) = (scales[row], Vector<float>.Zero);
            for (var i = 0; i < w.Length; i++)
            {
                var share = back[i] * (from[i] * s);
                dw[i] += share;
                products += share * w[i];
            }

            var mean = Vector.Sum(products) / input.size(-1);
            for (var i = 0; i < w.Length; i++)
                to[i] = (back[i] * w[i] - from[i] * (s * mean)) * s;
        }

        return [inputGradient, weightGradient, null!];
    }
}
