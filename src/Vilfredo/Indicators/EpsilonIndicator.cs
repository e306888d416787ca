namespace Vilfredo.Indicators;

/// <summary>
/// By how much an approximation must be improved to weakly dominate a reference set (E. Zitzler, L. Thiele, M. Laumanns,
/// C. M. Fonseca and V. Grunert da Fonseca, "Performance assessment of multiobjective optimizers", IEEE Trans. Evol.
/// Comput. 7(2), 2003). Smaller is better; all objectives are minimised. O(n r m) at worst.
/// </summary>
public static class EpsilonIndicator
{
    /// <summary>
    /// The smallest epsilon such that every reference point is weakly dominated by some point after epsilon is subtracted
    /// from all its objectives. At most 0 when the approximation weakly dominates the whole reference set.
    /// </summary>
    /// <param name="points">The approximation, row-major; an empty one has the value +Infinity.</param>
    /// <param name="reference">The true or best known front, or another approximation, row-major; not empty.</param>
    /// <param name="objectives">Values per point. Infinite values are compared as such; equal ones differ by nothing.</param>
    /// <exception cref="ArgumentException">A matrix has a wrong shape or a NaN, or the reference set is empty.</exception>
    public static double Additive(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, int objectives) =>
        IndicatorArguments.Validate(points, reference, objectives) == 0
            ? double.PositiveInfinity
            : Largest<LargestExcessOfMember>(points, reference, objectives);

    /// <summary>
    /// The smallest epsilon such that every reference point is weakly dominated by some point after all its objectives are
    /// divided by epsilon. At most 1 when the approximation weakly dominates the whole reference set.
    /// </summary>
    /// <param name="points">The approximation, row-major, positive values; an empty one has the value +Infinity.</param>
    /// <param name="reference">The true or best known front, or another approximation, row-major, positive; not empty.</param>
    /// <param name="objectives">Values per point.</param>
    /// <exception cref="ArgumentException">
    /// A matrix has a wrong shape, a NaN, or a value that is not above 0, or the reference set is empty.
    /// </exception>
    public static double Multiplicative(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, int objectives)
    {
        var count = IndicatorArguments.Validate(points, reference, objectives);
        ValidatePositive(points, objectives, nameof(points));
        ValidatePositive(reference, objectives, nameof(reference));
        return count == 0 ? double.PositiveInfinity : Largest<LargestRatioOfMember>(points, reference, objectives);
    }

    private static double Largest<TMeasure>(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, int objectives)
        where TMeasure : IPairMeasure
    {
        var columns = new PointColumns(points, objectives);
        var epsilon = double.NegativeInfinity;
        for (var i = 0; i < reference.Length; i += objectives)
        {
            // A reference point that is covered within the epsilon found so far cannot raise it.
            epsilon = Math.Max(epsilon, columns.Minimum<TMeasure>(reference.Slice(i, objectives), epsilon));
        }

        return epsilon;
    }

    private static void ValidatePositive(ReadOnlySpan<double> points, int objectives, string parameter)
    {
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i] <= 0)
            {
                throw new ArgumentException(
                    $"{parameter}: value {i % objectives} of point {i / objectives} is {points[i]}; the multiplicative epsilon "
                    + "indicator needs values above 0. Shift the objective, or use the additive one.",
                    parameter);
            }
        }
    }
}
