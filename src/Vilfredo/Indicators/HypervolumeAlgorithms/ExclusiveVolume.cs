using System.Runtime.CompilerServices;

namespace Vilfredo.Indicators;

/// <summary>The volume that one point dominates and others do not.</summary>
/// <remarks>
/// Another point that is worse in one objective only cuts the point's box down to a smaller box. What remains to subtract
/// is the volume that the limit set (the others raised to the point, While et al. 2012) has inside that smaller box,
/// mostly a few points.
/// </remarks>
internal static unsafe class ExclusiveVolume
{
    /// <summary>The exclusive volume of a finite point strictly below the reference.</summary>
    /// <param name="point">One row.</param>
    /// <param name="others">Rows without NaN.</param>
    /// <param name="count">Rows of <paramref name="others"/>.</param>
    /// <param name="skip">A row to leave out, or -1.</param>
    /// <param name="objectives">Values per row.</param>
    /// <param name="reference">One row.</param>
    /// <param name="upper">Room for one row.</param>
    /// <param name="limits">Room for <paramref name="count"/> rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Compute(
        double* point, double* others, int count, int skip, int objectives, double* reference, double* upper, double* limits)
    {
        new Span<double>(reference, objectives).CopyTo(new Span<double>(upper, objectives));
        for (var i = 0; i < count; i++)
        {
            if (i == skip)
                continue;
            var other = others + (nint)i * objectives;
            var worse = 0;
            var where = 0;
            for (var j = 0; j < objectives && worse < 2; j++)
            {
                if (other[j] > point[j])
                {
                    worse++;
                    where = j;
                }
            }

            if (worse == 0)
                return 0;
            if (worse == 1)
                upper[where] = Math.Min(upper[where], other[where]);
        }

        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (i == skip)
                continue;
            var other = others + (nint)i * objectives;
            var limit = limits + (nint)kept * objectives;
            var isInside = true;
            for (var j = 0; j < objectives && isInside; j++)
            {
                isInside = other[j] < upper[j];
                limit[j] = Math.Max(other[j], point[j]);
            }

            if (isInside)
                kept++;
        }

        var box = 1.0;
        for (var j = 0; j < objectives; j++)
            box *= upper[j] - point[j];
        return Math.Max(0, box - HypervolumeInput.VolumeInside(limits, kept, objectives, upper));
    }
}
