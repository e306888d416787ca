namespace Vilfredo.Sorting;

/// <summary>
/// The non-dominated points of a set, with buffers that are reused from call to call. All objectives are minimized.
/// </summary>
/// <remarks>
/// <para>
/// First a few points with a small sum of normalized values drop what they dominate, O(d n). The rest goes by number of
/// objectives: a sweep over the lexicographic order for two (Kung, Luccio and Preparata, "On finding the maxima of a set of
/// vectors", Journal of the ACM 22(4), 1975), O(n log n); the same with a tree of prefix minima (Fenwick, "A new data
/// structure for cumulative frequency tables", Software: Practice and Experience 24(3), 1994) for three, O(n log n); sets
/// of 512 points as registers for more, O(d n m / 512) with m points left.
/// </para>
/// <para>
/// Infinities compare as numbers; NaN is refused. Once its buffers have grown to the largest set a filter allocates
/// nothing. Not thread-safe.
/// </para>
/// </remarks>
public sealed unsafe class NonDominatedFilter
{
    private readonly RowOrder rowOrder = new();
    private readonly BlockRanking blocks;
    private readonly StrongPoints strongPoints = new();
    private readonly PinnedBuffer<int> candidates = new(), order = new(), columnOrder = new(), secondPlaces = new(), ranks = new();
    private readonly PinnedBuffer<double> rows = new(), column = new(), minima = new(), places = new();

    /// <summary>Creates a filter with empty buffers.</summary>
    public NonDominatedFilter() => blocks = new BlockRanking(rowOrder);

