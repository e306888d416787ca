using Vilfredo.Sorting;

namespace Vilfredo.Archives;

/// <summary>The non-dominated ones among all points offered so far, each with what the caller knows of it. All objectives are minimised.</summary>
/// <typeparam name="T">What is kept with a point, such as the number of its trial.</typeparam>
/// <remarks>
/// Two objectives: a staircase sorted by the first, O(log n) to find the place plus the move of the rows behind it. More
/// objectives: a scan of the archive, O(n m), that ends at the first dominating point; a point that dominates moves to the
/// front, where it will soon dominate again (the move-to-front rule of Bentley, Clarkson and Levine, SODA 1990). Of points
/// with equal values the first stays. ±Infinity is an ordinary value.
/// </remarks>
public sealed class ParetoArchive<T>
{
    private readonly List<T> tags = [];
    private double[] rows = [];

    /// <summary>Creates an empty archive.</summary>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    public ParetoArchive(int objectives)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 1);
        Objectives = objectives;
    }

    /// <summary>Values per point.</summary>
    public int Objectives { get; }

    /// <summary>How many points are in the archive.</summary>
    public int Count => tags.Count;

    /// <summary>The points, row-major; with two objectives in the order of the first. Valid until the next change.</summary>
    public ReadOnlySpan<double> Points => rows.AsSpan(0, Count * Objectives);

    /// <summary>What was given with the points, in their order.</summary>
    public IReadOnlyList<T> Tags => tags;

    /// <summary>One point. Valid until the next change.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such point.</exception>
    public ReadOnlySpan<double> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return rows.AsSpan(index * Objectives, Objectives);
        }
    }

    /// <summary>Offers a point; the ones that it dominates leave.</summary>
    /// <param name="point">One value per objective, to be minimised; no NaN.</param>
    /// <param name="tag">What to keep with it.</param>
    /// <exception cref="ArgumentException">The length is wrong or a value is NaN. The archive is unchanged.</exception>
    public ArchiveInsertion Add(ReadOnlySpan<double> point, T tag)
    {
        PointMatrix.ValidatePoint(point, Objectives, nameof(point));
        return Objectives == 2 ? AddToStaircase(point, tag) : AddByScan(point, tag);
    }

    /// <summary>Whether a point of the archive is no worse in every objective: such a point would not be added.</summary>
    /// <exception cref="ArgumentException">The length is wrong or a value is NaN.</exception>
    public bool WeaklyDominates(ReadOnlySpan<double> point)
    {
        PointMatrix.ValidatePoint(point, Objectives, nameof(point));
        for (var i = 0; i < Count; i++)
        {
            if (Dominance.WeaklyDominates(this[i], point)) return true;
        }

        return false;
    }

    /// <summary>Removes the point of an index; the last one takes its place, or with two objectives those behind move up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such point.</exception>
    public void RemoveAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        if (Objectives == 2) RemoveRange(index, 1);
        else RemoveByLast(index);
    }

    /// <summary>Removes all points.</summary>
    public void Clear() => tags.Clear();

    // The staircase falls in the second objective as the first rises, so what a point dominates stands in one run.
    private ArchiveInsertion AddToStaircase(ReadOnlySpan<double> point, T tag)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (rows[2 * middle] < point[0]) low = middle + 1;
            else high = middle;
        }

        if (low < Count && rows[2 * low] == point[0] && rows[2 * low + 1] <= point[1])
            return rows[2 * low + 1] == point[1] ? ArchiveInsertion.Duplicate : ArchiveInsertion.Dominated;
        if (low > 0 && rows[2 * low - 1] <= point[1]) return ArchiveInsertion.Dominated;

        var end = low;
        while (end < Count && rows[2 * end + 1] >= point[1]) end++;
        if (end == low)
        {
            Insert(low, point, tag);
            return ArchiveInsertion.Added;
        }

        point.CopyTo(rows.AsSpan(2 * low));
        tags[low] = tag;
        RemoveRange(low + 1, end - low - 1);
        return ArchiveInsertion.Added;
    }

    private ArchiveInsertion AddByScan(ReadOnlySpan<double> point, T tag)
    {
        for (var i = 0; i < Count;)
        {
            switch (Dominance.Compare(this[i], point))
            {
                case DominanceRelation.Equal:
                    return ArchiveInsertion.Duplicate;
                case DominanceRelation.Dominates:
                    MoveToFront(i);
                    return ArchiveInsertion.Dominated;
                case DominanceRelation.DominatedBy:
                    RemoveByLast(i);
                    break;
                default:
                    i++;
                    break;
            }
        }

        Insert(Count, point, tag);
        return ArchiveInsertion.Added;
    }

    private void Insert(int index, ReadOnlySpan<double> point, T tag)
    {
        var used = Count * Objectives;
        if (rows.Length < used + Objectives) Array.Resize(ref rows, Math.Max(16 * Objectives, 2 * rows.Length));
        var start = index * Objectives;
        rows.AsSpan(start, used - start).CopyTo(rows.AsSpan(start + Objectives));
        point.CopyTo(rows.AsSpan(start));
        tags.Insert(index, tag);
    }

    private void RemoveRange(int index, int count)
    {
        rows.AsSpan((index + count) * Objectives, (Count - index - count) * Objectives).CopyTo(rows.AsSpan(index * Objectives));
        tags.RemoveRange(index, count);
    }

    private void RemoveByLast(int index)
    {
        var last = Count - 1;
        rows.AsSpan(last * Objectives, Objectives).CopyTo(rows.AsSpan(index * Objectives));
        tags[index] = tags[last];
        tags.RemoveAt(last);
    }

    private void MoveToFront(int index)
    {
        if (index == 0) return;
        (tags[0], tags[index]) = (tags[index], tags[0]);
        for (var k = 0; k < Objectives; k++) (rows[k], rows[index * Objectives + k]) = (rows[index * Objectives + k], rows[k]);
    }
}
