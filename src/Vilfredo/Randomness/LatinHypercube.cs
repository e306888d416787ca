namespace Vilfredo;

/// <summary>
/// Latin hypercube sampling: n points of which each of the n equal intervals of every axis holds exactly one (M. D.
/// McKay, R. J. Beckman and W. J. Conover, Technometrics 21(2), 1979).
/// </summary>
public static class LatinHypercube
{
    /// <summary>Draws a sample.</summary>
    /// <param name="count">The number of points, at least 0.</param>
    /// <param name="dimension">The number of coordinates, at least 1.</param>
    /// <param name="random">The source of the order of the intervals and of the places within them.</param>
    /// <param name="centered">Puts each point in the middle of its intervals instead of at a random place.</param>
    /// <returns>Row-major points in [0, 1)^d, <paramref name="dimension"/> values per point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is too small.</exception>
    public static double[] Sample(int count, int dimension, RandomGenerator random, bool centered = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentNullException.ThrowIfNull(random);

        var points = new double[checked(count * dimension)];
        var intervals = new int[count];
        for (var axis = 0; axis < dimension; axis++)
        {
            for (var i = 0; i < count; i++) intervals[i] = i;
            random.Shuffle(intervals.AsSpan());
            for (var i = 0; i < count; i++)
            {
                var place = centered ? 0.5 : random.NextDouble();
                points[i * dimension + axis] = Math.Min((intervals[i] + place) / count, LargestBelow(intervals[i] + 1, count));
            }
        }

        return points;
    }

    // Rounding must not carry a point into the next interval.
    private static double LargestBelow(int upper, int count) => Math.BitDecrement((double)upper / count);
}
