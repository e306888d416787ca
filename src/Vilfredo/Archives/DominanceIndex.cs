using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Archives;

/// <summary>
/// Mutually non-dominated rows with insertion, and what is kept with each: what all archives share.
/// </summary>
/// <remarks>
/// Two objectives: a staircase in ascending order of the first, O(log n) to find a place plus a move of what lies behind.
/// Otherwise: a scan over columns, one vector of rows at a time, O(d n / 8) with an end as soon as a row is found that
/// dominates; the block that did so last is looked at first.
/// </remarks>
internal sealed class DominanceIndex<T>(int objectives)
{
    private double[] rows = [];
    private double[] columns = []; // objective k of row i at k * capacity + i; unused when there are two objectives
    private T[] tags = [];
    private T[] evicted = [];
    private int capacity, evictedCount, likely;

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>All rows, row-major.</summary>
    public ReadOnlySpan<double> Rows => rows.AsSpan(0, Count * objectives);

    /// <summary>What is kept with every row; may be replaced.</summary>
    public Span<T> Tags => tags.AsSpan(0, Count);

    /// <summary>The tags of the rows that the last insertion, and removals since, took out.</summary>
    public ReadOnlySpan<T> Evicted => evicted.AsSpan(0, evictedCount);

    public void Clear()
    {
        ForgetEvicted();
        Tags.Clear();
        (Count, likely) = (0, 0);
    }

    /// <summary>Inserts a row unless a row dominates it or is the same.</summary>
    /// <param name="row">Values without NaN.</param>
    /// <param name="tag">What to keep with it.</param>
    /// <param name="place">The new row's place, or that of its equal, or of one that dominates it.</param>
    public ArchiveInsertion Add(ReadOnlySpan<double> row, T tag, out int place)
    {
        ForgetEvicted();
        Reserve();
        return objectives == 2 ? AddToStaircase(row[0], row[1], tag, out place) : AddToColumns(row, tag, out place);
    }

    /// <summary>The place of a row that is no worse in every objective, or -1.</summary>
    public int FindCovering(ReadOnlySpan<double> row)
    {
        if (objectives != 2) return ScanForCovering(row);
        var place = CountAtMost(row[0]) - 1;
        return place >= 0 && rows[2 * place + 1] <= row[1] ? place : -1;
    }

    /// <summary>Takes out a row; its tag joins the evicted ones.</summary>
    public void RemoveAt(int place)
    {
        Evict(place);
        if (objectives == 2) Shift(place + 1, place);
        else FillWithLast(place);
    }

    // The staircase falls in the second value as the first rises, so what a row dominates stands in one run.
    private ArchiveInsertion AddToStaircase(double first, double second, T tag, out int place)
    {
        var next = CountAtMost(first);
        place = next - 1;
        if (next > 0 && rows[2 * place + 1] <= second)
            return rows[2 * place] == first && rows[2 * place + 1] == second ? ArchiveInsertion.Duplicate : ArchiveInsertion.Dominated;

        if (next == 0 || rows[2 * place] != first) place = next;
        var end = place;
        while (end < Count && rows[2 * end + 1] >= second)
            Evict(end++);

        Shift(end, place + 1);
        rows[2 * place] = first;
        rows[2 * place + 1] = second;
        tags[place] = tag;
        return ArchiveInsertion.Added;
    }

    /// <summary>How many rows have a first value of at most the given one.</summary>
    private int CountAtMost(double first)
    {
        var place = 0;
        for (var length = Count; length > 0;)
        {
            var half = (length + 1) / 2;
            place += half & -(rows[2 * (place + half - 1)] <= first ? 1 : 0);
            length -= half;
        }

        return place;
    }

    /// <summary>Moves the rows from a place on to another place; the count follows.</summary>
    private void Shift(int from, int to)
    {
        if (from == to) return;
        rows.AsSpan(from * objectives, (Count - from) * objectives).CopyTo(rows.AsSpan(to * objectives));
        tags.AsSpan(from, Count - from).CopyTo(tags.AsSpan(to));
        for (var i = Count - from + to; i < Count; i++)
            tags[i] = default!;
        Count += to - from;
    }

