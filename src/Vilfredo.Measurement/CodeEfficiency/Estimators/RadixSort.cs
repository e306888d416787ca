namespace Vilfredo.Measurement.CodeEfficiency.Estimators;

/// <summary>Sorts many doubles by their bits, a byte at a time from the lowest on: O(n), where comparing takes O(n log n).</summary>
internal static class RadixSort
{
    private const int Digits = sizeof(ulong), Values = 256;
    private const int Few = 2048; // up to here comparing is faster

    /// <summary>Sorts ascending.</summary>
    /// <param name="values">No NaN.</param>
    public static void Ascending(double[] values)
    {
        if (values.Length <= Few)
        {
            Array.Sort(values);
            return;
        }

        var (keys, other) = (new ulong[values.Length], new ulong[values.Length]);
        var counts = new int[Digits * Values];
        for (var i = 0; i < values.Length; i++)
        {
            // The sign bit flipped for numbers above zero, all bits for those below: then the bits are ordered as the numbers are.
            var bits = BitConverter.DoubleToUInt64Bits(values[i]);
            var key = bits ^ ((ulong)((long)bits >> 63) | 1UL << 63);
            keys[i] = key;
            for (var digit = 0; digit < Digits; digit++) counts[digit * Values + (int)(key >> 8 * digit & 0xFF)]++;
        }

        for (var digit = 0; digit < Digits; digit++)
        {
            var starts = counts.AsSpan(digit * Values, Values);
            if (starts[(int)(keys[0] >> 8 * digit & 0xFF)] == keys.Length) continue; // all alike
            var sum = 0;
            for (var value = 0; value < Values; value++) (starts[value], sum) = (sum, sum + starts[value]);
            foreach (var key in keys) other[starts[(int)(key >> 8 * digit & 0xFF)]++] = key;
            (keys, other) = (other, keys);
        }

        for (var i = 0; i < values.Length; i++)
        {
            var key = keys[i];
            values[i] = BitConverter.UInt64BitsToDouble(key ^ ((ulong)((long)~key >> 63) | 1UL << 63));
        }
    }
}
