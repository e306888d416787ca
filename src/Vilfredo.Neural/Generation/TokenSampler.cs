using System.Runtime.InteropServices;
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
        var (vocabulary, tokens, drawn) = (checked((int)logits.size(-1)), new RankedTokens(), new long[uniforms.Length]);
        var numbers = MemoryMarshal.Cast<byte, double>(logits.to(ScalarType.Float64).cpu().contiguous().bytes);
        for (var row = 0; row < drawn.Length; row++)
        {
            tokens.Load(numbers.Slice(row * vocabulary, vocabulary), options.Temperature);
            drawn[row] = Draw(tokens, options, uniforms[row]);
        }

        return drawn;
    }

    private static int Draw(RankedTokens tokens, SamplingOptions options, double uniform)
    {
        var (kept, mass) = Kept(tokens, options);
        var (reached, drawn) = (0.0, 0);
        for (var rank = 0; rank < kept && tokens.At(rank) is (var token, > 0) one; rank++)
        {
            drawn = token; // the last one with a mass, should rounding have pushed the target beyond the end
            if ((reached += one.Mass) > uniform * mass)
                break;
        }

        return drawn;
    }

    /// <summary>How many of the first tokens the cuts leave, and what they weigh together.</summary>
    private static (int Count, double Mass) Kept(RankedTokens tokens, SamplingOptions options)
    {
        if (options is { TopK: null, TopP: 1, MinP: 0 })
            return (int.MaxValue, tokens.Total);
        var most = options.TopK ?? int.MaxValue;
        var total = tokens.Total;
        if (options.TopK is not null)
        {
            total = 0;
            for (var rank = 0; rank < most && tokens.At(rank) is { } one; rank++)
                total += one.Mass;
        }

        var (count, before) = (0, 0.0);
        for (; count < most && (options.TopP == 1 || before < total * options.TopP) && tokens.At(count) is { } one && one.Mass >= options.MinP; count++)
            before += one.Mass;
        return (count, before);
    }
}