    private ArchiveInsertion AddToColumns(ReadOnlySpan<double> row, T tag, out int place)
    {
        place = ScanForCovering(row);
        if (place >= 0) return IsSame(place, row) ? ArchiveInsertion.Duplicate : ArchiveInsertion.Dominated;

        EvictCovered(row);
        place = Count++;
        row.CopyTo(rows.AsSpan(place * objectives));
        for (var k = 0; k < objectives; k++)
            columns[k * capacity + place] = row[k];
        tags[place] = tag;
        return ArchiveInsertion.Added;
    }

    private bool IsSame(int place, ReadOnlySpan<double> row)
    {
        for (var k = 0; k < objectives; k++)
        {
            if (rows[place * objectives + k] != row[k]) return false;
        }

        return true;
    }

    private int ScanForCovering(ReadOnlySpan<double> row)
    {
        var width = Vector512<double>.Count;
        if (likely < Count && Covering(row, likely) is >= 0 and var again) return again;
        for (var start = 0; start < Count; start += width)
        {
            var found = Covering(row, start);
            if (found < 0) continue;
            likely = start;
            return found;
        }

        return -1;
    }

    private int Covering(ReadOnlySpan<double> row, int start)
    {
        ref var column = ref MemoryMarshal.GetArrayDataReference(columns);
        var all = ValidLanes(start);
        for (var k = 0; k < row.Length && all != 0; k++)
            all &= Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref column, (nuint)(k * capacity + start)), Vector512.Create(row[k])).ExtractMostSignificantBits();
        return all == 0 ? -1 : start + BitOperations.TrailingZeroCount(all);
    }

    private void EvictCovered(ReadOnlySpan<double> row)
    {
        ref var column = ref MemoryMarshal.GetArrayDataReference(columns);
        var width = Vector512<double>.Count;

        // From the end, since the last row fills each gap: it has been looked at and stays.
        for (var start = (Count - 1) / width * width; start >= 0 && Count > 0; start -= width)
        {
            var all = ValidLanes(start);
            for (var k = 0; k < row.Length && all != 0; k++)
                all &= Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref column, (nuint)(k * capacity + start)), Vector512.Create(row[k])).ExtractMostSignificantBits();
            for (; all != 0; all ^= 1UL << BitOperations.Log2(all))
            {
                var place = start + BitOperations.Log2(all);
                Evict(place);
                FillWithLast(place);
            }
        }
    }

    /// <summary>A bit for each lane of the vector from a place on that holds a row.</summary>
    private ulong ValidLanes(int start) => start + Vector512<double>.Count <= Count ? 0xFF : (1UL << (Count - start)) - 1;

    private void FillWithLast(int place)
    {
        var last = --Count;
        rows.AsSpan(last * objectives, objectives).CopyTo(rows.AsSpan(place * objectives));
        for (var k = 0; k < objectives; k++)
            columns[k * capacity + place] = columns[k * capacity + last];
        tags[place] = tags[last];
        tags[last] = default!;
    }

    private void Evict(int place)
    {
        if (evictedCount == evicted.Length) Array.Resize(ref evicted, Math.Max(16, 2 * evicted.Length));
        evicted[evictedCount++] = tags[place];
    }

    private void ForgetEvicted()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) Array.Clear(evicted, 0, evictedCount);
        evictedCount = 0;
    }

    private void Reserve()
    {
        if (Count < capacity) return;
        var larger = Math.Max(16, checked(2 * capacity));
        Array.Resize(ref rows, checked(larger * objectives));
        Array.Resize(ref tags, larger);
        if (objectives != 2)
        {
            var wider = new double[larger * objectives];
            for (var k = 0; k < objectives; k++)
                columns.AsSpan(k * capacity, Count).CopyTo(wider.AsSpan(k * larger));
            columns = wider;
        }

        capacity = larger;
    }
}
