namespace Vilfredo.Archives;

/// <summary>The non-dominated ones among all points offered so far, each with what the caller knows of it. All objectives are minimized.</summary>
/// <typeparam name="T">What is kept with a point, such as the number of its trial.</typeparam>
/// <remarks>
/// Two objectives: a staircase sorted by the first, O(log n) to find the place plus the move of the rows behind it. Others:
/// a scan of the archive eight points at a time, O(d n / 8), that ends at the first dominating point and begins where it
/// ended last. Of points with equal values the first stays. ±Infinity is an ordinary value. Nothing is allocated once the
/// arrays have grown. Not thread-safe.
/// </remarks>
public sealed class ParetoArchive<T>
{
    private readonly DominanceIndex<T> index;
    private readonly TagList tags;

    /// <summary>Creates an empty archive.</summary>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    public ParetoArchive(int objectives)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 1);
        Objectives = objectives;
        index = new DominanceIndex<T>(objectives);
        tags = new TagList(index);
    }

    /// <summary>Values per point.</summary>
    public int Objectives { get; }

    /// <summary>How many points are in the archive.</summary>
    public int Count => index.Count;

    /// <summary>The points, row-major; with two objectives in the order of the first. Valid until the next change.</summary>
    public ReadOnlySpan<double> Points => index.Rows;

    /// <summary>What was given with the points, in their order.</summary>
    public IReadOnlyList<T> Tags => tags;

    /// <summary>What was given with the points that the last <see cref="Add"/>, and removals since, took out. Valid until the next change.</summary>
    public ReadOnlySpan<T> Evicted => index.Evicted;

    /// <summary>One point. Valid until the next change.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such point.</exception>
    public ReadOnlySpan<double> this[int index]
    {
        get
        {
            CheckPosition(index);
            return this.index.Rows.Slice(index * Objectives, Objectives);
        }
    }

    /// <summary>Offers a point; the ones that it dominates leave.</summary>
    /// <param name="point">One value per objective, to be minimized; no NaN.</param>
    /// <param name="tag">What to keep with it.</param>
    /// <exception cref="ArgumentException">The length is wrong or a value is NaN. The archive is unchanged.</exception>
    public ArchiveInsertion Add(ReadOnlySpan<double> point, T tag) => Insert(point, tag, out _);

    /// <summary>Whether a point of the archive is no worse in every objective: such a point would not be added.</summary>
    /// <exception cref="ArgumentException">The length is wrong or a value is NaN.</exception>
    public bool WeaklyDominates(ReadOnlySpan<double> point)
    {
        PointMatrix.ValidatePoint(point, Objectives, nameof(point));
        return index.FindCovering(point) >= 0;
    }

    /// <summary>Removes the point of an index; the last one takes its place, or with two objectives those behind move up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such point.</exception>
    public void RemoveAt(int index)
    {
        CheckPosition(index);
        this.index.RemoveAt(index);
    }

    /// <summary>Removes all points.</summary>
    public void Clear() => index.Clear();

    /// <summary>Offers a point and tells where it is, or where its equal is.</summary>
    internal ArchiveInsertion Insert(ReadOnlySpan<double> point, T tag, out int place)
    {
        PointMatrix.ValidatePoint(point, Objectives, nameof(point));
        return index.Add(point, tag, out place);
    }

    private void CheckPosition(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
    }

    private sealed class TagList(DominanceIndex<T> index) : IReadOnlyList<T>
    {
        public int Count => index.Count;

        public T this[int place] => index.Tags[place];

        public IEnumerator<T> GetEnumerator()
        {
            for (var place = 0; place < index.Count; place++)
                yield return index.Tags[place];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
