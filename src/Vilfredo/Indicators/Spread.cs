namespace Vilfredo.Indicators;

/// <summary>
/// How unevenly an approximation covers the front between its ends, and how far it stays from those ends: 0 for equally
/// spaced points that reach both. Smaller is better.
/// </summary>
public static class Spread
{
    /// <summary>
    /// The spread of two objectives (K. Deb et al., "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE
    /// Trans. Evol. Comput. 6(2), 2002): (d_f + d_l + sum |d_i - mean d|) / (d_f + d_l + (n - 1) mean d), d_i being the
    /// Euclidean distances of consecutive points and d_f, d_l those of the outer points to the ends of the front.
    /// </summary>
    /// <param name="points">A non-dominated approximation, two finite values per point; not empty.</param>
    /// <param name="extremes">The two ends of the true front, first the one with the smaller first objective.</param>
    /// <returns>The spread; 0 when all distances are 0.</returns>
    /// <exception cref="ArgumentException">A matrix has a wrong shape or a value that is not finite, or there are no points.</exception>
    public static double TwoObjectives(ReadOnlySpan<double> points, ReadOnlySpan<double> extremes)
    {
        Validate(points, 2, nameof(points));
        if (extremes.Length != 4)
            throw new ArgumentException($"extremes holds {extremes.Length} values; give the two ends, four values.", nameof(extremes));
        Validate(extremes, 2, nameof(extremes));

        var rows = new (double X, double Y)[points.Length / 2];
        for (var i = 0; i < rows.Length; i++) rows[i] = (points[2 * i], points[2 * i + 1]);
        Array.Sort(rows);
        var gaps = new double[rows.Length - 1];
        for (var i = 0; i < gaps.Length; i++) gaps[i] = Distance(rows[i], rows[i + 1]);

        var ends = Distance(rows[0], (extremes[0], extremes[1])) + Distance(rows[^1], (extremes[2], extremes[3]));
        return Ratio(ends, gaps);
    }

    /// <summary>
    /// The generalised spread of any number of objectives (A. Zhou, Y. Jin, Q. Zhang, B. Sendhoff and E. Tsang, CEC 2006):
    /// (sum d(e_j, P) + sum |d_i - mean d|) / (sum d(e_j, P) + n mean d), e_j being the extreme points of the front, d(e, P)
    /// the distance to the nearest point, and d_i that of point i to its nearest other point.
    /// </summary>
    /// <param name="points">A non-dominated approximation, row-major, finite values; not empty.</param>
    /// <param name="extremes">The extreme points of the true front, row-major: usually one per objective.</param>
    /// <param name="objectives">Values per point.</param>
    /// <returns>The spread; 0 when all distances are 0. A single point has no neighbour: only the extremes count.</returns>
    /// <exception cref="ArgumentException">A matrix is empty, has a wrong shape or a value that is not finite.</exception>
    public static double Generalized(ReadOnlySpan<double> points, ReadOnlySpan<double> extremes, int objectives)
    {
        var count = Validate(points, objectives, nameof(points));
        Validate(extremes, objectives, nameof(extremes));

        var columns = new PointColumns(points, objectives);
        double ends = 0;
        for (var i = 0; i < extremes.Length; i += objectives)
            ends += Math.Sqrt(columns.Minimum<SquaredDistance>(extremes.Slice(i, objectives), 0));

        var gaps = new double[count == 1 ? 0 : count];
        for (var i = 0; i < gaps.Length; i++)
            gaps[i] = Math.Sqrt(columns.MinimumToOthers<SquaredDistance>(i, points.Slice(i * objectives, objectives)));
        return Ratio(ends, gaps);
    }

    private static double Ratio(double ends, double[] gaps)
    {
        var total = gaps.Sum();
        var mean = gaps.Length == 0 ? 0 : total / gaps.Length;
        return ends + total == 0 ? 0 : (ends + gaps.Sum(d => Math.Abs(d - mean))) / (ends + total);
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) => double.Hypot(a.X - b.X, a.Y - b.Y);

    private static int Validate(ReadOnlySpan<double> matrix, int objectives, string parameter)
    {
        var count = PointMatrix.Validate(matrix, objectives, parameter);
        IndicatorArguments.ValidateFinite(matrix, objectives, parameter);
        return count > 0 ? count : throw new ArgumentException($"{parameter} is empty; give at least one point.", parameter);
    }
}
