using System.Numerics;
using System.Runtime.CompilerServices;

namespace Vilfredo.Sorting;

/// <summary>Sorts rows lexicographically, stably, by a two-digit radix sort on scaled keys that is repaired where keys tie.</summary>
/// <remarks>
/// A key is the first coordinate mapped monotonically onto as many bits as two digits hold. Rows whose keys tie are
/// sorted again by the bits that remain, then by the next coordinate, so the result is exact for any doubles
/// (infinities and both zeros included). Keys are linear in the value first, since that spreads usual data best; the
/// repair uses the bit patterns, which makes its depth at most four per coordinate. O(d n) for spread-out data.
/// </remarks>
internal sealed unsafe class RowOrder
{
    private const int InsertionLimit = 24;
    private const int OneDigitLimit = 512;
    private readonly PinnedBuffer<ulong> items = new();
    private readonly PinnedBuffer<ulong> scratch = new();
    private readonly PinnedBuffer<int> counts = new();

    /// <summary>Writes the ids 0..count-1 in the order of their rows; equal rows stay in the order of their ids.</summary>
    /// <param name="rows">The first row; no NaN.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="stride">Values from one row to the next.</param>
    /// <param name="coordinates">How many leading values of a row are compared.</param>
    /// <param name="order">Receives <paramref name="count"/> ids.</param>
    public void Sort(double* rows, int count, int stride, int coordinates, int* order)
    {
        var first = items.Ensure(count);
        for (var i = 0; i < count; i++)
            first[i] = (uint)i;

        var sorter = new Sorter(rows, stride, coordinates, counts.Ensure(2 << DigitBits(count)));
        sorter.SortRun(first, scratch.Ensure(count), count, 0, linear: true);
        for (var i = 0; i < count; i++)
            order[i] = (int)first[i];
        GC.KeepAlive(this);
    }

    private static int DigitBits(int count) => count < 4096 ? 8 : count < 400_000 ? 11 : 13;

