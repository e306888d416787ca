using System.Runtime.CompilerServices;

namespace Vilfredo.Indicators;

/// <summary>Checks of what callers hand in, and the choice of the algorithm.</summary>
internal static unsafe class HypervolumeInput
{
    /// <summary>Checks shapes and that no value is NaN and the reference is finite.</summary>
    public static void Validate(ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> reference)
    {
        PointMatrix.Validate(points, objectives);
        ValidateReference(reference, objectives);
    }

    public static void ValidateReference(ReadOnlySpan<double> reference, int objectives)
    {
        PointMatrix.ValidatePoint(reference, objectives, nameof(reference));
        for (var j = 0; j < reference.Length; j++)
        {
            if (!double.IsFinite(reference[j]))
            {
                throw new ArgumentException(
                    $"reference: value {j} is {reference[j]}; the volume up to it would be infinite. Give a finite value, such as "
                    + "one slightly worse than the worst point.",
                    nameof(reference));
            }
        }
    }

    /// <summary>Refuses points at negative infinity, where a difference of volumes has no meaning.</summary>
    public static void ValidateFinite(ReadOnlySpan<double> points, int objectives, string parameter)
    {
        var at = points.IndexOf(double.NegativeInfinity);
        if (at >= 0)
        {
            throw new ArgumentException(
                $"{parameter}: value {at % objectives} of point {at / objectives} is negative infinity, which makes volumes infinite and "
                + "their differences undefined. Give finite values; positive infinity is allowed and contributes nothing.",
                parameter);
        }
    }

    /// <summary>The volume of any points without NaN.</summary>
    public static double Volume(double* points, int count, int objectives, double* reference)
    {
        using var scratch = new Scratch(Math.Max(64, Scratch.Bytes<double>((nint)count * objectives)));
        var inside = scratch.Take<double>((nint)count * objectives);
        count = KeepInside(points, count, objectives, reference, inside, null, out var isInfinite);
        return isInfinite ? double.PositiveInfinity : VolumeInside(inside, count, objectives, reference);
    }

    /// <summary>The volume of finite points that are all strictly below the reference; reorders the points.</summary>
    public static double VolumeInside(double* points, int count, int objectives, double* reference) => (count, objectives) switch
    {
        (0, _) => 0,
        (_, 1) => reference[0] - Lowest(points, count),
        (_, 2) => PlaneSweep.Area((PlaneSweep.Point*)points, count, reference[0], reference[1]),
        (_, 3) => SpaceSweep.Volume(points, count, reference),
        _ => VolumeOfMany(points, count, objectives, reference),
    };

    private static double VolumeOfMany(double* points, int count, int objectives, double* reference)
    {
        count = DominatedFilter.Reduce(points, count, objectives, reference);

        // Search zones multiply with the objectives that points can define and limit sets with the points; measured on
        // linear fronts, limit sets win with fewer than about 1.4 points per objective.
        var isWide = objectives >= 10 && count < 1.4 * objectives;
        return isWide || !SearchZones.CanTake(count, objectives)
            ? LimitSetRecursion.Volume(points, count, objectives, reference)
            : SearchZones.Volume(points, count, objectives, reference);
    }

    /// <summary>
    /// Copies the points that are strictly below the reference in every objective, notes their positions when
    /// <paramref name="items"/> is given, and returns how many there are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int KeepInside(
        double* points, int count, int objectives, double* reference, double* inside, int* items, out bool isInfinite)
    {
        var kept = 0;
        isInfinite = false;
        for (var i = 0; i < count; i++)
        {
            var point = points + (nint)i * objectives;
            var target = inside + (nint)kept * objectives;
            var isInside = true;
            var lowest = double.PositiveInfinity;
            for (var j = 0; j < objectives; j++)
            {
                target[j] = point[j];
                isInside &= point[j] < reference[j];
                lowest = Math.Min(lowest, point[j]);
            }

            if (!isInside)
                continue;
            if (items is not null)
                items[kept] = i;
            kept++;
            isInfinite |= double.IsNegativeInfinity(lowest);
        }

        return kept;
    }

    private static double Lowest(double* values, int count)
    {
        var lowest = values[0];
        for (var i = 1; i < count; i++)
            lowest = Math.Min(lowest, values[i]);
        return lowest;
    }
}
