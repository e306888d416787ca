namespace Vilfredo.Indicators;

/// <summary>
/// The unary R2 indicator: the mean over weight vectors of the best weighted Tchebycheff value that the approximation
/// offers (D. Brockhoff, T. Wagner and H. Trautmann, "On the properties of the R2 indicator", GECCO 2012). Smaller is
/// better; all objectives are minimised. An empty approximation has the value +Infinity.
/// </summary>
public static class R2Indicator
{
    /// <summary>R2 = mean over w of min over a of max over j of w_j (a_j - z_j), in O(n k m) for k weight vectors.</summary>
    /// <param name="points">The approximation, row-major; +Infinity is allowed.</param>
    /// <param name="weights">The weight vectors, row-major, finite and not negative; usually spread over the simplex.</param>
    /// <param name="utopian">A point z at least as good as every point in every objective, finite.</param>
    /// <param name="objectives">Values per point.</param>
    /// <exception cref="ArgumentException">
    /// A matrix has a wrong shape or a NaN, there are no weights, a weight is negative or infinite, or the utopian point is
    /// not finite or worse than a point somewhere.
    /// </exception>
    public static double Compute(
        ReadOnlySpan<double> points, ReadOnlySpan<double> weights, ReadOnlySpan<double> utopian, int objectives)
    {
        var count = PointMatrix.Validate(points, objectives);
        ValidateWeights(weights, objectives);
        ValidateUtopian(points, utopian, objectives);
        if (count == 0) return double.PositiveInfinity;

        var shifted = new double[points.Length];
        for (var i = 0; i < points.Length; i++) shifted[i] = points[i] - utopian[i % objectives];
        var columns = new PointColumns(shifted, objectives);
        double sum = 0;
        for (var i = 0; i < weights.Length; i += objectives)
            sum += columns.Minimum<LargestWeightedMember>(weights.Slice(i, objectives), 0);
        return sum / (weights.Length / objectives);
    }

    /// <summary>
    /// The limit of <see cref="Compute"/> for two objectives and all weights (w, 1 - w), w uniform in [0, 1], computed
    /// exactly in O(n log n) (L. Schaepermeier and P. Kerschke, "R2 v2: The Pareto-compliant R2 indicator for better
    /// benchmarking in bi-objective optimization", 2024).
    /// </summary>
    /// <param name="points">The approximation, two values per point; points with +Infinity add nothing.</param>
    /// <param name="utopian">A point at least as good as every point in both objectives, finite.</param>
    /// <exception cref="ArgumentException">
    /// The matrix has a wrong shape or a NaN, or the utopian point is not finite or worse than a point somewhere.
    /// </exception>
    public static double Exact(ReadOnlySpan<double> points, ReadOnlySpan<double> utopian)
    {
        PointMatrix.Validate(points, 2);
        ValidateUtopian(points, utopian, 2);
        var front = Staircase(points, utopian);
        if (front.Length == 0) return double.PositiveInfinity;

        // Along the staircase, point i is the best choice between the weights at which its neighbours take over: with
        // the next point at w x_next = (1 - w) y_i, with the previous one at w x_i = (1 - w) y_previous.
        double sum = 0, above = double.PositiveInfinity;
        for (var i = 0; i < front.Length; i++)
        {
            var (x, y) = front[i];
            var right = i + 1 < front.Length ? front[i + 1].X : double.PositiveInfinity;
            var turn = Crossing(x, y);
            sum += IntegralOfWeight(turn, Crossing(x, above)) * x;
            sum += IntegralOfWeight(1 - turn, 1 - Crossing(right, y)) * y;
            above = y;
        }

        return sum;
    }

    // The weight at which w x = (1 - w) y.
    private static double Crossing(double x, double y) =>
        double.IsPositiveInfinity(x) ? 0 : double.IsPositiveInfinity(y) ? 1 : x + y == 0 ? 0.5 : y / (x + y);

    private static double IntegralOfWeight(double from, double to) => (to - from) * (to + from) / 2;

    // The non-dominated finite points relative to the utopian point, by the first objective.
    private static (double X, double Y)[] Staircase(ReadOnlySpan<double> points, ReadOnlySpan<double> utopian)
    {
        var sorted = new List<(double X, double Y)>(points.Length / 2);
        for (var i = 0; i < points.Length; i += 2)
        {
            if (double.IsFinite(points[i]) && double.IsFinite(points[i + 1]))
                sorted.Add((points[i] - utopian[0], points[i + 1] - utopian[1]));
        }

        sorted.Sort();
        var front = new List<(double X, double Y)>();
        foreach (var point in sorted)
        {
            if (front.Count == 0 || point.Y < front[^1].Y) front.Add(point);
        }

        return [.. front];
    }

    private static void ValidateWeights(ReadOnlySpan<double> weights, int objectives)
    {
        if (PointMatrix.Validate(weights, objectives, nameof(weights)) == 0)
            throw new ArgumentException("There are no weight vectors; give at least one row.", nameof(weights));
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] < 0 || double.IsPositiveInfinity(weights[i]))
            {
                throw new ArgumentException(
                    $"weights: value {i % objectives} of row {i / objectives} is {weights[i]}; weights are finite and not negative.",
                    nameof(weights));
            }
        }
    }

    private static void ValidateUtopian(ReadOnlySpan<double> points, ReadOnlySpan<double> utopian, int objectives)
    {
        PointMatrix.ValidatePoint(utopian, objectives, nameof(utopian));
        IndicatorArguments.ValidateFinite(utopian, objectives, nameof(utopian));
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i] < utopian[i % objectives])
            {
                throw new ArgumentException(
                    $"utopian: value {i % objectives} is {utopian[i % objectives]} but point {i / objectives} has {points[i]} there; "
                    + "the utopian point must be at least as good as every point.",
                    nameof(utopian));
            }
        }
    }
}
