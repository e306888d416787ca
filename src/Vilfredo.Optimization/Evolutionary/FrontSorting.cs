using System.Runtime.Intrinsics;
using Vilfredo.Sorting;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Non-dominated sorting of small populations of two and three objectives, whose lexicographic order is of use again for
/// crowding; other sets go to <see cref="NonDominatedSorter"/>.
/// </summary>
/// <remarks>
/// In lexicographic order a point is dominated by earlier ones only. For two objectives a front is known by the second
/// objective of its last point (M. T. Jensen, "Reducing the run-time complexity of multiobjective EAs", IEEE Transactions
/// on Evolutionary Computation 7(5), 2003): O(n log n). For three, a point's rank is one more than the highest rank among
/// its dominators, found by comparing with all earlier points four at a time: O(n^2), and yet the fastest for a thousand
/// points or fewer.
/// </remarks>
internal sealed class FrontSorting(int objectiveCount)
{
    // Beyond, comparing all pairs takes longer than the sorter for sets of any size.
    private const int LargestSet = 2_000;

    private readonly NonDominatedSorter sorter = new();
    private ulong[] keys = [];
    private int[] order = [];
    private double[] seconds = []; // second and third objective and rank of the sorted points, padded to whole vectors
    private double[] thirds = [];
    private double[] ranks = []; // for two objectives, the second value of each front's last point

    /// <summary>All points after <see cref="Rank"/>: in lexicographic order, or as they came when that was not needed.</summary>
    public ReadOnlySpan<int> Order => order;

    /// <summary>Writes the rank of each point, from 0, and returns the number of fronts.</summary>
    public int Rank(ReadOnlySpan<double> points, Span<int> ranksOfPoints)
    {
        var count = ranksOfPoints.Length;
        Reserve(count);
        if (count > LargestSet || objectiveCount is not (2 or 3))
        {
            for (var i = 0; i < count; i++) order[i] = i;
            return sorter.Rank(points, objectiveCount, ranksOfPoints);
        }

        Sort(points, count);
        return objectiveCount == 2 ? RankTwo(points, ranksOfPoints) : RankThree(points, ranksOfPoints);
    }

    private void Reserve(int count)
    {
        if (order.Length >= count) return;
        keys = new ulong[count];
        order = new int[count];
        var padded = count + Vector256<double>.Count;
        ranks = new double[padded];
        if (objectiveCount != 3) return;
        seconds = new double[padded];
        thirds = new double[padded];
    }

    private void Sort(ReadOnlySpan<double> points, int count)
    {
        for (var i = 0; i < count; i++) keys[i] = IndexedSort.Key(points[i * objectiveCount], i, count);
        IndexedSort.Sort(keys.AsSpan(0, count), order);

        // Keys hold the first objective up to the bits that the index takes; insertion puts the rest right.
        for (var i = 1; i < count; i++)
        {
            var point = order[i];
            var j = i;
            for (; j > 0 && IsBefore(points, point, order[j - 1]); j--) order[j] = order[j - 1];
            order[j] = point;
        }
    }

    private bool IsBefore(ReadOnlySpan<double> points, int a, int b)
    {
        for (var k = 0; k < objectiveCount; k++)
        {
            var (x, y) = (points[a * objectiveCount + k], points[b * objectiveCount + k]);
            if (x != y) return x < y;
        }

        return false;
    }

    private int RankTwo(ReadOnlySpan<double> points, Span<int> ranksOfPoints)
    {
        // A later point is dominated by a front exactly when its second objective is not below that of the front's last
        // point, and these rise from front to front. A repeated point belongs to the front of the first.
        var lasts = ranks.AsSpan(0, ranksOfPoints.Length);
        var fronts = 0;
        var (previousFirst, previousSecond, rank) = (double.NaN, double.NaN, 0);
        foreach (var point in order.AsSpan(0, ranksOfPoints.Length))
        {
            var (first, second) = (points[2 * point], points[2 * point + 1]);
            if (first != previousFirst || second != previousSecond)
            {
                rank = 0;
                for (var above = fronts; rank < above;)
                {
                    var middle = (rank + above) >>> 1;
                    if (lasts[middle] <= second) rank = middle + 1;
                    else above = middle;
                }

                lasts[rank] = second;
                fronts = Math.Max(fronts, rank + 1);
                (previousFirst, previousSecond) = (first, second);
            }

            ranksOfPoints[point] = rank;
        }

        return fronts;
    }

    private int RankThree(ReadOnlySpan<double> points, Span<int> ranksOfPoints)
    {
        var count = ranksOfPoints.Length;
        for (var i = 0; i < count; i++) (seconds[i], thirds[i]) = (points[3 * order[i] + 1], points[3 * order[i] + 2]);

        // Points that are not ranked yet cannot raise the rank of another one.
        ranks.AsSpan().Fill(-1);
        var highest = -1;
        for (var i = 0; i < count; i++)
        {
            var isRepeated = i > 0 && seconds[i] == seconds[i - 1] && thirds[i] == thirds[i - 1]
                && points[3 * order[i]] == points[3 * order[i - 1]];
            ranks[i] = isRepeated ? ranks[i - 1] : 1 + HighestDominator(i);
            ranksOfPoints[order[i]] = (int)ranks[i];
            highest = Math.Max(highest, (int)ranks[i]);
        }

        return highest + 1;
    }

    private unsafe double HighestDominator(int i)
    {
        var (ofSecond, ofThird) = (Vector256.Create(seconds[i]), Vector256.Create(thirds[i]));
        var undominated = Vector256.Create(-1.0);
        var highest = undominated;
        fixed (double* second = seconds, third = thirds, rank = ranks)
        {
            for (var j = 0; j < i; j += Vector256<double>.Count)
            {
                var dominates = Vector256.LessThanOrEqual(Vector256.Load(second + j), ofSecond)
                    & Vector256.LessThanOrEqual(Vector256.Load(third + j), ofThird);
                highest = Vector256.Max(highest, Vector256.ConditionalSelect(dominates, Vector256.Load(rank + j), undominated));
            }
        }

        return Math.Max(Math.Max(highest[0], highest[1]), Math.Max(highest[2], highest[3]));
    }
}
