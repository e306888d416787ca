namespace Vilfredo.Indicators;

/// <summary>
/// How unevenly the points of an approximation are spaced: 0 when each is equally far from its nearest neighbour (J. R.
/// Schott, "Fault tolerant design using single and multicriteria genetic algorithm optimization", MIT, 1995). It says
/// nothing about convergence or extent.
/// </summary>
public static class Spacing
{
    /// <summary>
    /// The sample standard deviation of the Manhattan distances of each point to its nearest other point, in O(n^2 m).
    /// </summary>
    /// <param name="points">The approximation, row-major, finite values. Duplicates are neighbours at distance 0.</param>
    /// <param name="objectives">Values per point; scale objectives of different units first.</param>
    /// <returns>The spacing; 0 for fewer than two points.</returns>
    /// <exception cref="ArgumentException">The matrix has a wrong shape or a value that is not finite.</exception>
    public static double Compute(ReadOnlySpan<double> points, int objectives)
    {
        var count = PointMatrix.Validate(points, objectives);
        IndicatorArguments.ValidateFinite(points, objectives, nameof(points));
        if (count < 2) return 0;

        var columns = new PointColumns(points, objectives);
        var distances = new double[count];
        for (var i = 0; i < count; i++)
            distances[i] = columns.MinimumToOthers<ManhattanDistance>(i, points.Slice(i * objectives, objectives));

        var mean = distances.Average();
        return Math.Sqrt(distances.Sum(d => (d - mean) * (d - mean)) / (count - 1));
    }
}
