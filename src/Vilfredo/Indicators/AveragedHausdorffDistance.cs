namespace Vilfredo.Indicators;

/// <summary>
/// The averaged Hausdorff distance: the larger of GD_p and IGD_p (O. Schuetze, X. Esquivel, A. Lara and C. A. Coello
/// Coello, IEEE Trans. Evol. Comput. 16(4), 2012). Smaller is better; the order of the sets does not matter.
/// </summary>
public static class AveragedHausdorffDistance
{
    /// <summary>Computes the distance in O(n r m).</summary>
    /// <param name="points">The approximation, row-major; an empty one has the value +Infinity.</param>
    /// <param name="reference">The true or best known front, row-major; not empty.</param>
    /// <param name="objectives">Values per point.</param>
    /// <param name="power">p above 0; +Infinity gives the Hausdorff distance.</param>
    /// <exception cref="ArgumentException">A matrix has a wrong shape or a NaN, or the reference set is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="power"/> is not above 0.</exception>
    public static double Compute(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, int objectives, double power = 1) =>
        Math.Max(
            GenerationalDistance.Compute(points, reference, objectives, power),
            InvertedGenerationalDistance.Compute(points, reference, objectives, power));
}
