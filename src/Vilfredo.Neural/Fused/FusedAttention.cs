using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Fused;

/// <summary>Causal attention of short sequences: softmax(q k' / sqrt(n)) v over the keys up to each query. No more than that half of the scores is computed.</summary>
/// <remarks>The weights are kept for the way back, so memory grows with the square of the length, which <see cref="Longest"/> bounds. The library's function serves the rest; it is made for long sequences.</remarks>
internal sealed class FusedAttention : autograd.SingleTensorFunction<FusedAttention>
{
    /// <summary>The longest sequence that this serves.</summary>
    public const int Longest = 256;

    /// <inheritdoc/>
    public override string Name => nameof(FusedAttention);

    /// <summary>Attends.</summary>
    /// <param name="ctx">What the way back needs.</param>
    /// <param name="vars">Queries, [B, H, T, n], keys and values, [B, KV, T, n], where KV divides H.</param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (queries, keys, values) = (((Tensor)vars[0]).contiguous(), ((Tensor)vars[1]).contiguous(), ((Tensor)vars[2]).contiguous());
        var (heads, keyHeads) = ((int)(queries.size(0) * queries.size(1)), (int)(keys.size(0) * keys.size(1)));
        var (length, size, group) = ((int)queries.size(2), (int)queries.size(3), heads / keyHeads);
        var (output, weights) = (empty_like(queries), empty(heads, AttentionPanels.Padded(length), AttentionPanels.Padded(length)));
        ForEach(keyHeads, length, size, (keyHead, panels) =>
        {
            panels.LoadKeys(Head(keys, keyHead), Head(values, keyHead));
            for (var head = keyHead * group; head < (keyHead + 1) * group; head++)
                panels.Attend(Head(queries, head), Head(weights, head), Head(output, head));
        });
        ctx.save_for_backward([queries, keys, values, weights]);
        return output;
    }

    /// <summary>The gradients of queries, keys and values; a key's is the sum over the query heads that share it.</summary>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (queries, keys, values, weights, outer) = (saved[0], saved[1], saved[2], saved[3], grad_output.contiguous());
        var (heads, keyHeads) = ((int)(queries.size(0) * queries.size(1)), (int)(keys.size(0) * keys.size(1)));
        var (length, size, group) = ((int)queries.size(2), (int)queries.size(3), heads / keyHeads);
        var (queryGradient, keyGradient, valueGradient) = (empty_like(queries), zeros_like(keys), zeros_like(values));
        ForEach(keyHeads, length, size, (keyHead, panels) =>
        {
            panels.LoadKeys(Head(keys, keyHead), Head(values, keyHead));
            for (var head = keyHead * group; head < (keyHead + 1) * group; head++)
                panels.Return(Head(queries, head), Head(weights, head), Head(outer, head), Head(queryGradient, head), Head(keyGradient, keyHead), Head(valueGradient, keyHead));
        });
        return [queryGradient, keyGradient, valueGradient];
    }

    private static Span<float> Head(Tensor all, int head)
    {
        var size = (int)(all.size(-1) * all.size(-2));
        return TensorMemory.Numbers(all).Slice(head * size, size);
    }

    private static void ForEach(int count, int length, int size, Action<int, AttentionPanels> work)
    {
        if (get_num_threads() > 1)
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() };
            Parallel.For(0, count, options, () => new AttentionPanels(length, size), (i, _, panels) =>
            {
                work(i, panels);
                return panels;
            }, panels => panels.Dispose());
            return;
        }

        using var own = new AttentionPanels(length, size);
        for (var i = 0; i < count; i++)
            work(i, own);
    }
}
