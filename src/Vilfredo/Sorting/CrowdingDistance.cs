namespace Vilfredo.Sorting;

/// <summary>
/// The crowding distance of Deb et al., "A fast and elitist multiobjective genetic algorithm: NSGA-II" (IEEE Transactions
/// on Evolutionary Computation 6(2), 2002, section III-B), with buffers that are reused from call to call.
/// </summary>
/// <remarks>
/// <para>
/// For each objective the points are put in its order; the first and the last get infinity, every other point adds the gap
/// between its two neighbors, divided by the range of the objective in the set. The sum is not divided by the number of
/// objectives. O(d n) for spread-out data (radix sort), O(d n log n) at worst.
/// </para>
/// <para>
/// What the paper leaves open: of identical points the one with the lowest index counts and the others get 0, so that
/// copies are the first to go. Ties in one objective are ordered by the other objectives, so distances do not depend on
/// the order of the points. An objective with one value in the whole set adds nothing. One or two distinct points get
/// infinity. A gap to an infinite value is infinite, and the range is that of the finite values.
/// </para>
/// <para>Once its buffers have grown to the largest set it allocates nothing. Not thread-safe.</para>
/// </remarks>
public sealed unsafe class CrowdingDistance
{
    private readonly RowOrder rowOrder = new();
    private readonly PinnedBuffer<int> order = new(), columnOrder = new();
    private readonly PinnedBuffer<double> rows = new(), column = new(), sums = new();

    /// <summary>The crowding distance of every point within the whole set.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="distances">Receives one distance per point: 0 or above, possibly infinity.</param>
    /// <exception cref="ArgumentException">The shapes do not match, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    public void Compute(ReadOnlySpan<double> points, int objectives, Span<double> distances)
    {
        var count = Validation.CountRows(points, objectives);
        CheckRoom(distances, count);
        if (count == 0) return;
        fixed (double* point = points, distance = distances)
            Compute(point, count, objectives, null, distance);
        GC.KeepAlive(this);
    }

    /// <summary>The crowding distances of the points of one front within that front.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="front">Indices of distinct points, such as <see cref="NonDominatedSorter.Front"/> gives them; may be empty.</param>
    /// <param name="distances">
    /// One place per point of <paramref name="points"/>; the distance of point <c>i</c> of the front goes to
    /// <c>distances[i]</c>, the places of other points stay as they are.
    /// </param>
    /// <exception cref="ArgumentException">The shapes do not match, or a value of the front is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="objectives"/> is below 1, or an index lies outside <paramref name="points"/>.
    /// </exception>
    public void Compute(ReadOnlySpan<double> points, int objectives, ReadOnlySpan<int> front, Span<double> distances)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 1);
        if (points.Length % objectives != 0) PointMatrix.Validate(points, objectives);
        var total = points.Length / objectives;
        CheckRoom(distances, total);
        if (front.IsEmpty) return;

        var gathered = rows.Ensure(checked(front.Length * objectives));
        for (var i = 0; i < front.Length; i++)
        {
            if ((uint)front[i] >= (uint)total)
                throw new ArgumentOutOfRangeException(nameof(front), front[i], $"The front names point {front[i]}, but the points are 0 to {total - 1}.");
            var row = points.Slice(front[i] * objectives, objectives);
            for (var j = 0; j < objectives; j++)
                gathered[(nint)i * objectives + j] = row[j];
        }

        Validation.CountRows(new ReadOnlySpan<double>(gathered, front.Length * objectives), objectives);
        fixed (int* index = front)
        fixed (double* distance = distances)
            Compute(gathered, front.Length, objectives, index, distance);
        GC.KeepAlive(this);
    }

    private static void CheckRoom(Span<double> distances, int count)
    {
        if (distances.Length != count)
            throw new ArgumentException($"distances has room for {distances.Length} points but there are {count}; give one place per point.", nameof(distances));
    }

    private void Compute(double* points, int count, int objectives, int* index, double* distances)
    {
        var sorted = order.Ensure(count);
        rowOrder.Sort(points, count, objectives, objectives, sorted);
        var distinct = KeepDistinct(points, sorted, count, objectives, index, distances);

        var sum = sums.Ensure(distinct);
        new Span<double>(sum, distinct).Fill(distinct <= 2 ? double.PositiveInfinity : 0);
        if (distinct > 2)
        {
            var values = column.Ensure(distinct);
            var positions = columnOrder.Ensure(distinct);
            for (var j = 0; j < objectives; j++)
            {
                for (var u = 0; u < distinct; u++)
                    values[u] = points[(nint)sorted[u] * objectives + j];
                SortColumn(values, distinct, j, positions);
                AddGaps(values, positions, distinct, sum);
            }
        }

        for (var u = 0; u < distinct; u++)
            distances[index == null ? sorted[u] : index[sorted[u]]] = sum[u];
    }

    /// <summary>Drops copies from the lexicographic order, gives them distance 0, and returns how many points are left.</summary>
    private static int KeepDistinct(double* points, int* sorted, int count, int objectives, int* index, double* distances)
    {
        var kept = 1;
        for (var i = 1; i < count; i++)
        {
            var row = new ReadOnlySpan<double>(points + (nint)sorted[i] * objectives, objectives);
            var last = new ReadOnlySpan<double>(points + (nint)sorted[kept - 1] * objectives, objectives);
            if (SameRow(row, last))
                distances[index == null ? sorted[i] : index[sorted[i]]] = 0;
            else
                sorted[kept++] = sorted[i];
        }

        return kept;
    }

    private static bool SameRow(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        for (var j = 0; j < a.Length; j++)
        {
            if (a[j] != b[j]) return false;
        }

        return true;
    }

    private void SortColumn(double* values, int count, int objective, int* positions)
    {
        // In the lexicographic order the first objective is sorted already; on a front of two objectives the second
        // one falls strictly.
        var falling = objective > 0;
        for (var u = 1; falling && u < count; u++)
            falling = values[u] < values[u - 1];
        if (objective > 0 && !falling)
        {
            rowOrder.Sort(values, count, 1, 1, positions);
            return;
        }

        for (var u = 0; u < count; u++)
            positions[u] = falling ? count - 1 - u : u;
    }

    private static void AddGaps(double* values, int* positions, int count, double* sum)
    {
        if (values[positions[0]] == values[positions[count - 1]]) return;
        int low = 0, high = count - 1;
        while (low < high && double.IsNegativeInfinity(values[positions[low]])) low++;
        while (low < high && double.IsPositiveInfinity(values[positions[high]])) high--;
        // Halves, since the difference of two finite values can overflow.
        var range = values[positions[high]] / 2 - values[positions[low]] / 2;

        sum[positions[0]] = double.PositiveInfinity;
        sum[positions[count - 1]] = double.PositiveInfinity;
        for (var k = 1; k < count - 1; k++)
        {
            double before = values[positions[k - 1]], after = values[positions[k + 1]];
            // Without the test two neighbors at the same infinity would make NaN.
            if (before == after) continue;
            var gap = after / 2 - before / 2;
            sum[positions[k]] += double.IsInfinity(gap) ? gap : gap / range;
        }
    }
}
