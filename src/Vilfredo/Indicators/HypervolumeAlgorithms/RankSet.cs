using System.Numerics;
using System.Runtime.CompilerServices;

namespace Vilfredo.Indicators;

/// <summary>
/// A set of ranks 0..count-1 as a tree of 64-bit words: a rank's predecessor takes one step per level, so four steps for
/// sixteen million ranks.
/// </summary>
internal unsafe ref struct RankSet
{
    /// <summary>Enough levels for 2^31 ranks.</summary>
    private const int MaxLevels = 6;

    private readonly ulong** levels;
    private readonly int height;

    /// <summary>Lays the empty set out in memory of <see cref="Words"/> words; <paramref name="pointers"/> holds 6 pointers.</summary>
    public RankSet(ulong* memory, ulong** pointers, int count)
    {
        levels = pointers;
        new Span<ulong>(memory, Words(count)).Clear();
        for (height = 0; ;)
        {
            count = (count + 63) / 64;
            levels[height++] = memory;
            memory += count;
            if (count == 1)
                break;
        }
    }

    /// <summary>The words of memory that a set of <paramref name="count"/> ranks needs.</summary>
    public static int Words(int count)
    {
        var words = 0;
        do
        {
            count = (count + 63) / 64;
            words += count;
        }
        while (count > 1);
        return words;
    }

    /// <summary>Pointers for the constructor.</summary>
    public static int Pointers => MaxLevels;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Add(int rank)
    {
        for (var level = 0; level < height; level++)
        {
            var word = levels[level] + (rank >> 6);
            var wasEmpty = *word == 0;
            *word |= 1UL << rank;
            if (!wasEmpty)
                return;
            rank >>= 6;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Remove(int rank)
    {
        for (var level = 0; level < height; level++)
        {
            var word = levels[level] + (rank >> 6);
            *word &= ~(1UL << rank);
            if (*word != 0)
                return;
            rank >>= 6;
        }
    }

    /// <summary>The largest member below <paramref name="rank"/>; there must be one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Predecessor(int rank)
    {
        for (var level = 0; ; level++)
        {
            var below = levels[level][rank >> 6] & ((1UL << rank) - 1);
            rank >>= 6;
            if (below == 0)
                continue;
            rank = (rank << 6) + BitOperations.Log2(below);
            while (level > 0)
                rank = (rank << 6) + BitOperations.Log2(levels[--level][rank]);
            return rank;
        }
    }

    /// <summary>The smallest member above <paramref name="rank"/>; there must be one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Successor(int rank)
    {
        for (var level = 0; ; level++)
        {
            // Two shifts, because a shift by 64 would be none.
            var above = levels[level][rank >> 6] & (ulong.MaxValue << rank << 1);
            rank >>= 6;
            if (above == 0)
                continue;
            rank = (rank << 6) + BitOperations.TrailingZeroCount(above);
            while (level > 0)
                rank = (rank << 6) + BitOperations.TrailingZeroCount(levels[--level][rank]);
            return rank;
        }
    }
}
