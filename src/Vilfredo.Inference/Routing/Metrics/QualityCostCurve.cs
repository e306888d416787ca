namespace Vilfredo.Inference.Routing.Metrics;

/// <summary>Quality against cost over the settings of a router, such as its thresholds.</summary>
public sealed class QualityCostCurve
{
    /// <summary>A curve.</summary>
    /// <param name="points">Its points, at least one; of equal costs the better one counts.</param>
    /// <exception cref="ArgumentException">There is none, or a number is not finite.</exception>
    public QualityCostCurve(IEnumerable<CurvePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        Points = [.. points.GroupBy(point => point.Cost).Select(group => group.MaxBy(point => point.Quality)).OrderBy(point => point.Cost)];
        if (Points.Count == 0 || Points.Any(point => !double.IsFinite(point.Cost) || !double.IsFinite(point.Quality)))
            throw new ArgumentException("A curve has at least one point, and finite costs and qualities.", nameof(points));
    }

    /// <summary>The points, from the cheapest on; no two have the same cost.</summary>
    public IReadOnlyList<CurvePoint> Points { get; }

    /// <summary>The quality at a cost; that of the first or last point outside the curve.</summary>
    public double QualityAt(double cost, CurveInterpolation interpolation)
    {
        var next = 0;
        while (next < Points.Count && Points[next].Cost <= cost)
            next++;
        if (next == 0)
            return Points[0].Quality;
        var before = Points[next - 1];
        if (next == Points.Count || interpolation == CurveInterpolation.Step)
            return before.Quality;
        return before.Quality + ((Points[next].Quality - before.Quality) * (cost - before.Cost) / (Points[next].Cost - before.Cost));
    }

    /// <summary>The least cost at which a quality is reached; null when it never is.</summary>
    public double? CostAt(double quality, CurveInterpolation interpolation)
    {
        for (var i = 0; i < Points.Count; i++)
        {
            if (Points[i].Quality < quality)
                continue;
            if (i == 0 || interpolation == CurveInterpolation.Step)
                return Points[i].Cost;
            var before = Points[i - 1];
            return before.Cost + ((Points[i].Cost - before.Cost) * (quality - before.Quality) / (Points[i].Quality - before.Quality));
        }

        return null;
    }

    /// <summary>The mean quality over a range of costs: the area under the curve over the width of the range; the quality where the range has none. With the hull of a router's points it is like RouterBench's AIQ [memory].</summary>
    /// <param name="from">The first cost.</param>
    /// <param name="to">The last cost, at least the first.</param>
    /// <param name="interpolation">What holds between the points.</param>
    public double MeanQuality(double from, double to, CurveInterpolation interpolation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        if (to == from)
            return QualityAt(from, interpolation);
        double[] costs = [from, .. Points.Select(point => point.Cost).Where(cost => cost > from && cost < to), to];
        var area = 0.0;
        for (var i = 1; i < costs.Length; i++)
        {
            var (left, right) = (QualityAt(costs[i - 1], interpolation), QualityAt(costs[i], CurveInterpolation.Linear));
            area += (costs[i] - costs[i - 1]) * (interpolation == CurveInterpolation.Step ? left : (left + right) / 2);
        }

        return area / (to - from);
    }

    /// <summary>The best that drawing between the points gives: the upper concave hull, which ends at the best point, since nothing dearer is better.</summary>
    public QualityCostCurve Hull()
    {
        var hull = new List<CurvePoint>();
        foreach (var point in Points)
        {
            if (hull.Count > 0 && point.Quality <= hull[^1].Quality)
                continue;
            while (hull.Count > 1 && Slope(hull[^2], hull[^1]) <= Slope(hull[^1], point))
                hull.RemoveAt(hull.Count - 1);
            hull.Add(point);
        }

        return new(hull);
    }

    private static double Slope(CurvePoint a, CurvePoint b) => (b.Quality - a.Quality) / (b.Cost - a.Cost);
}
