namespace Vilfredo.Indicators;

/// <summary>
/// How far the points of an approximation are from a reference set, on average. Smaller is better; all objectives are
/// minimised.
/// </summary>
/// <remarks>
/// <para>An empty approximation has the value +Infinity. An infinite value is infinitely far from every other value and
/// at no distance from itself. All take O(n r m) for n points, r reference points and m objectives.</para>
/// </remarks>
public static class GenerationalDistance
{
    /// <summary>
    /// GD_p = (1/n sum d_i^p)^(1/p), d_i being the Euclidean distance of point i to the nearest reference point
    /// (O. Schuetze et al., IEEE Trans. Evol. Comput. 16(4), 2012). The default p = 1, the mean distance, is today's usual
    /// form.
    /// </summary>
    /// <param name="points">The approximation, row-major.</param>
    /// <param name="reference">The true or best known front, row-major; not empty.</param>
    /// <param name="objectives">Values per point.</param>
    /// <param name="power">p above 0; +Infinity gives the largest distance.</param>
    /// <exception cref="ArgumentException">A matrix has a wrong shape or a NaN, or the reference set is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="power"/> is not above 0.</exception>
    public static double Compute(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, int objectives, double power = 1)
    {
        PowerMean.ValidatePower(power);
        return IndicatorArguments.Validate(points, reference, objectives) == 0
            ? double.PositiveInfinity
            : PowerMean.OfNearest<SquaredDistance>(points, reference, objectives, power);
    }

    /// <summary>
    /// GD+: as <see cref="Compute"/>, but only the objectives in which a point is worse than the reference point count in
    /// the distance (H. Ishibuchi et al., EMO 2015, "Modified distance calculation in generational distance and inverted
    /// generational distance").
    /// </summary>
    /// <inheritdoc cref="Compute"/>
    public static double Plus(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, int objectives, double power = 1)
    {
        PowerMean.ValidatePower(power);
        return IndicatorArguments.Validate(points, reference, objectives) == 0
            ? double.PositiveInfinity
            : PowerMean.OfNearest<SquaredExcessOfQuery>(points, reference, objectives, power);
    }

    /// <summary>
    /// The first published form, (sum d_i^p)^(1/p) / n with p = 2 (D. A. Van Veldhuizen and G. B. Lamont, 1998). It shrinks
    /// with the number of points, so compare sets of the same size only.
    /// </summary>
    /// <inheritdoc cref="Compute"/>
    public static double Original(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, int objectives, double power = 2)
    {
        PowerMean.ValidatePower(power);
        var count = IndicatorArguments.Validate(points, reference, objectives);
        return count == 0
            ? double.PositiveInfinity
            : PowerMean.OfNearest<SquaredDistance>(points, reference, objectives, power) * Math.Pow(count, 1 / power - 1);
    }
}
