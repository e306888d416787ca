namespace Vilfredo.Optimization;

/// <summary>Numbers the points of a Cartesian product of finite sets; the last set varies fastest.</summary>
internal static class MixedRadix
{
    /// <summary>The number of combinations, or <see langword="null"/> when it does not fit a <see cref="long"/>.</summary>
    public static long? Product(ReadOnlySpan<long> radices)
    {
        var product = 1L;
        foreach (var radix in radices)
        {
            if (radix > long.MaxValue / product) return null;
            product *= radix;
        }

        return product;
    }

    /// <summary>Splits an ordinal into one digit per set.</summary>
    public static void Decode(long ordinal, ReadOnlySpan<long> radices, Span<long> digits)
    {
        for (var j = radices.Length - 1; j >= 0; j--)
            (ordinal, digits[j]) = Math.DivRem(ordinal, radices[j]);
    }
}