    private readonly struct Sorter(double* rows, int stride, int coordinates, int* counts)
    {
        // An item holds its key in the high half and its row in the low half. Items of a run are in the order of their
        // ids when they arrive, and every step below is stable.
        public void SortRun(ulong* items, ulong* spare, int count, int coordinate, bool linear)
        {
            if (count <= InsertionLimit)
            {
                InsertionSort(items, count, coordinate);
                return;
            }

            double low, high;
            while (true)
            {
                (low, high) = Range(items, count, coordinate);
                if (low < high) break;
                linear = true;
                if (++coordinate == coordinates) return;
            }

            if (count <= OneDigitLimit)
            {
                SortSmallRun(items, spare, count, coordinate, low, high, linear);
                return;
            }

            var digitBits = DigitBits(count);
            var exact = SetKeys(items, count, coordinate, low, high, 2 * digitBits, linear);
            Distribute(items, spare, count, digitBits);

            var next = exact ? coordinate + 1 : coordinate;
            if (next < coordinates) SortTies(items, spare, count, next, linear: exact);
        }

        /// <summary>One digit, then insertion: what the keys leave to do is little as long as no bucket is large.</summary>
        private void SortSmallRun(ulong* items, ulong* spare, int count, int coordinate, double low, double high, bool linear)
        {
            var digitBits = BitOperations.Log2((uint)count - 1) + 1;
            SetKeys(items, count, coordinate, low, high, digitBits, linear);
            if (DistributeOnce(items, spare, count, 1 << digitBits) <= InsertionLimit)
                InsertionSort(items, count, coordinate);
            else
                SortTies(items, spare, count, coordinate, linear: false);
        }

        /// <summary>Where keys tie, goes on with the remaining bits, or with the next coordinate when none remain.</summary>
        private void SortTies(ulong* items, ulong* spare, int count, int coordinate, bool linear)
        {
            for (int start = 0, i = 1; i <= count; i++)
            {
                if (i < count && (items[i] >> 32) == (items[start] >> 32)) continue;
                if (i - start > 1)
                    SortRun(items + start, spare + start, i - start, coordinate, linear);
                start = i;
            }
        }

        private (double Low, double High) Range(ulong* items, int count, int coordinate)
        {
            var column = rows + coordinate;
            double low = column[(nint)(uint)items[0] * stride], high = low;
            for (var i = 1; i < count; i++)
            {
                Prefetch.Line(column + (nint)(uint)items[Math.Min(i + Prefetch.Distance, count - 1)] * stride);
                var value = column[(nint)(uint)items[i] * stride];
                low = value < low ? value : low;
                high = value > high ? value : high;
            }

            return (low, high);
        }

        /// <summary>Sets the keys and tells whether equal keys mean equal values.</summary>
        private bool SetKeys(
            ulong* items, int count, int coordinate, double low, double high, int keyBits, bool linear)
        {
            var column = rows + coordinate;
            var scale = ((1UL << keyBits) - 1) / (high - low);
            if (linear && double.IsFinite(high - low) && double.IsFinite(scale))
            {
                for (var i = 0; i < count; i++)
                {
                    var id = (uint)items[i];
                    var key = double.ConvertToIntegerNative<long>((column[(nint)id * stride] - low) * scale);
                    items[i] = ((ulong)key << 32) | id;
                }

                return false;
            }

            var origin = SortableBits(low);
            var shift = Math.Max(0, BitOperations.Log2(SortableBits(high) - origin) + 1 - keyBits);
            for (var i = 0; i < count; i++)
            {
                var id = (uint)items[i];
                var key = (SortableBits(column[(nint)id * stride]) - origin) >> shift;
                items[i] = (key << 32) | id;
            }

            return shift == 0;
        }

        private void Distribute(ulong* items, ulong* spare, int count, int digitBits)
        {
            var buckets = 1 << digitBits;
            var mask = (ulong)buckets - 1;
            var lows = counts;
            var highs = counts + buckets;
            new Span<int>(counts, 2 * buckets).Clear();
            for (var i = 0; i < count; i++)
            {
                var key = items[i] >> 32;
                lows[key & mask]++;
                highs[key >> digitBits]++;
            }

            int lowSum = 0, highSum = 0;
            for (var b = 0; b < buckets; b++)
            {
                (lows[b], lowSum) = (lowSum, lowSum + lows[b]);
                (highs[b], highSum) = (highSum, highSum + highs[b]);
            }

            for (var i = 0; i < count; i++)
                spare[lows[(items[i] >> 32) & mask]++] = items[i];
            for (var i = 0; i < count; i++)
                items[highs[spare[i] >> 32 >> digitBits]++] = spare[i];
        }

        /// <summary>Sorts by a digit of the keys, and returns the size of the largest bucket.</summary>
        private int DistributeOnce(ulong* items, ulong* spare, int count, int buckets)
        {
            var starts = counts;
            new Span<int>(starts, buckets).Clear();
            for (var i = 0; i < count; i++)
            {
                starts[items[i] >> 32]++;
                spare[i] = items[i];
            }

            int sum = 0, largest = 0;
            for (var b = 0; b < buckets; b++)
            {
                var size = starts[b];
                starts[b] = sum;
                sum += size;
                largest = Math.Max(largest, size);
            }

            for (var i = 0; i < count; i++)
                items[starts[spare[i] >> 32]++] = spare[i];
            return largest;
        }

        private void InsertionSort(ulong* items, int count, int coordinate)
        {
            var column = rows + coordinate;
            var last = column[(nint)(uint)items[0] * stride];
            for (var i = 1; i < count; i++)
            {
                var item = items[i];
                var value = column[(nint)(uint)item * stride];
                if (last < value)
                {
                    last = value;
                    continue;
                }

                // What stands at i afterwards has the value that stood before it, so the last value stays.
                var row = rows + (nint)(uint)item * stride;
                var j = i;
                for (; j > 0 && Precedes(row, rows + (nint)(uint)items[j - 1] * stride, coordinate); j--)
                    items[j] = items[j - 1];
                items[j] = item;
            }
        }

        private bool Precedes(double* a, double* b, int coordinate)
        {
            for (; coordinate < coordinates; coordinate++)
            {
                if (a[coordinate] != b[coordinate])
                    return a[coordinate] < b[coordinate];
            }

            return false;
        }
    }

    /// <summary>The bits of a number as an unsigned integer in the numbers' order; adding zero makes both zeros one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SortableBits(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return (ulong)(bits ^ ((bits >> 63) & long.MaxValue)) ^ (1UL << 63);
    }
}
