using System.Runtime.InteropServices;

namespace Vilfredo.Sorting;

/// <summary>
/// Non-dominated sorting with buffers that are reused from call to call: rank 0 are the points that no point dominates,
/// rank k those that only points of ranks below k dominate. All objectives are minimized; identical points share a rank.
/// </summary>
/// <remarks>
/// <para>
/// Two objectives: one pass over the lexicographic order, O(n log n). Three: the same with a staircase per front,
/// O(n log f log s) for f fronts and staircases of s steps. More, and small sets of three: sets of 512 points as registers,
/// O(d n^2 / 512), which needs no more memory than the points. Infinities compare as numbers; NaN is refused.
/// </para>
/// <para>
/// Once its buffers have grown to the largest set, a sorter allocates nothing. Not thread-safe: give each thread its own.
/// </para>
/// </remarks>
public sealed unsafe class NonDominatedSorter
{
    /// <summary>The rank of points that were left out because enough points had a better one; greater than every rank.</summary>
    public const int Unranked = int.MaxValue;

    private const int LargestSpatialBlock = 4096;

    private readonly RowOrder rowOrder = new();
    private readonly PlanarRanking planar = new();
    private readonly SpatialRanking spatial = new();
    private readonly BlockRanking blocks;
    private readonly PinnedBuffer<int> order = new(), lastRanks = new(), fronts = new(), frontStarts = new();
    private readonly PinnedBuffer<int> levelOrder = new(), levelRanks = new();
    private readonly PinnedBuffer<double> levelPoints = new();
    private int count;
    private bool frontsListed;

    /// <summary>Creates a sorter with empty buffers.</summary>
    public NonDominatedSorter() => blocks = new BlockRanking(rowOrder);

    /// <summary>The number of fronts that the last call ranked.</summary>
    public int FrontCount { get; private set; }

