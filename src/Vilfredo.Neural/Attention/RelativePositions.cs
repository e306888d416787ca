using static TorchSharp.torch;

namespace Vilfredo.Neural.Attention;

/// <summary>Distances between tokens as kinds (buckets): near ones one by one, far ones in logarithmic steps.</summary>
/// <remarks>Source: Raffel et al., T5, 2020, section 2.1; the rule is that of its released code, from memory.</remarks>
internal static class RelativePositions
{
    /// <summary>The kind of a distance.</summary>
    /// <param name="offset">The place of the token that is seen minus that of the one that sees.</param>
    /// <param name="bothWays">Whether what comes after has kinds of its own (half of them); else it is at distance 0.</param>
    /// <param name="buckets">The number of kinds.</param>
    /// <param name="maxDistance">From this distance on all are one kind.</param>
    public static int Bucket(int offset, bool bothWays, int buckets, int maxDistance)
    {
        var first = 0;
        if (bothWays)
        {
            buckets /= 2;
            if (offset > 0)
                first = buckets;
        }

        var distance = bothWays ? Math.Abs(offset) : Math.Max(0, -offset);
        var exact = buckets / 2;
        if (distance < exact)
            return first + distance;
        var far = exact + (int)(Math.Log((double)distance / exact) / Math.Log((double)maxDistance / exact) * (buckets - exact));
        return first + Math.Min(far, buckets - 1);
    }

    /// <summary>The kinds of all pairs of a sequence, int64 [T, T]: rows see, columns are seen.</summary>
    public static Tensor Buckets(int length, bool bothWays, int buckets, int maxDistance)
    {
        long[] ofOffset = [.. Enumerable.Range(1 - length, 2 * length - 1).Select(offset => (long)Bucket(offset, bothWays, buckets, maxDistance))];
        var all = new long[length * length];
        for (var row = 0; row < length; row++)
            Array.Copy(ofOffset, length - 1 - row, all, row * length, length);
        return tensor(all, [length, length]);
    }
}
