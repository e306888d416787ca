namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The points seen, by a 64-bit hash of their decisions. Two different points are taken for the same with a probability of
/// about 2^-64 per pair, which costs no more than a needless second try.
/// </summary>
internal sealed class GenomeSet
{
    private readonly HashSet<ulong> hashes = [];

    /// <summary>Adds a point; false when it was there already.</summary>
    public bool Add(ReadOnlySpan<double> decisions) => hashes.Add(Hash(decisions));

    public bool Contains(ReadOnlySpan<double> decisions) => hashes.Contains(Hash(decisions));

    public void Clear() => hashes.Clear();

    /// <summary>The hash of a point.</summary>
    public static ulong Hash(ReadOnlySpan<double> decisions)
    {
        var hash = 0x9E3779B97F4A7C15UL;
        foreach (var value in decisions)
        {
            // Adding zero makes -0 equal to 0. Multiply and fold: both halves of the product depend on all bits.
            var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
            var high = Math.BigMul(hash ^ bits, 0xD6E8FEB86659FD93UL, out var low);
            hash = (high ^ low) + 0x9E3779B97F4A7C15UL;
        }

        return hash;
    }
}
