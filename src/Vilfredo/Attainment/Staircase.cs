namespace Vilfredo.Attainment;

/// <summary>
/// Mutually non-dominated points of the plane in ascending order of x, hence descending order of y: the lower left border
/// of a region.
/// </summary>
internal sealed class Staircase
{
    private readonly List<double> xs = [], ys = [];

    public int Count => xs.Count;

    public double X(int index) => xs[index];

    public double Y(int index) => ys[index];

    /// <summary>The index of the last corner with x at most the given one; -1 when there is none.</summary>
    public int LastLeftOf(double x)
    {
        int low = 0, high = xs.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (xs[middle] <= x) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }

    /// <summary>The index of the first corner with y at most the given one; <see cref="Count"/> when there is none.</summary>
    public int FirstAtMost(double y) => First(y, strict: false);

    /// <summary>The index of the first corner with y below the given one; <see cref="Count"/> when there is none.</summary>
    public int FirstBelow(double y) => First(y, strict: true);

    /// <summary>The height of the border at x; +Infinity left of all corners.</summary>
    public double HeightAt(double x)
    {
        var index = LastLeftOf(x);
        return index < 0 ? double.PositiveInfinity : ys[index];
    }

    /// <summary>Whether a point lies in the region, its border included.</summary>
    public bool Reaches(double x, double y) => HeightAt(x) <= y;

    /// <summary>Whether a point is one of the corners.</summary>
    public bool IsCorner(double x, double y)
    {
        var index = LastLeftOf(x);
        return index >= 0 && xs[index] == x && ys[index] == y;
    }

    /// <summary>Adds a point outside the region as a corner, and drops the corners that it dominates.</summary>
    public void Insert(double x, double y)
    {
        var start = LastLeftOf(x);
        if (start < 0 || xs[start] < x) start++;
        var end = start;
        while (end < xs.Count && ys[end] >= y) end++;
        if (end == start)
        {
            xs.Insert(start, x);
            ys.Insert(start, y);
            return;
        }

        xs[start] = x;
        ys[start] = y;
        xs.RemoveRange(start + 1, end - start - 1);
        ys.RemoveRange(start + 1, end - start - 1);
    }

    private int First(double y, bool strict)
    {
        int low = 0, high = ys.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (strict ? ys[middle] < y : ys[middle] <= y) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