    /// <summary>The points of one front of the last call, in ascending order of their index.</summary>
    /// <param name="rank">The front's rank, from 0 to <see cref="FrontCount"/> - 1.</param>
    /// <returns>Indices of points; valid until the next call that ranks.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no front of that rank.</exception>
    public ReadOnlySpan<int> Front(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, FrontCount);
        if (!frontsListed) ListFronts();
        var start = rank == 0 ? 0 : frontStarts.Pointer[rank - 1];
        var front = MemoryMarshal.CreateReadOnlySpan(ref fronts.Pointer[start], frontStarts.Pointer[rank] - start);
        GC.KeepAlive(this);
        return front; // a reference into the buffer, which the collector follows
    }

    /// <summary>Ranks points by Pareto dominance.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="ranks">Receives one rank per point.</param>
    /// <param name="atLeast">
    /// Stop once this many points are ranked: the front that reaches the number is complete, and all points of later
    /// fronts get <see cref="Unranked"/>. By default every point is ranked.
    /// </param>
    /// <returns>The number of fronts that were ranked.</returns>
    /// <exception cref="ArgumentException">The shapes do not match, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> or <paramref name="atLeast"/> is below 1.</exception>
    public int Rank(ReadOnlySpan<double> points, int objectives, Span<int> ranks, int atLeast = int.MaxValue)
    {
        Check(points, objectives, ranks, atLeast);
        fixed (double* point = points)
        fixed (int* rank = ranks)
        {
            FrontCount = count == 0 ? 0 : RankAll(point, objectives, count, rank, atLeast);
        }

        Remember(ranks);
        return FrontCount;
    }

    /// <summary>
    /// Ranks points by constrained dominance (<see cref="Dominance.CompareConstrained"/>): all feasible points before the
    /// infeasible ones, these by total violation, and by Pareto dominance where violations are equal.
    /// </summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="violations">One total constraint violation per point: 0 when feasible, else above 0.</param>
    /// <param name="ranks">Receives one rank per point.</param>
    /// <param name="atLeast">
    /// Stop once this many points are ranked: the front that reaches the number is complete, and all points of later
    /// fronts get <see cref="Unranked"/>. By default every point is ranked.
    /// </param>
    /// <returns>The number of fronts that were ranked.</returns>
    /// <exception cref="ArgumentException">The shapes do not match, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A violation is negative or NaN, or <paramref name="objectives"/> or <paramref name="atLeast"/> is below 1.
    /// </exception>
    public int Rank(
        ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> violations, Span<int> ranks, int atLeast = int.MaxValue)
    {
        Check(points, objectives, ranks, atLeast);
        if (violations.Length != count)
        {
            throw new ArgumentException(
                $"violations holds {violations.Length} values for {count} points; give one total violation per point.", nameof(violations));
        }

        var constrained = false;
        foreach (var violation in violations)
        {
            Dominance.CheckViolation(violation, nameof(violations));
            constrained |= violation > 0;
        }

        fixed (double* point = points, violation = violations)
        fixed (int* rank = ranks)
        {
            FrontCount = count == 0 ? 0
                : constrained ? RankLevels(point, objectives, violation, rank, atLeast)
                : RankAll(point, objectives, count, rank, atLeast);
        }

        Remember(ranks);
        return FrontCount;
    }

    private void Check(ReadOnlySpan<double> points, int objectives, Span<int> ranks, int atLeast)
    {
        count = 0;
        FrontCount = 0;
        var rows = Validation.CountRows(points, objectives);
        if (ranks.Length != rows)
            throw new ArgumentException($"ranks has room for {ranks.Length} points but there are {rows}; give one place per point.", nameof(ranks));
        ArgumentOutOfRangeException.ThrowIfLessThan(atLeast, 1);
        count = rows;
    }

    private int RankAll(double* points, int objectives, int rows, int* ranks, int atLeast)
    {
        var sorted = order.Ensure(rows);
        rowOrder.Sort(points, rows, objectives, objectives, sorted);
        var found = objectives switch
        {
            1 => RankValues(points, sorted, rows, ranks),
            2 => planar.Rank(points, sorted, rows, ranks),
            3 when rows > LargestSpatialBlock => spatial.Rank(points, sorted, rows, ranks),
            _ => blocks.Rank(points, objectives, sorted, rows, ranks, atLeast),
        };
        return atLeast >= rows ? found : Truncate(ranks, rows, found, atLeast);
    }

    private static int RankValues(double* values, int* sorted, int rows, int* ranks)
    {
        var rank = 0;
        for (var i = 0; i < rows; i++)
        {
            if (i > 0 && values[sorted[i]] != values[sorted[i - 1]]) rank++;
            ranks[sorted[i]] = rank;
        }

        return rank + 1;
    }

    /// <summary>Unranks the points beyond the front that makes enough points, and returns the number of fronts left.</summary>
    private int Truncate(int* ranks, int rows, int found, int atLeast)
    {
        var sizes = frontStarts.Ensure(found + 1); // the last place counts the unranked
        new Span<int>(sizes, found + 1).Clear();
        for (var i = 0; i < rows; i++)
            sizes[Math.Min(ranks[i], found)]++;

        var kept = 0;
        for (var seen = 0; kept < found && seen < atLeast; kept++)
            seen += sizes[kept];
        for (var i = 0; i < rows; i++)
            ranks[i] = ranks[i] < kept ? ranks[i] : Unranked;
        return kept;
    }

    /// <summary>Ranks one violation after the other: each level starts where the one before it ended.</summary>
    private int RankLevels(double* points, int objectives, double* violations, int* ranks, int atLeast)
    {
        var byViolation = levelOrder.Ensure(count);
        rowOrder.Sort(violations, count, 1, 1, byViolation);
        var found = 0;
        for (int start = 0, end; start < count; start = end)
        {
            for (end = start + 1; end < count && violations[byViolation[end]] == violations[byViolation[start]];)
                end++;

            var level = new Span<int>(byViolation + start, end - start);
            if (start >= atLeast)
            {
                foreach (var i in level)
                    ranks[i] = Unranked;
            }
            else if (level.Length == 1)
            {
                ranks[level[0]] = found++;
            }
            else
            {
                found += RankLevel(points, objectives, level, ranks, found, atLeast - start);
            }
        }

        return found;
    }

    private int RankLevel(double* points, int objectives, Span<int> level, int* ranks, int offset, int atLeast)
    {
        var rows = levelPoints.Ensure(level.Length * objectives);
        var local = levelRanks.Ensure(level.Length);
        for (var i = 0; i < level.Length; i++)
            new Span<double>(points + (nint)level[i] * objectives, objectives).CopyTo(new Span<double>(rows + (nint)i * objectives, objectives));

        var found = RankAll(rows, objectives, level.Length, local, atLeast);
        for (var i = 0; i < level.Length; i++)
            ranks[level[i]] = local[i] == Unranked ? Unranked : offset + local[i];
        return found;
    }

    private void Remember(ReadOnlySpan<int> ranks)
    {
        ranks.CopyTo(new Span<int>(lastRanks.Ensure(count), count));
        frontsListed = false;
        GC.KeepAlive(this);
    }

    /// <summary>Counting sort by rank; afterwards frontStarts holds the end of every front.</summary>
    private void ListFronts()
    {
        var ends = frontStarts.Ensure(FrontCount);
        var listed = fronts.Ensure(count);
        var ranks = lastRanks.Pointer;
        new Span<int>(ends, FrontCount).Clear();
        for (var i = 0; i < count; i++)
        {
            if (ranks[i] != Unranked) ends[ranks[i]]++;
        }

        for (int r = 0, sum = 0; r < FrontCount; r++)
            (ends[r], sum) = (sum, sum + ends[r]);
        for (var i = 0; i < count; i++)
        {
            if (ranks[i] != Unranked) listed[ends[ranks[i]]++] = i;
        }

        frontsListed = true;
        GC.KeepAlive(this);
    }
}
