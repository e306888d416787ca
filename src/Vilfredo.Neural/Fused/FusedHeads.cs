using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Fused;

/// <summary>Queries, keys and values, side by side in each token's row, laid out by heads, queries and keys turned by their positions; one walk forward and one back.</summary>
internal sealed class FusedHeads : autograd.MultiTensorFunction<FusedHeads>
{
    /// <inheritdoc/>
    public override string Name => nameof(FusedHeads);

    /// <summary>Lays out and turns.</summary>
    /// <param name="ctx">What the way back needs.</param>
    /// <param name="vars">The contiguous rows, [B, T, (H + 2 KV) n]; cosines and sines of the angles, [T, n/2] or [B, 1, T, n/2]; H and KV, the numbers of query and of key heads.</param>
    /// <returns>Queries, [B, H, T, n], keys and values, [B, KV, T, n].</returns>
    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (rows, cosine, sine, heads, keyHeads) = (((Tensor)vars[0]).contiguous(), ((Tensor)vars[1]).contiguous(), ((Tensor)vars[2]).contiguous(), (int)vars[3], (int)vars[4]);
        List<Tensor> parts = [.. new[] { heads, keyHeads, keyHeads }.Select(count => empty(rows.size(0), count, rows.size(1), 2 * cosine.size(-1)))];
        Walk(rows, parts, cosine, sine, back: false);
        ctx.save_for_backward([cosine, sine]);
        return parts;
    }

    /// <summary>Turns the gradients of queries and keys back, and lays all three side by side.</summary>
    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        var angles = ctx.get_saved_variables();
        Tensor[] parts = [.. grad_outputs.Select(gradient => gradient.contiguous())];
        var rows = empty(parts[0].size(0), parts[0].size(2), parts.Sum(part => part.size(1)) * parts[0].size(3));
        Walk(rows, parts, angles[0], angles[1], back: true);
        return [rows, null!, null!, null!, null!];
    }

    private static void Walk(Tensor rows, IReadOnlyList<Tensor> parts, Tensor cosine, Tensor sine, bool back)
    {
        var batch = (int)rows.size(0);
        var length = (int)rows.size(1);
        var direction = back ? -1f : 1f;
        var side = TensorMemory.Vectors(rows);
        var cosines = TensorMemory.Vectors(cosine);
        var sines = TensorMemory.Vectors(sine);
        var width = side.Length / (batch * length);
        var half = (int)cosine.size(-1) / Vector<float>.Count;
        var offset = 0;
        foreach (var (number, part) in parts.Index())
        {
            var apart = TensorMemory.Vectors(part);
            var heads = (int)part.size(1);
            var turns = number < 2;
            for (var token = 0; token < batch * length; token++)
            {
                var (row, place) = Math.DivRem(token, length);
                var angle = half * (cosine.dim() == 2 ? place : token);
                for (var head = 0; head < heads; head++)
                {
                    var together = side.Slice(token * width + offset + 2 * half * head, 2 * half);
                    var own = apart.Slice(2 * half * ((row * heads + head) * length + place), 2 * half);
                    var from = back ? own : together;
                    var to = back ? together : own;
                    if (turns)
                        Turn(from, to, cosines.Slice(angle, half), sines.Slice(angle, half), direction);
                    else
                        from.CopyTo(to);
                }
            }

            offset += 2 * half * heads;
        }
    }

    private static void Turn(ReadOnlySpan<Vector<float>> from, Span<Vector<float>> to, ReadOnlySpan<Vector<float>> cosine, ReadOnlySpan<Vector<float>> sine, float direction)
    {
        var half = cosine.Length;
        for (var i = 0; i < half; i++)
        {
            var (first, second, turn) = (from[i], from[half + i], sine[i] * direction);
            to[i] = first * cosine[i] - second * turn;
            to[half + i] = second * cosine[i] + first * turn;
        }
    }
}
