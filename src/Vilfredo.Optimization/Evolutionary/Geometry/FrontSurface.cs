using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>A front on the surface on which the p-th powers of normalised objectives sum to 1.</summary>
/// <remarks>Source: Panichella 2022, section 3. Values that are not finite stand far from all others.</remarks>
internal sealed class FrontSurface
{
    private const double Farthest = 1e15, SmallestPower = 0.1, LargestPower = 20;

    private readonly int objectiveCount;
    private readonly double[] ideal;
    private readonly double[] scale;
    private readonly double[] points; // normalised
    private readonly double[] onSurface;

    private FrontSurface(int objectiveCount, double[] ideal, double[] scale, double[] points, int[] extremes)
    {
        (this.objectiveCount, this.ideal, this.scale, this.points, Extremes) = (objectiveCount, ideal, scale, points, extremes);
        Power = PowerOf(NearestToIdeal());
        onSurface = [.. points];
        for (var i = 0; i < points.Length; i += objectiveCount) Project(onSurface.AsSpan(i, objectiveCount));
    }

    /// <summary>p: 1 for a plane, above it for a front that bulges away from the ideal point, below it for one that bulges towards it.</summary>
    public double Power { get; }

    /// <summary>The points of the front nearest to each axis.</summary>
    public int[] Extremes { get; }

