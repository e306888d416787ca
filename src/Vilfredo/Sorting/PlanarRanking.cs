using System.Numerics;
using System.Runtime.Intrinsics;

namespace Vilfredo.Sorting;

/// <summary>Ranks points of two objectives in one pass over their lexicographic order.</summary>
/// <remarks>
/// Jensen, "Reducing the run-time complexity of multiobjective EAs: the NSGA-II and other algorithms" (IEEE Transactions
/// on Evolutionary Computation 7(5), 2003): a front dominates the next point in the order exactly when the second value of
/// the front's last point, its tail, is not greater. Tails increase from front to front, so that a search finds the rank.
/// O(n log n). Here the search is a binary search over the last tail of every block of 32, finished by vector compares.
/// </remarks>
internal sealed unsafe class PlanarRanking
{
    private const int BlockSize = 32;
    private readonly PinnedBuffer<double> tails = new();
    private readonly PinnedBuffer<double> blockTails = new();
    private int capacity;

    /// <summary>Ranks points and returns the number of fronts.</summary>
    /// <param name="points">Two values per point; no NaN.</param>
    /// <param name="order">The points in lexicographic order.</param>
    /// <param name="count">The number of points, at least 1.</param>
    /// <param name="ranks">Receives the rank of every point.</param>
    public int Rank(double* points, int* order, int count, int* ranks)
    {
        Reserve(BlockSize);
        int fronts = 0, rank = 0;
        double lastX = double.NaN, lastY = double.NaN;
        for (var i = 0; i < count; i++)
        {
            var id = order[i];
            var ahead = order[Math.Min(i + Prefetch.Distance, count - 1)];
            Prefetch.Line(points + 2 * (nint)ahead);
            Prefetch.Line(ranks + ahead);
            double x = points[2 * (nint)id], y = points[2 * (nint)id + 1];
            if (x != lastX || y != lastY)
            {
                rank = Search(y, fronts);
                if (rank == fronts && ++fronts == capacity)
                    Reserve(2 * fronts);
                tails.Pointer[rank] = y;
                if (rank % BlockSize == BlockSize - 1)
                    blockTails.Pointer[rank / BlockSize] = y;
                (lastX, lastY) = (x, y);
            }

            ranks[id] = rank;
        }

        Clear(0, fronts);
        GC.KeepAlive(this);
        return fronts;
    }

    /// <summary>The number of fronts whose tail is at most <paramref name="y"/>.</summary>
    private int Search(double y, int fronts)
    {
        // A chain of points appends a front at each step.
        if (fronts == 0 || tails.Pointer[fronts - 1] <= y) return fronts;
        var ends = blockTails.Pointer;
        var block = 0;
        for (var length = fronts / BlockSize; length > 0;)
        {
            var half = (length + 1) / 2;
            block += half & -(ends[block + half - 1] <= y ? 1 : 0); // no branch: its outcome cannot be predicted
            length -= half;
        }

        var tail = tails.Pointer + block * BlockSize;
        var value = Vector512.Create(y);
        var count = 0;
        for (var k = 0; k < BlockSize; k += Vector512<double>.Count)
            count += BitOperations.PopCount(Vector512.LessThanOrEqual(Vector512.Load(tail + k), value).ExtractMostSignificantBits());

        // Entries past the last front are +infinity and never count: y is below the last tail.
        return block * BlockSize + count;
    }

    /// <summary>Makes room for that many tails, a multiple of the block size; the new ones are +infinity.</summary>
    private void Reserve(int size)
    {
        if (capacity >= size) return;
        tails.Grow(size);
        blockTails.Grow(size / BlockSize);
        Clear(capacity, size - capacity);
        capacity = size;
    }

    private void Clear(int start, int length) =>
        new Span<double>(tails.Pointer + start, length).Fill(double.PositiveInfinity);
}
