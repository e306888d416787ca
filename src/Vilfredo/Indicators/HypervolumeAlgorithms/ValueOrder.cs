using System.Buffers;
using System.Runtime.CompilerServices;

namespace Vilfredo.Indicators;

/// <summary>
/// Stable argsort of doubles by one bucket pass: linear expected time for values spread over their range, O(n log n) for
/// any values.
/// </summary>
internal static unsafe class ValueOrder
{
    /// <summary>Below this many items insertion sort beats setting up the buckets.</summary>
    private const int SmallCount = 24;

    /// <summary>So many counters of four bytes stay in a second-level cache.</summary>
    private const int CachedBuckets = 1 << 16;

    /// <summary>A value and where it came from; 16 bytes, so that sorting moves both in one load and store.</summary>
    internal struct Entry
    {
        public double Value;
        public int Item;
    }

    /// <summary>
    /// Writes to <paramref name="sorted"/> the finite values <c>values[item * stride]</c> in ascending order, ties in order of item.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sort(double* values, int stride, int count, Entry* sorted)
    {
        if (count <= SmallCount)
        {
            for (var i = 0; i < count; i++)
                sorted[i] = new Entry { Value = values[(nint)i * stride], Item = i };
            InsertionSort(sorted, count);
            return;
        }

        double low = values[0], high = low;
        for (var i = 1; i < count; i++)
        {
            var value = values[(nint)i * stride];
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        // One value per bucket leaves little to sort; fewer buckets where the counters would not stay in the cache.
        var buckets = count <= CachedBuckets ? count : count / 4;
        var scale = BucketScale(low, high, buckets);
        if (scale == 0)
        {
            // A range that is empty, or too small or too large to divide.
            for (var i = 0; i < count; i++)
                sorted[i] = new Entry { Value = values[(nint)i * stride], Item = i };
            SortBucket(sorted, count);
            return;
        }

        var pool = ArrayPool<int>.Shared.Rent(buckets + 1);
        fixed (int* starts = pool)
        {
            new Span<int>(starts, buckets + 1).Clear();
            var fullest = 0;
            for (var i = 0; i < count; i++)
                starts[Bucket(values[(nint)i * stride], low, scale) + 1]++;
            for (var b = 1; b <= buckets; b++)
            {
                fullest = Math.Max(fullest, starts[b]);
                starts[b] += starts[b - 1];
            }

            for (var i = 0; i < count; i++)
            {
                var value = values[(nint)i * stride];
                sorted[starts[Bucket(value, low, scale)]++] = new Entry { Value = value, Item = i };
            }

            // starts[b] is now the end of bucket b. Insertion within all buckets is one pass, since none crosses a bucket's
            // border; buckets too full for it are sorted first.
            if (fullest > SmallCount)
            {
                for (int b = 0, begin = 0; b < buckets; b++)
                {
                    if (starts[b] - begin > SmallCount)
                        SortBucket(sorted + begin, starts[b] - begin);
                    begin = starts[b];
                }
            }

            InsertionSort(sorted, count);
        }

        ArrayPool<int>.Shared.Return(pool);
    }

    /// <summary>
    /// Orders rows by one objective and, among equals, lexicographically, so that a row comes after all that dominate it;
    /// identical rows stay in their order.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SortRows(double* rows, int objectives, int objective, int count, Entry* sorted)
    {
        Sort(rows + objective, objectives, count, sorted);
        Comparison<Entry>? lexicographic = null;
        for (int begin = 0, end; begin < count; begin = end)
        {
            end = begin + 1;
            while (end < count && sorted[end].Value == sorted[begin].Value)
                end++;
            if (end - begin > 1)
                new Span<Entry>(sorted + begin, end - begin).Sort(lexicographic ??= CompareRows);
        }

        int CompareRows(Entry a, Entry b)
        {
            var row = new ReadOnlySpan<double>(rows + (nint)a.Item * objectives, objectives);
            var other = new ReadOnlySpan<double>(rows + (nint)b.Item * objectives, objectives);
            var comparison = row.SequenceCompareTo(other);
            return comparison != 0 ? comparison : a.Item.CompareTo(b.Item);
        }
    }

    /// <summary>The factor that maps [low, high] onto [0, buckets), or 0 when there is none.</summary>
    public static double BucketScale(double low, double high, int buckets)
    {
        // One part in 2^20 below the count, so that rounding never reaches the bucket past the end.
        var scale = (buckets - buckets * 1e-6) / (high - low);
        return double.IsFinite(scale) && high > low ? scale : 0;
    }

    /// <summary>The bucket of a value: monotone in the value, because each rounded operation is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bucket(double value, double low, double scale) => (int)((value - low) * scale);

    private static void SortBucket(Entry* entries, int count)
    {
        if (count <= SmallCount)
            InsertionSort(entries, count);
        else if (!IsSorted(entries, count))
            new Span<Entry>(entries, count).Sort(static (a, b) =>
            {
                var order = a.Value.CompareTo(b.Value);
                return order != 0 ? order : a.Item.CompareTo(b.Item);
            });
    }

    /// <summary>Full buckets mostly hold one value many times, already in order of item.</summary>
    private static bool IsSorted(Entry* entries, int count)
    {
        for (var i = 1; i < count; i++)
        {
            if (entries[i - 1].Value > entries[i].Value)
                return false;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InsertionSort(Entry* entries, int count)
    {
        for (var i = 1; i < count; i++)
        {
            var entry = entries[i];
            var j = i;
            for (; j > 0 && entries[j - 1].Value > entry.Value; j--)
                entries[j] = entries[j - 1];
            entries[j] = entry;
        }
    }
}