    /// <summary>The surface of a front.</summary>
    public static FrontSurface Of(ReadOnlySpan<double> objectives, int objectiveCount, ReadOnlySpan<int> front)
    {
        var ideal = new double[objectiveCount];
        var points = new double[front.Length * objectiveCount];
        for (var j = 0; j < objectiveCount; j++)
        {
            ideal[j] = double.PositiveInfinity;
            foreach (var point in front)
            {
                var value = objectives[point * objectiveCount + j];
                if (double.IsFinite(value)) ideal[j] = Math.Min(ideal[j], value);
            }

            if (!double.IsFinite(ideal[j])) ideal[j] = 0;
            for (var i = 0; i < front.Length; i++)
                points[i * objectiveCount + j] = Math.Clamp(objectives[front[i] * objectiveCount + j] - ideal[j], 0, Farthest);
        }

        // Units of the front's ranges first, so that the search for extremes does not depend on scales.
        var scale = new double[objectiveCount];
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i] < Farthest) scale[i % objectiveCount] = Math.Max(scale[i % objectiveCount], points[i]);
        }

        foreach (ref var width in scale.AsSpan())
        {
            if (!(width > 0)) width = 1;
        }

        Divide(points, scale);
        var extremes = FindExtremes(points, objectiveCount);
        if (Intercepts(points, objectiveCount, extremes) is { } intercepts)
        {
            Divide(points, intercepts);
            for (var j = 0; j < objectiveCount; j++) scale[j] *= intercepts[j];
        }

        return new(objectiveCount, ideal, scale, points, extremes);
    }

    /// <summary>The distance of any point from the ideal one, in the norm of the surface.</summary>
    public double DistanceOf(ReadOnlySpan<double> f)
    {
        Span<double> point = stackalloc double[objectiveCount];
        for (var j = 0; j < objectiveCount; j++) point[j] = Math.Clamp((f[j] - ideal[j]) / scale[j], 0, Farthest);
        return Math.Max(Norm(point), 1e-8);
    }

    /// <summary>The distance of a point of the front from the ideal one.</summary>
    public double LengthOf(int point)
    {
        var length = Norm(points.AsSpan(point * objectiveCount, objectiveCount));
        return length < 1e-8 ? 1 : length;
    }

    /// <summary>About how far two points of the front are apart along the surface: by way of the middle between them.</summary>
    public double Between(int a, int b)
    {
        var first = onSurface.AsSpan(a * objectiveCount, objectiveCount);
        var second = onSurface.AsSpan(b * objectiveCount, objectiveCount);
        Span<double> middle = stackalloc double[objectiveCount];
        for (var j = 0; j < objectiveCount; j++) middle[j] = 0.5 * (first[j] + second[j]);
        Project(middle);
        return Euclidean(first, middle) + Euclidean(middle, second);
    }

    private static void Divide(double[] points, double[] by)
    {
        for (var i = 0; i < points.Length; i++) points[i] /= by[i % by.Length];
    }

    // For each axis the point at the least distance from it that is no other axis's.
    private static int[] FindExtremes(double[] points, int objectiveCount)
    {
        var count = points.Length / objectiveCount;
        if (count <= objectiveCount) return [.. Enumerable.Range(0, count)];
        var extremes = new List<int>();
        for (var axis = 0; axis < objectiveCount; axis++)
        {
            var (nearest, best) = (-1, double.PositiveInfinity);
            for (var i = 0; i < count; i++)
            {
                var square = 0.0;
                for (var j = 0; j < objectiveCount; j++)
                {
                    if (j != axis) square += points[i * objectiveCount + j] * points[i * objectiveCount + j];
                }

                if (square < best && !extremes.Contains(i)) (nearest, best) = (i, square);
            }

            if (nearest >= 0) extremes.Add(nearest);
        }

        return [.. extremes];
    }

    // Where the plane through the extremes meets the axes; null when it does not meet all on the right side.
    private static double[]? Intercepts(double[] points, int objectiveCount, int[] extremes)
    {
        if (extremes.Length < objectiveCount) return null;
        var matrix = new double[objectiveCount, objectiveCount];
        var normal = new double[objectiveCount];
        normal.AsSpan().Fill(1);
        for (var row = 0; row < objectiveCount; row++)
        {
            for (var j = 0; j < objectiveCount; j++) matrix[row, j] = points[extremes[row] * objectiveCount + j];
        }

        if (!LinearEquations.Solve(matrix, normal)) return null;
        foreach (ref var value in normal.AsSpan())
        {
            value = 1 / value;
            if (!(value > 1e-10 && double.IsFinite(value))) return null;
        }

        return normal;
    }

    private ReadOnlySpan<double> NearestToIdeal()
    {
        var (nearest, best) = (-1, double.PositiveInfinity);
        for (var i = 0; i < points.Length / objectiveCount; i++)
        {
            if (Extremes.Contains(i)) continue;
            var square = 0.0;
            foreach (var value in points.AsSpan(i * objectiveCount, objectiveCount)) square += value * value;
            if (square < best) (nearest, best) = (i, square);
        }

        return nearest < 0 ? [] : points.AsSpan(nearest * objectiveCount, objectiveCount);
    }

    // The power for which the sum of powers is 1, by bisection: the sum falls as long as all values are below 1.
    private static double PowerOf(ReadOnlySpan<double> point)
    {
        foreach (var value in point)
        {
            if (value >= 1) return 1;
        }

        if (point.IsEmpty || Sum(point, SmallestPower) < 1) return 1;
        if (Sum(point, LargestPower) > 1) return LargestPower;
        var (low, high) = (SmallestPower, LargestPower);
        for (var i = 0; i < 50; i++)
        {
            var middle = 0.5 * (low + high);
            if (Sum(point, middle) > 1) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }

    private static double Sum(ReadOnlySpan<double> point, double power)
    {
        var sum = 0.0;
        foreach (var value in point) sum += Math.Pow(value, power);
        return sum;
    }

    private double Norm(ReadOnlySpan<double> point)
    {
        // The largest value outside, so that no power overflows.
        var largest = 0.0;
        foreach (var value in point) largest = Math.Max(largest, value);
        if (largest == 0) return 0;
        var sum = 0.0;
        foreach (var value in point) sum += Math.Pow(value / largest, Power);
        return largest * Math.Pow(sum, 1 / Power);
    }

    private void Project(Span<double> point)
    {
        var length = Norm(point);
        if (length == 0) return;
        foreach (ref var value in point) value /= length;
    }

    private static double Euclidean(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var square = 0.0;
        for (var j = 0; j < a.Length; j++) square += (a[j] - b[j]) * (a[j] - b[j]);
        return Math.Sqrt(square);
    }
}
