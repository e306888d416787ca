namespace Vilfredo.Indicators;

/// <summary>
/// How far the points of a reference set are from an approximation, on average: it measures convergence and coverage at
/// once. Smaller is better; all objectives are minimised.
/// </summary>
/// <remarks>
/// <para>An empty approximation has the value +Infinity. An infinite value is infinitely far from every other value and
/// at no distance from itself. Both take O(n r m) for n points, r reference points and m objectives.</para>
/// <para>IGD may prefer a set over one that dominates it; IGD+ never does (it is weakly Pareto compliant).</para>
/// </remarks>
public static class InvertedGenerationalDistance
{
    /// <summary>
    /// IGD_p = (1/r sum d_i^p)^(1/p), d_i being the Euclidean distance of reference point i to the nearest point of the
    /// approximation (O. Schuetze et al., IEEE Trans. Evol. Comput. 16(4), 2012). The default p = 1, the mean distance, is
    /// the usual form.
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
            : PowerMean.OfNearest<SquaredDistance>(reference, points, objectives, power);
    }

    /// <summary>
    /// IGD+: as <see cref="Compute"/>, but only the objectives in which the point of the approximation is worse than the
    /// reference point count in the distance (H. Ishibuchi et al., EMO 2015, "Modified distance calculation in generational
    /// distance and inverted generational distance").
    /// </summary>
    /// <inheritdoc cref="Compute"/>
    public static double Plus(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, int objectives, double power = 1)
    {
        PowerMean.ValidatePower(power);
        return IndicatorArguments.Validate(points, reference, objectives) == 0
            ? double.PositiveInfinity
            : PowerMean.OfNearest<SquaredExcessOfMember>(reference, points, objectives, power);
    }
}
