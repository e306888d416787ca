namespace Vilfredo.Optimization.Problems;

/// <summary>Points spread over the simplex of non-negative values with sum 1.</summary>
internal static class SimplexPoints
{
    /// <summary>
    /// The corners, then the points of a low-discrepancy sequence mapped to the simplex by the gaps between its sorted
    /// coordinates; evenly spaced points for two values.
    /// </summary>
    public static double[] Spread(int count, int dimension)
    {
        var points = new double[count * dimension];
        if (dimension == 2)
        {
            for (var i = 0; i < count; i++)
            {
                points[2 * i] = (double)i / (count - 1);
                points[2 * i + 1] = 1 - points[2 * i];
            }

            return points;
        }

        var corners = Math.Min(count, dimension);
        for (var i = 0; i < corners; i++) points[i * dimension + i] = 1;

        var sequence = new HaltonSequence(dimension - 1);
        var cuts = new double[dimension + 1];
        cuts[dimension] = 1;
        for (var i = corners; i < count; i++)
        {
            sequence.At(i, cuts.AsSpan(1, dimension - 1));
            cuts.AsSpan(1, dimension - 1).Sort();
            for (var j = 0; j < dimension; j++) points[i * dimension + j] = cuts[j + 1] - cuts[j];
        }

        return points;
    }
}
