namespace Vilfredo;

/// <summary>The argument checks that the low-discrepancy sequences share.</summary>
internal static class LowDiscrepancy
{
    public static void ValidateLength(ReadOnlySpan<double> point, int dimension)
    {
        if (point.Length != dimension)
        {
            throw new ArgumentException(
                $"point has {point.Length} elements but the sequence has {dimension} dimensions; pass a span of that length.",
                nameof(point));
        }
    }

    public static void ValidateIndex(long index, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, length);
    }

    public static long Advance(long position, long count, long length)
    {
        // Written without position + count, which could overflow.
        if (count < -position || count > length - position)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"From position {position} one can move to 0 .. {length}.");
        }

        return position + count;
    }
}
