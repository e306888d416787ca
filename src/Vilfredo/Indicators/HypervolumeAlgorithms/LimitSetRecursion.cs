namespace Vilfredo.Indicators;

/// <summary>
/// Hypervolume of any number of objectives from exclusive volumes (While, Bradstreet and Barone, "A fast way of
/// calculating exact hypervolumes", IEEE TEC 16(1), 2012), with slicing: each level takes one objective off.
/// </summary>
/// <remarks>
/// A point adds its inclusive volume less the volume of its limit set: the points before it, raised to it in every
/// objective. Better than <see cref="SearchZones"/> where objectives are about as many as points, and used where they are
/// more than its vectors have lanes for; exponential in the number of points in the worst case.
/// </remarks>
internal static unsafe class LimitSetRecursion
{
    /// <summary>The volume that finite points, all strictly below the reference, dominate.</summary>
    public static double Volume(double* points, int count, int objectives, double* reference)
    {
        nuint bytes = 0;
        for (var level = 3; level <= objectives; level++)
            bytes += 2 * Scratch.Bytes<double>((nint)count * level) + Scratch.Bytes<ValueOrder.Entry>(count);
        using var scratch = new Scratch(Math.Max(bytes, 64));
        var levels = stackalloc double*[objectives + 1];
        var sorted = stackalloc double*[objectives + 1];
        var orders = stackalloc ValueOrder.Entry*[objectives + 1];
        for (var level = 3; level <= objectives; level++)
        {
            levels[level] = scratch.Take<double>((nint)count * level);
            sorted[level] = scratch.Take<double>((nint)count * level);
            orders[level] = scratch.Take<ValueOrder.Entry>(count);
        }

        return Volume(points, count, objectives, reference, levels, sorted, orders);
    }

    private static double Volume(
        double* points, int count, int objectives, double* reference, double** levels, double** sorted, ValueOrder.Entry** orders)
    {
        if (count == 0)
            return 0;
        if (count == 1)
            return Inclusive(points, objectives, reference);
        if (count <= 3)
            return InclusionExclusion(points, count, objectives, reference);
        if (objectives == 3)
            return SpaceSweep.Volume(points, count, reference);

        var order = orders[objectives];
        var last = objectives - 1;
        ValueOrder.Sort(points + last, objectives, count, order);
        var rows = sorted[objectives];
        for (var i = 0; i < count; i++)
        {
            new Span<double>(points + (nint)order[i].Item * objectives, objectives)
                .CopyTo(new Span<double>(rows + (nint)i * objectives, objectives));
        }

        var volume = 0.0;
        for (var i = 0; i < count; i++)
        {
            var point = rows + (nint)i * objectives;
            var limits = levels[last];
            var kept = LimitSet(rows, i, objectives, point, limits);
            if (kept < 0)
                continue;
            var exclusive = Inclusive(point, last, reference) - Volume(limits, kept, last, reference, levels, sorted, orders);
            volume += exclusive * (reference[last] - point[last]);
        }

        return volume;
    }

    /// <summary>
    /// Writes the non-dominated points of the limit set in all objectives but the last, and returns how many there are, or
    /// -1 when one of them covers the point.
    /// </summary>
    private static int LimitSet(double* rows, int count, int objectives, double* point, double* limits)
    {
        var width = objectives - 1;
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var row = rows + (nint)i * objectives;
            var limit = limits + (nint)kept * width;
            var covers = true;
            for (var j = 0; j < width; j++)
            {
                limit[j] = Math.Max(row[j], point[j]);
                covers &= row[j] <= point[j];
            }

            if (covers)
                return -1;

            var write = 0;
            var dominated = false;
            for (var k = 0; k < kept && !dominated; k++)
            {
                var other = limits + (nint)k * width;
                bool otherCovers = true, newCovers = true;
                for (var j = 0; j < width; j++)
                {
                    otherCovers &= other[j] <= limit[j];
                    newCovers &= limit[j] <= other[j];
                }

                dominated = otherCovers;
                if (newCovers && !otherCovers)
                    continue;
                if (write != k)
                    new Span<double>(other, width).CopyTo(new Span<double>(limits + (nint)write * width, width));
                write++;
            }

            // A dominated point removes nothing: what it dominates, its dominator would have removed before.
            if (dominated)
                continue;
            if (write != kept)
                new Span<double>(limit, width).CopyTo(new Span<double>(limits + (nint)write * width, width));
            kept = write + 1;
        }

        return kept;
    }

    /// <summary>Two or three points: what each dominates, less what pairs share, plus what three share.</summary>
    private static double InclusionExclusion(double* points, int count, int objectives, double* reference)
    {
        var a = points;
        var b = points + objectives;
        var c = points + (count - 1) * objectives;
        double ownA = 1, ownB = 1, ownC = 1, sharedAB = 1, sharedAC = 1, sharedBC = 1, sharedABC = 1;
        for (var j = 0; j < objectives; j++)
        {
            var toA = reference[j] - a[j];
            var toB = reference[j] - b[j];
            var toC = reference[j] - c[j];
            var toAB = double.MinNative(toA, toB);
            ownA *= toA;
            ownB *= toB;
            ownC *= toC;
            sharedAB *= toAB;
            sharedAC *= double.MinNative(toA, toC);
            sharedBC *= double.MinNative(toB, toC);
            sharedABC *= double.MinNative(toAB, toC);
        }

        // Of two points the third is the second again.
        return count == 2 ? ownA + (ownB - sharedAB) : ownA + (ownB - sharedAB) + (ownC - sharedAC - sharedBC + sharedABC);
    }

    private static double Inclusive(double* point, int objectives, double* reference)
    {
        var volume = 1.0;
        for (var j = 0; j < objectives; j++)
            volume *= reference[j] - point[j];
        return volume;
    }
}
