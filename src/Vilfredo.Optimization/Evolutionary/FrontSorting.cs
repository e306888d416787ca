using System.Runtime.Intrinsics;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Non-dominated sorting of the small sets that a population is.</summary>
/// <remarks>
/// Points are taken in lexicographic order, in which a point is dominated by earlier ones only. For two objectives a front
/// is known by the second objective of its last point (M. T. Jensen, "Reducing the run-time complexity of multiobjective
/// EAs", IEEE Transactions on Evolutionary Computation 7(5), 2003): O(n log n). For more, a point's rank is one more than
/// the highest rank among its dominators, found by comparing with all earlier points four at a time: O(objectives n^2 / 8)
/// with a very small constant, which is faster than divide and conquer up to some thousand points.
/// </remarks>
internal sealed class FrontSorting(int objectiveCount)
{
    private ulong[] keys = [];
    private int[] order = [];
    private double[] columns = []; // objective k of the sorted points from k * stride on
    private double[] ranks = []; // of the sorted points; for two objectives the last point's second value of each front
    private int stride;

    /// <summary>The points in lexicographic order, after <see cref="Rank"/>.</summary>
    public ReadOnlySpan<int> Order => order;

    /// <summary>Writes the rank of each point, from 0, and returns the number of fronts.</summary>
    public int Rank(ReadOnlySpan<double> points, Span<int> ranksOfPoints)
    {
        Reserve(ranksOfPoints.Length);
        Sort(points, ranksOfPoints.Length);
        return objectiveCount == 2 ? RankTwo(points, ranksOfPoints) : RankMany(points, ranksOfPoints);
    }

    private void Reserve(int count)
    {
        if (order.Length >= count && stride > 0) return;
        stride = (count + Vector256<double>.Count) / Vector256<double>.Count * Vector256<double>.Count;
        keys = new ulong[count];
        order = new int[count];
        columns = new double[stride * objectiveCount];
        ranks = new double[stride];
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

    private unsafe int RankMany(ReadOnlySpan<double> points, Span<int> ranksOfPoints)
    {
        var count = ranksOfPoints.Length;
        for (var k = 0; k < objectiveCount; k++)
        {
            var column = columns.AsSpan(k * stride, count);
            for (var i = 0; i < count; i++) column[i] = points[order[i] * objectiveCount + k];
        }

        // Points that are not ranked yet cannot raise the rank of another one.
        ranks.AsSpan().Fill(-1);
        var highest = -1;
        fixed (double* columnsPointer = columns, ranksPointer = ranks)
        {
            for (var i = 0; i < count; i++)
            {
                var rank = i > 0 && IsRepeated(i) ? ranks[i - 1] : 1 + HighestDominator(columnsPointer, ranksPointer, i);
                ranks[i] = rank;
                ranksOfPoints[order[i]] = (int)rank;
                highest = Math.Max(highest, (int)rank);
            }
        }

        return highest + 1;
    }

    private bool IsRepeated(int i)
    {
        for (var k = 0; k < objectiveCount; k++)
        {
            if (columns[k * stride + i] != columns[k * stride + i - 1]) return false;
        }

        return true;
    }

    private unsafe double HighestDominator(double* values, double* rankOf, int i)
    {
        var undominated = Vector256.Create(-1.0);
        var highest = undominated;
        if (objectiveCount == 3)
        {
            double* second = values + stride, third = second + stride;
            var (ofSecond, ofThird) = (Vector256.Create(second[i]), Vector256.Create(third[i]));
            for (var j = 0; j < i; j += Vector256<double>.Count)
            {
                var dominates = Vector256.LessThanOrEqual(Vector256.Load(second + j), ofSecond)
                    & Vector256.LessThanOrEqual(Vector256.Load(third + j), ofThird);
                highest = Vector256.Max(highest, Vector256.ConditionalSelect(dominates, Vector256.Load(rankOf + j), undominated));
            }
        }
        else
        {
            for (var j = 0; j < i; j += Vector256<double>.Count)
            {
                var candidate = Vector256.Load(rankOf + j);
                var value = values + stride + j;
                for (var k = 1; k < objectiveCount; k++, value += stride)
                {
                    var atMost = Vector256.LessThanOrEqual(Vector256.Load(value), Vector256.Create(values[k * stride + i]));
                    candidate = Vector256.ConditionalSelect(atMost, candidate, undominated);
                }

                highest = Vector256.Max(highest, candidate);
            }
        }

        return Math.Max(Math.Max(highest[0], highest[1]), Math.Max(highest[2], highest[3]));
    }
}
