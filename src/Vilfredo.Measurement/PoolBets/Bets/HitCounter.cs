using System.Numerics;

namespace Vilfredo.Measurement.PoolBets.Bets;

/// <summary>Counts hits by bits: a column has one bit for the outcome of each match, two agree where both have it.</summary>
internal sealed class HitCounter
{
    private readonly int[] offsets;
    private readonly int words;

    public HitCounter(Coupon coupon)
    {
        offsets = new int[coupon.Count];
        var bits = 0;
        for (var i = 0; i < coupon.Count; i++) (offsets[i], bits) = (bits, bits + coupon.Matches[i].Count);
        words = (bits + 63) / 64;
    }

    public ulong[] Encode(ReadOnlySpan<int> column)
    {
        var encoded = new ulong[words];
        for (var i = 0; i < column.Length; i++)
        {
            var bit = offsets[i] + column[i];
            encoded[bit >> 6] |= 1UL << (bit & 63);
        }

        return encoded;
    }

    public static int Hits(ulong[] first, ulong[] second)
    {
        var hits = 0;
        for (var i = 0; i < first.Length; i++) hits += BitOperations.PopCount(first[i] & second[i]);
        return hits;
    }
}
