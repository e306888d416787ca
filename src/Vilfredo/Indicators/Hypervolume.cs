namespace Vilfredo.Indicators;

/// <summary>
/// The hypervolume indicator: the volume that a set of points dominates up to a reference point (Zitzler and Thiele,
/// "Multiobjective optimization using evolutionary algorithms: a comparative case study", PPSN 1998).
/// </summary>
/// <remarks>
/// <para>
/// All routines minimise. A point counts only if it is strictly better than the reference in every objective; others, and
/// points at positive infinity, contribute nothing. Duplicates and dominated points are allowed. NaN is refused, and the
/// reference must be finite.
/// </para>
/// <para>
/// Exact in the sense of floating point: every result is a sum of products of differences without cancellation between
/// large terms, so that the relative error stays near the rounding error of the sum.
/// </para>
/// </remarks>
public static partial class Hypervolume
{
    /// <summary>The volume of the region that the points dominate and that dominates the reference.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point, to be minimised; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="reference">The reference point, one finite value per objective.</param>
    /// <returns>
    /// A number of at least 0, in the product of the objectives' units; 0 when no point is strictly better than the
    /// reference in every objective; positive infinity when such a point has an objective at negative infinity.
    /// </returns>
    /// <remarks>
    /// One algorithm per number of objectives: d = 2 and d = 3 dimension sweeps in O(n log n); from d = 4 on the tree of
    /// search zones, O(n^floor((d - 1) / 2)) zones at most; above 17 objectives the recursion over limit sets, exponential
    /// in the worst case. Nothing is allocated per point on the managed heap.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    /// <exception cref="ArgumentException">A shape does not fit, a value is NaN, or the reference is not finite.</exception>
    public static unsafe double Compute(ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> reference)
    {
        HypervolumeInput.Validate(points, objectives, reference);
        fixed (double* pointer = points)
        fixed (double* referencePointer = reference)
            return HypervolumeInput.Volume(pointer, points.Length / objectives, objectives, referencePointer);
    }
}