    /// <summary>The indices of the non-dominated points, ascending; one call without buffers to keep.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="keepDuplicates">Whether of identical points all are kept, or only the one with the lowest index.</param>
    /// <param name="keepWeaklyDominated">
    /// Whether a point goes only when another is better in every objective, so that all weakly efficient points stay.
    /// </param>
    /// <exception cref="ArgumentException">The length is not a multiple of <paramref name="objectives"/>, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    public static int[] Indices(
        ReadOnlySpan<double> points, int objectives, bool keepDuplicates = true, bool keepWeaklyDominated = false)
    {
        var indices = new int[PointMatrix.Validate(points, objectives)];
        return indices[..new NonDominatedFilter().Filter(points, objectives, indices, keepDuplicates, keepWeaklyDominated)];
    }

    /// <summary>Marks the non-dominated points.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="keep">Receives, for every point, whether it is kept.</param>
    /// <param name="keepDuplicates">Whether of identical points all are kept, or only the one with the lowest index.</param>
    /// <param name="keepWeaklyDominated">
    /// Whether a point goes only when another is better in every objective, so that all weakly efficient points stay.
    /// </param>
    /// <returns>How many points are kept.</returns>
    /// <exception cref="ArgumentException">The shapes do not match, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    public int Filter(
        ReadOnlySpan<double> points, int objectives, Span<bool> keep, bool keepDuplicates = true, bool keepWeaklyDominated = false)
    {
        var count = Validation.CountRows(points, objectives);
        if (keep.Length != count)
            throw new ArgumentException($"keep has room for {keep.Length} points but there are {count}; give one place per point.", nameof(keep));

        keep.Clear();
        var kept = Filter(points, objectives, count, keepDuplicates, keepWeaklyDominated);
        var candidate = candidates.Pointer;
        var rank = ranks.Pointer;
        var total = 0;
        for (var i = 0; i < kept; i++)
        {
            if (rank[i] != 0) continue;
            keep[candidate[i]] = true;
            total++;
        }

        GC.KeepAlive(this);
        return total;
    }

    /// <summary>Lists the indices of the non-dominated points, ascending.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="indices">Receives the indices; room for as many as there are points.</param>
    /// <param name="keepDuplicates">Whether of identical points all are kept, or only the one with the lowest index.</param>
    /// <param name="keepWeaklyDominated">
    /// Whether a point goes only when another is better in every objective, so that all weakly efficient points stay.
    /// </param>
    /// <returns>How many indices were written.</returns>
    /// <exception cref="ArgumentException">The shapes do not match, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    public int Filter(
        ReadOnlySpan<double> points, int objectives, Span<int> indices, bool keepDuplicates = true, bool keepWeaklyDominated = false)
    {
        var count = Validation.CountRows(points, objectives);
        if (indices.Length < count)
            throw new ArgumentException($"indices has room for {indices.Length} of {count} points; all may be non-dominated, so give room for all.", nameof(indices));

        var kept = Filter(points, objectives, count, keepDuplicates, keepWeaklyDominated);
        var candidate = candidates.Pointer;
        var rank = ranks.Pointer;
        var total = 0;
        for (var i = 0; i < kept; i++)
        {
            if (rank[i] == 0) indices[total++] = candidate[i];
        }

        GC.KeepAlive(this);
        return total;
    }

    /// <summary>Fills the candidates (ascending) and their ranks, 0 for what is kept; returns the number of candidates.</summary>
    private int Filter(ReadOnlySpan<double> points, int objectives, int count, bool keepDuplicates, bool keepWeaklyDominated)
    {
        if (count == 0) return 0;
        fixed (double* point = points)
        {
            var candidate = candidates.Ensure(count);
            var left = strongPoints.Survivors(point, objectives, count, keepWeaklyDominated, candidate);
            var row = rows.Ensure(checked(left * objectives));
            for (var i = 0; i < left; i++)
                new Span<double>(point + (nint)candidate[i] * objectives, objectives).CopyTo(new Span<double>(row + (nint)i * objectives, objectives));

            var sorted = order.Ensure(left);
            rowOrder.Sort(row, left, objectives, objectives, sorted);
            if (keepWeaklyDominated) row = SpreadTies(row, objectives, left, sorted);

            var rank = ranks.Ensure(left);
            if (objectives <= 2) SweepPlane(row, objectives, left, sorted, rank);
            else if (objectives == 3) SweepSpace(row, left, sorted, rank);
            else blocks.Rank(row, objectives, sorted, left, rank, atLeast: 1);

            if (!keepDuplicates) DropCopies(row, objectives, left, sorted, rank);
            return left;
        }
    }

    /// <summary>
    /// Replaces values by places in each objective's order such that dominance between places is strong dominance between
    /// values: where values tie, the point that is lexicographically later goes first, and only then.
    /// </summary>
    private double* SpreadTies(double* row, int objectives, int count, int* sorted)
    {
        var place = places.Ensure(count * objectives);
        var values = column.Ensure(count);
        var byColumn = columnOrder.Ensure(count);
        for (var j = 0; j < objectives; j++)
        {
            for (var i = 0; i < count; i++)
                values[i] = row[(nint)sorted[count - 1 - i] * objectives + j];
            rowOrder.Sort(values, count, 1, 1, byColumn);
            for (int i = 0, next = 0; i < count; i++)
            {
                // Copies are neighbors in this order too, and share a place.
                var id = sorted[count - 1 - byColumn[i]];
                var same = i > 0 && SameRow(row, objectives, id, sorted[count - 1 - byColumn[i - 1]]);
                place[(nint)id * objectives + j] = same ? next : ++next;
            }
        }

        rowOrder.Sort(place, count, objectives, objectives, sorted);
        return place;
    }

    private static void SweepPlane(double* row, int objectives, int count, int* sorted, int* rank)
    {
        // In lexicographic order a point is dominated when an earlier one, not its copy, is no worse in the last objective.
        double lowest = 0;
        for (var i = 0; i < count; i++)
        {
            var value = row[(nint)sorted[i] * objectives + objectives - 1];
            if (i > 0 && SameRow(row, objectives, sorted[i], sorted[i - 1]))
            {
                rank[sorted[i]] = rank[sorted[i - 1]];
                continue;
            }

            rank[sorted[i]] = i == 0 || value < lowest ? 0 : 1;
            if (i == 0 || value < lowest) lowest = value;
        }
    }

    private void SweepSpace(double* row, int count, int* sorted, int* rank)
    {
        var place = secondPlaces.Ensure(count);
        var distinct = RankSeconds(row, count, place);

        // Place p of the tree holds the minimum of the third value over (p & p - 1, p] in the order of the second value,
        // NaN before there is one, since no comparison with NaN holds.
        var minimum = minima.Ensure(distinct + 1);
        new Span<double>(minimum, distinct + 1).Fill(double.NaN);
        for (var i = 0; i < count; i++)
        {
            var id = sorted[i];
            var value = row[3 * (nint)id + 2];
            if (i > 0 && SameRow(row, 3, id, sorted[i - 1]))
            {
                rank[id] = rank[sorted[i - 1]];
                continue;
            }

            var dominated = false;
            for (var p = place[id]; p > 0 && !dominated; p &= p - 1)
                dominated = minimum[p] <= value;
            rank[id] = dominated ? 1 : 0;
            for (var p = place[id]; !dominated && p <= distinct && !(minimum[p] <= value); p += p & -p)
                minimum[p] = value;
        }
    }

    /// <summary>Numbers the points by their second value, from 1, equal values alike; returns the number of values.</summary>
    private int RankSeconds(double* row, int count, int* place)
    {
        var values = column.Ensure(count);
        var byColumn = columnOrder.Ensure(count);
        for (var i = 0; i < count; i++)
            values[i] = row[3 * (nint)i + 1];
        rowOrder.Sort(values, count, 1, 1, byColumn);
        var distinct = 0;
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || values[byColumn[i]] != values[byColumn[i - 1]]) distinct++;
            place[byColumn[i]] = distinct;
        }

        return distinct;
    }

    private static void DropCopies(double* row, int objectives, int count, int* sorted, int* rank)
    {
        // The order is stable: the first of equal points has the lowest index.
        for (var i = count - 1; i > 0; i--)
        {
            if (SameRow(row, objectives, sorted[i], sorted[i - 1])) rank[sorted[i]] = 1;
        }
    }

    private static bool SameRow(double* row, int objectives, int a, int b)
    {
        for (var j = 0; j < objectives; j++)
        {
            if (row[(nint)a * objectives + j] != row[(nint)b * objectives + j]) return false;
        }

        return true;
    }
}
