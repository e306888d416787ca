using System.Numerics;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Sorts indices by numbers as plain integers: a number's order-preserving bits, of which the lowest make room for the index.
/// </summary>
/// <remarks>
/// Numbers that agree in all but the bits the index takes come in the order of their index, though they may differ by a
/// relative 2^-52 times the number of indices; the caller puts that right where it matters.
/// </remarks>
internal static class IndexedSort
{
    /// <summary>The key of a number and its index out of <paramref name="count"/>.</summary>
    public static ulong Key(double value, int index, int count)
    {
        var bits = BitConverter.DoubleToInt64Bits(value + 0.0); // -0 becomes 0
        var ordered = (ulong)(bits ^ (bits >> 63 | long.MinValue));
        return ordered & ~Mask(count) | (uint)index;
    }

    /// <summary>Sorts the keys and writes the indices in the order of their numbers.</summary>
    public static void Sort(Span<ulong> keys, Span<int> indices)
    {
        keys.Sort();
        var mask = Mask(keys.Length);
        for (var i = 0; i < keys.Length; i++) indices[i] = (int)(keys[i] & mask);
    }

    private static ulong Mask(int count) => BitOperations.RoundUpToPowerOf2((uint)count) - 1;
}
