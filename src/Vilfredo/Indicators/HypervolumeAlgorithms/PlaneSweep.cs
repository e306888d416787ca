using System.Runtime.CompilerServices;

namespace Vilfredo.Indicators;

/// <summary>Hypervolume of two objectives: a sweep along the first, O(n log n) in the worst case, expected O(n).</summary>
/// <remarks>
/// One bucket pass replaces the sort. A point that some point of an earlier bucket beats in the second objective is
/// dominated and is dropped before it is moved, so that sets far from their front cost little more than two reads.
/// </remarks>
internal static unsafe class PlaneSweep
{
    private const int SmallCount = 32;

    internal struct Point
    {
        public double X;
        public double Y;
    }

    private struct Bucket
    {
        public double Lowest;
        public int Start;
        public int End;
    }

    /// <summary>The area that <paramref name="count"/> finite points, all strictly below the reference, dominate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Area(Point* points, int count, double referenceX, double referenceY)
    {
        if (count <= SmallCount)
        {
            var copy = stackalloc Point[SmallCount];
            new Span<Point>(points, count).CopyTo(new Span<Point>(copy, count));
            InsertionSort(copy, count);
            return Sweep(copy, count, referenceX, ref referenceY);
        }

        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (var i = 0; i < count; i++)
        {
            low = Math.Min(low, points[i].X);
            high = Math.Max(high, points[i].X);
        }

        var buckets = Math.Max(8, count / 4);
        var scale = ValueOrder.BucketScale(low, high, buckets);
        using var scratch = new Scratch(Scratch.Bytes<Point>(count) + Scratch.Bytes<Bucket>(buckets));
        var sorted = scratch.Take<Point>(count);
        if (scale == 0)
        {
            new Span<Point>(points, count).CopyTo(new Span<Point>(sorted, count));
            SortBucket(sorted, count);
            return Sweep(sorted, count, referenceX, ref referenceY);
        }

        var bucket = scratch.Take<Bucket>(buckets);
        new Span<Bucket>(bucket, buckets).Fill(new Bucket { Lowest = referenceY });
        for (var i = 0; i < count; i++)
        {
            var target = bucket + ValueOrder.Bucket(points[i].X, low, scale);
            target->End++;
            if (points[i].Y < target->Lowest)
                target->Lowest = points[i].Y;
        }

        // Counts become places, and each bucket's lowest value becomes the bound that all buckets before it set.
        var start = 0;
        var lowest = referenceY;
        for (var b = 0; b < buckets; b++)
        {
            var own = bucket[b];
            bucket[b] = new Bucket { Lowest = lowest, Start = start, End = start };
            start += own.End;
            lowest = Math.Min(lowest, own.Lowest);
        }

        for (var i = 0; i < count; i++)
        {
            var point = points[i];
            var target = bucket + ValueOrder.Bucket(point.X, low, scale);
            if (point.Y < target->Lowest)
                sorted[target->End++] = point;
        }

        var area = 0.0;
        var top = referenceY;
        for (var b = 0; b < buckets; b++)
        {
            var begin = sorted + bucket[b].Start;
            var kept = bucket[b].End - bucket[b].Start;
            SortBucket(begin, kept);
            area += Sweep(begin, kept, referenceX, ref top);
        }

        return area;
    }

    /// <summary>The area that points in ascending order of X add below <paramref name="top"/>, which falls to the lowest of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sweep(Point* points, int count, double referenceX, ref double top)
    {
        var area = 0.0;
        for (var i = 0; i < count; i++)
        {
            if (points[i].Y < top)
            {
                area += (referenceX - points[i].X) * (top - points[i].Y);
                top = points[i].Y;
            }
        }

        return area;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SortBucket(Point* points, int count)
    {
        if (count <= SmallCount)
            InsertionSort(points, count);
        else
            new Span<Point>(points, count).Sort(static (a, b) => a.X.CompareTo(b.X));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InsertionSort(Point* points, int count)
    {
        for (var i = 1; i < count; i++)
        {
            var point = points[i];
            var j = i;
            for (; j > 0 && points[j - 1].X > point.X; j--)
                points[j] = points[j - 1];
            points[j] = point;
        }
    }
}
