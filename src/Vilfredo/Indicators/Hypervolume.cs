using System.Buffers;

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
/// Exact in the sense of floating point: sweeps and search zones add positive terms only, so the relative error stays near
/// the rounding error of the sum. Contributions beyond three objectives are the difference of two volumes inside the box
/// that the neighbours leave a point.
/// </para>
/// </remarks>
public static class Hypervolume
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
    /// search zones, O(n^floor((d - 1) / 2)) zones at most; where objectives are as many as points, or more than 17 (33 for
    /// up to 220 points), the recursion over limit sets, exponential in the worst case. Nothing is allocated per point on
    /// the managed heap.
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

    /// <summary>What each point adds: the volume of the set less the volume of the set without the point.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point, to be minimised.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="reference">The reference point, one finite value per objective.</param>
    /// <param name="contributions">Receives one number of at least 0 per point.</param>
    /// <remarks>
    /// Points that are dominated, that occur twice, or that are not strictly better than the reference contribute 0; a
    /// dominated point still lowers the contribution of the one point that dominates it. d = 2 and d = 3 take O(n log n)
    /// sweeps for all points together; otherwise each point's exclusive volume is computed from the limit set inside the
    /// box that its neighbours leave it.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    /// <exception cref="ArgumentException">
    /// A shape does not fit, a value is NaN or negative infinity, or the reference is not finite.
    /// </exception>
    public static unsafe void Contributions(
        ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> reference, Span<double> contributions)
    {
        HypervolumeInput.Validate(points, objectives, reference);
        HypervolumeInput.ValidateFinite(points, objectives, nameof(points));
        var count = points.Length / objectives;
        if (contributions.Length != count)
        {
            throw new ArgumentException(
                $"contributions has room for {contributions.Length} values but there are {count} points; give one place per point.",
                nameof(contributions));
        }

        contributions.Clear();
        var values = (nint)count * objectives;
        using var scratch = new Scratch(2 * Scratch.Bytes<double>(values) + Scratch.Bytes<int>(count) + Scratch.Bytes<double>(objectives));
        var inside = scratch.Take<double>(values);
        var limits = scratch.Take<double>(values);
        var items = scratch.Take<int>(count);
        var upper = scratch.Take<double>(objectives);
        fixed (double* pointer = points)
        fixed (double* referencePointer = reference)
        {
            count = HypervolumeInput.KeepInside(pointer, count, objectives, referencePointer, inside, items, out _);
            if (objectives == 2)
            {
                PlaneContributions.Add(inside, count, referencePointer, items, contributions);
                return;
            }

            if (objectives == 3)
            {
                SpaceContributions.Add(inside, count, referencePointer, items, contributions);
                return;
            }

            for (var i = 0; i < count; i++)
            {
                contributions[items[i]] = ExclusiveVolume.Compute(
                    inside + (nint)i * objectives, inside, count, i, objectives, referencePointer, upper, limits);
            }
        }
    }

    /// <summary>The position of the point that contributes least, the first of several; see <see cref="Contributions"/>.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point, to be minimised; at least one point.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="reference">The reference point, one finite value per objective.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    /// <exception cref="ArgumentException">
    /// There is no point, a shape does not fit, a value is NaN or negative infinity, or the reference is not finite.
    /// </exception>
    public static int LeastContributor(ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> reference)
    {
        if (points.IsEmpty)
            throw new ArgumentException("points is empty: there is no least contributor; give at least one point.", nameof(points));
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 1);
        var count = points.Length / objectives;
        var rented = ArrayPool<double>.Shared.Rent(count);
        var contributions = rented.AsSpan(0, count);
        Contributions(points, objectives, reference, contributions);
        var least = 0;
        for (var i = 1; i < count; i++)
        {
            if (contributions[i] < contributions[least])
                least = i;
        }

        ArrayPool<double>.Shared.Return(rented);
        return least;
    }

    /// <summary>The volume that one point dominates and the others do not: what adding it to them would gain.</summary>
    /// <param name="point">The point, one value per objective.</param>
    /// <param name="points">The others: row-major values, <paramref name="objectives"/> per point; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="reference">The reference point, one finite value per objective.</param>
    /// <returns>
    /// A number of at least 0; 0 when the point is not strictly better than the reference in every objective or some other
    /// point is at least as good in every objective.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    /// <exception cref="ArgumentException">
    /// A shape does not fit, a value is NaN or negative infinity, or the reference is not finite.
    /// </exception>
    public static unsafe double Exclusive(
        ReadOnlySpan<double> point, ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> reference)
    {
        HypervolumeInput.Validate(points, objectives, reference);
        HypervolumeInput.ValidateFinite(points, objectives, nameof(points));
        PointMatrix.ValidatePoint(point, objectives, nameof(point));
        HypervolumeInput.ValidateFinite(point, objectives, nameof(point));
        for (var j = 0; j < objectives; j++)
        {
            if (!(point[j] < reference[j]))
                return 0;
        }

        using var scratch = new Scratch(Scratch.Bytes<double>(points.Length) + Scratch.Bytes<double>(objectives));
        fixed (double* pointer = points, own = point, referencePointer = reference)
        {
            return ExclusiveVolume.Compute(
                own, pointer, points.Length / objectives, -1, objectives, referencePointer,
                scratch.Take<double>(objectives), scratch.Take<double>(points.Length));
        }
    }
}
