namespace Vilfredo;

/// <summary>
/// Checks of the row-major matrices in which points travel: one row of <c>objectives</c> contiguous values per point.
/// </summary>
public static class PointMatrix
{
    /// <summary>Checks the shape and that no value is NaN, and returns the number of points.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="parameter">The caller's name for the matrix, used in messages.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The length is not a multiple of <paramref name="objectives"/>, or a value is NaN.</exception>
    public static int Validate(ReadOnlySpan<double> points, int objectives, string parameter = "points")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 1);
        if (points.Length % objectives != 0)
        {
            throw new ArgumentException(
                $"{parameter} holds {points.Length} values, which is not a multiple of {objectives} objectives; pass whole rows.",
                parameter);
        }

        for (var i = 0; i < points.Length; i++)
        {
            if (double.IsNaN(points[i]))
            {
                throw new ArgumentException(
                    $"{parameter}: value {i % objectives} of point {i / objectives} is NaN. NaN is an invalid measurement; "
                    + "remove the point or record it as a failed trial.",
                    parameter);
            }
        }

        return points.Length / objectives;
    }

    /// <summary>Checks that a single point (such as a reference point) has the right number of values and no NaN.</summary>
    /// <exception cref="ArgumentException">The length differs from <paramref name="objectives"/>, or a value is NaN.</exception>
    public static void ValidatePoint(ReadOnlySpan<double> point, int objectives, string parameter)
    {
        if (point.Length != objectives)
        {
            throw new ArgumentException(
                $"{parameter} has {point.Length} values but the points have {objectives} objectives; give one value per objective.",
                parameter);
        }

        for (var i = 0; i < point.Length; i++)
        {
            if (double.IsNaN(point[i]))
                throw new ArgumentException($"{parameter}: value {i} is NaN; give a number.", parameter);
        }
    }
}
