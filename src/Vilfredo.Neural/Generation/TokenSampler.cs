using TorchSharp;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Generation;

/// <summary>Draws one token per row from logits.</summary>
/// <remarks>Numbers that operations take live until the operation has ended, as <see cref="Native.ScalarOperations"/> explains: models answer while other threads work, and collect.</remarks>
internal static class TokenSampler
{
    /// <summary>Lowers the logits of tokens that a row already contains.</summary>
    public static Tensor Penalize(Tensor logits, IReadOnlyList<IReadOnlyList<int>> sequences, double penalty)
    {
        using var scope = NewDisposeScope();
        using Scalar zero = 0, factor = penalty, yes = true;
        var seen = zeros(logits.shape, dtype: ScalarType.Bool);
        for (var row = 0; row < sequences.Count; row++)
        {
            using var ids = tensor(sequences[row].Distinct().Select(id => (long)id).ToArray());
            using var line = seen[row];
            line.index_fill_(0, ids, yes);
        }

        return where(seen, where(logits.gt(zero), logits.div(factor), logits.mul(factor)), logits).MoveToOuterDisposeScope();
    }

    /// <summary>Draws a token for each row of <paramref name="logits"/>, [B, V], by inverting the distribution at <paramref name="uniforms"/>, each in [0, 1).</summary>
    public static long[] Draw(Tensor logits, SamplingOptions options, ReadOnlySpan<double> uniforms)
    {
        using var scope = NewDisposeScope();
        if (options.Temperature == 0)
            return logits.argmax(-1).data<long>().ToArray();

        // From the most probable token on; stable, so that equal tokens keep the order of their ids.
        using Scalar zero = 0, one = 1, temperature = options.Temperature, topP = options.TopP, minP = options.MinP;
        var (sorted, order) = sort(logits.to(ScalarType.Float64).div(temperature), dim: -1, descending: true, stable: true);
        var mass = sorted.sub(sorted.narrow(-1, 0, 1)).exp(); // relative to the most probable token
        if (options.TopK is { } k && k < mass.size(-1))
            mass.narrow(-1, k, mass.size(-1) - k).zero_();
        if (options.TopP < 1)
        {
            var before = mass.cumsum(-1).sub(mass);
            mass = mass.masked_fill(before >= mass.sum(-1, keepdim: true).mul(topP), zero);
        }

        if (options.MinP > 0)
            mass = mass.masked_fill(mass.lt(minP), zero);
        var reached = mass.cumsum(-1);
        var target = tensor(uniforms.ToArray()).unsqueeze(-1) * mass.sum(-1, keepdim: true);
        var last = mass.gt(zero).sum(-1, keepdim: true).sub(one); // against a target that rounding has pushed to the end
        var place = minimum((reached <= target).sum(-1, keepdim: true), last);
        return order.gather(-1, place).view(-1).data<long>().ToArray();
    }
}
