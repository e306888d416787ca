using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Recursion;

/// <summary>Some tokens of each row, in their order, at the front of rows that are as long as the longest selection; what fills the shorter ones up are other tokens, which the causal order keeps from being seen.</summary>
internal sealed class PackedTokens
{
    private readonly long _length;
    private readonly Tensor _flat; // int64 [B K], the place of each token in the flattened rows

    private PackedTokens(Tensor index, Tensor order, Tensor valid, long[] counts, long length)
    {
        (Index, Order, Valid, Counts, _length) = (index, order, valid, counts, length);
        IsWhole = counts.All(count => count == length);
        using Scalar start = 0, end = index.size(0) * length, step = length; // held: see ScalarOperations
        _flat = Native.ScalarOperations.Plus(index, arange(start, end, step, dtype: ScalarType.Int64, device: index.device).unsqueeze(1)).flatten();
    }

    /// <summary>The place of each token in its row, int64 [B, K].</summary>
    public Tensor Index { get; }

    /// <summary>The place of each token among those that it was selected from, int64 [B, K].</summary>
    public Tensor Order { get; }

    /// <summary>Which of them are selected, bool [B, K]: those at the front.</summary>
    public Tensor Valid { get; }

    /// <summary>How many are selected, by row.</summary>
    public long[] Counts { get; }

    /// <summary>The longest selection, K.</summary>
    public long Width => Index.size(1);

    /// <summary>The tokens that are not padding, of rows bool [B, T].</summary>
    public static PackedTokens Of(Tensor visible)
    {
        var (order, counts) = FrontOrder(visible);
        return new(order, order, visible.gather(1, order), counts, visible.size(1));
    }

    /// <summary>Some of these tokens.</summary>
    /// <param name="chosen">Bool [B, K].</param>
    public PackedTokens Where(Tensor chosen)
    {
        var (order, counts) = FrontOrder(chosen);
        return new(Index.gather(1, order), order, chosen.gather(1, order), counts, _length);
    }

    /// <summary>Whether they are all tokens of all rows, each in its place.</summary>
    public bool IsWhole { get; }

    /// <summary>What belongs to the tokens, [B, T, ...] to [B, K, ...].</summary>
    public Tensor Gather(Tensor rows) =>
        IsWhole ? rows : rows.flatten(0, 1).index_select(0, _flat).view([Index.size(0), Width, .. rows.shape[2..]]);

    /// <summary>The rows with something else for the selected tokens, [B, K, ...].</summary>
    public Tensor Replace(Tensor rows, Tensor values)
    {
        if (IsWhole)
            return values;
        var selected = Valid.view([.. Valid.shape, .. Enumerable.Repeat(1L, (int)rows.dim() - 2)]);
        return rows.flatten(0, 1).index_copy(0, _flat, where(selected, values, Gather(rows)).flatten(0, 1)).view(rows.shape);
    }

    /// <summary>Places such that those chosen come first and the others after them, both in their order, cut at the longest row; and how many are chosen.</summary>
    private static (Tensor Order, long[] Counts) FrontOrder(Tensor chosen)
    {
        var counts = chosen.to(ScalarType.Int64).sum([1]).data<long>().ToArray();
        var length = chosen.size(1);
        using Scalar middle = length, end = 2 * length; // held: see ScalarOperations
        var keys = where(chosen, arange(middle, device: chosen.device), arange(middle, end, device: chosen.device));
        return (keys.argsort(1).narrow(1, 0, counts.Max()), counts);
    }
}
