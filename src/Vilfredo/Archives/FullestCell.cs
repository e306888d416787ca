using Vilfredo.Sorting;

namespace Vilfredo.Archives;

/// <summary>The truncation that gives up a point in the fullest cell of a grid over the present ranges.</summary>
internal sealed unsafe class FullestCell(int capacity)
{
    private readonly LeastCrowded crowding = new();
    private readonly RowOrder rowOrder = new();
    private readonly PinnedBuffer<double> cells = new();
    private readonly PinnedBuffer<int> order = new();

    /// <summary>The position of the point to give up.</summary>
    public int Choose(ReadOnlySpan<double> points, int objectives)
    {
        var count = points.Length / objectives;
        var cell = cells.Ensure(points.Length);
        for (var k = 0; k < objectives; k++)
            Divide(points, objectives, k, cell);
        var sorted = order.Ensure(count);
        rowOrder.Sort(cell, count, objectives, objectives, sorted);

        // The ends of every objective have infinite distance: they are the choice only when there is nothing else.
        var distance = crowding.Measure(points, objectives, count);
        var (victim, population) = (sorted[count - 1], 0);
        for (int start = 0, end; start < count; start = end)
        {
            var candidate = -1;
            for (end = start; end < count && Same(cell, objectives, sorted[start], sorted[end]); end++)
            {
                var i = sorted[end];
                if (double.IsFinite(distance[i]) && (candidate < 0 || distance[i] <= distance[candidate])) candidate = i;
            }

            if (candidate < 0 || end - start < population) continue;
            if (end - start > population || distance[candidate] < distance[victim])
                (victim, population) = (candidate, end - start);
        }

        GC.KeepAlive(this);
        return victim;
    }

    /// <summary>Numbers the cells of one objective; infinite values have cells of their own.</summary>
    private void Divide(ReadOnlySpan<double> points, int objectives, int objective, double* cell)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (var i = objective; i < points.Length; i += objectives)
        {
            if (!double.IsFinite(points[i])) continue;
            low = Math.Min(low, points[i]);
            high = Math.Max(high, points[i]);
        }

        // A front of d objectives is a surface of d - 1 dimensions: about one cell of it per point. Halves cannot overflow.
        var divisions = Math.Max(2, Math.Ceiling(Math.Pow(capacity, 1.0 / Math.Max(1, objectives - 1))));
        var range = high / 2 - low / 2;
        for (var i = objective; i < points.Length; i += objectives)
        {
            cell[i] = !double.IsFinite(points[i]) ? points[i]
                : range > 0 ? Math.Min(divisions - 1, Math.Floor((points[i] / 2 - low / 2) / range * divisions))
                : 0;
        }
    }

    private static bool Same(double* cell, int objectives, int a, int b)
    {
        for (var k = 0; k < objectives; k++)
        {
            if (cell[(nint)a * objectives + k] != cell[(nint)b * objectives + k]) return false;
        }

        return true;
    }
}
