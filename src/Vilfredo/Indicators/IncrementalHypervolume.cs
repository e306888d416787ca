using System.Runtime.InteropServices;

namespace Vilfredo.Indicators;

/// <summary>The hypervolume of a non-dominated set to which points are added, and from which they are taken, one at a time.</summary>
/// <remarks>
/// <para>
/// Minimises, like <see cref="Hypervolume"/>. Only points that are strictly better than the reference and that no other
/// point dominates or equals are kept; a point that a new one dominates is forgotten, so taking the new one away later
/// does not bring it back.
/// </para>
/// <para>
/// With two objectives the set is a sorted staircase: O(log n) comparisons to find a point's place, and a block move.
/// Otherwise a point costs two passes over the set and the volume of the few points that limit its box.
/// Not thread-safe.
/// </para>
/// </remarks>
public sealed unsafe class IncrementalHypervolume
{
    private readonly double[] reference;
    private double[] points = [];
    private double[] limits = [];
    private readonly double[] upper;

    /// <summary>Creates the empty set.</summary>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="reference">The reference point, one finite value per objective.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="reference"/> has another length or is not finite.</exception>
    public IncrementalHypervolume(int objectives, ReadOnlySpan<double> reference)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 1);
        HypervolumeInput.ValidateReference(reference, objectives);
        Objectives = objectives;
        this.reference = reference.ToArray();
        upper = new double[objectives];
    }

    /// <summary>Values per point.</summary>
    public int Objectives { get; }

    /// <summary>The number of points kept.</summary>
    public int Count { get; private set; }

    /// <summary>The hypervolume of the points kept: the sum of all gains less all losses.</summary>
    public double Value { get; private set; }

    /// <summary>The points kept, row-major; valid until the next change.</summary>
    public ReadOnlySpan<double> Points => points.AsSpan(0, Count * Objectives);

    /// <summary>What <see cref="Add"/> would gain, without adding.</summary>
    /// <param name="point">One value per objective; positive infinity is allowed and gains nothing.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a value is NaN or negative infinity.</exception>
    public double Gain(ReadOnlySpan<double> point)
    {
        Validate(point);
        return !IsInside(point) ? 0
            : Objectives == 2 ? StaircaseGain(point[0], point[1], Place(point[0]), out _)
            : Exclusive(point, -1);
    }

    /// <summary>Adds a point and returns how much the hypervolume grows, at least 0.</summary>
    /// <param name="point">One value per objective; positive infinity is allowed and gains nothing.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a value is NaN or negative infinity.</exception>
    public double Add(ReadOnlySpan<double> point)
    {
        Validate(point);
        if (!IsInside(point))
            return 0;
        if (Objectives == 2)
            return AddToStaircase(point[0], point[1]);

        if (IsCovered(point))
            return 0;
        var gain = Exclusive(point, -1);
        RemoveDominatedBy(point);
        EnsureRoom();
        point.CopyTo(points.AsSpan(Count * Objectives));
        Count++;
        Value += gain;
        return gain;
    }

    /// <summary>Takes a point away and returns how much the hypervolume shrinks; 0 when the point is not kept.</summary>
    /// <param name="point">The values of a point of <see cref="Points"/>, exactly.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a value is NaN or negative infinity.</exception>
    public double Remove(ReadOnlySpan<double> point)
    {
        Validate(point);
        for (var i = 0; i < Count; i++)
        {
            if (!Points.Slice(i * Objectives, Objectives).SequenceEqual(point))
                continue;
            var loss = Objectives == 2 ? StepArea(i) : Exclusive(point, i);
            RemoveRows(i, i + 1);
            Value = Count == 0 ? 0 : Math.Max(0, Value - loss);
            return loss;
        }

        return 0;
    }

    private void Validate(ReadOnlySpan<double> point)
    {
        PointMatrix.ValidatePoint(point, Objectives, nameof(point));
        HypervolumeInput.ValidateFinite(point, Objectives, nameof(point));
    }

    private bool IsInside(ReadOnlySpan<double> point)
    {
        for (var j = 0; j < point.Length; j++)
        {
            if (point[j] >= reference[j])
                return false;
        }

        return true;
    }

    private bool IsCovered(ReadOnlySpan<double> point)
    {
        for (var i = 0; i < Count; i++)
        {
            if (IsAtLeastAsGood(Points.Slice(i * Objectives, Objectives), point))
                return true;
        }

        return false;
    }

    private void RemoveDominatedBy(ReadOnlySpan<double> point)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            var row = Points.Slice(i * Objectives, Objectives);
            if (IsAtLeastAsGood(point, row))
                continue;
            if (kept != i)
                row.CopyTo(points.AsSpan(kept * Objectives));
            kept++;
        }

        Count = kept;
    }

    private static bool IsAtLeastAsGood(ReadOnlySpan<double> point, ReadOnlySpan<double> other)
    {
        for (var j = 0; j < point.Length; j++)
        {
            if (point[j] > other[j])
                return false;
        }

        return true;
    }

    private double Exclusive(ReadOnlySpan<double> point, int skip)
    {
        if (limits.Length < Count * Objectives)
            limits = new double[points.Length];
        fixed (double* own = point, others = points, limit = reference, up = upper, room = limits)
            return ExclusiveVolume.Compute(own, others, Count, skip, Objectives, limit, up, room);
    }

    private void EnsureRoom()
    {
        if (points.Length < (Count + 1) * Objectives)
            Array.Resize(ref points, Math.Max(16, 2 * Count) * Objectives);
    }

    private void RemoveRows(int begin, int end)
    {
        points.AsSpan(end * Objectives, (Count - end) * Objectives).CopyTo(points.AsSpan(begin * Objectives));
        Count -= end - begin;
    }

    // Two objectives: rows in ascending order of the first and so in descending order of the second.

    private ReadOnlySpan<(double X, double Y)> Steps => MemoryMarshal.Cast<double, (double X, double Y)>(Points);

    /// <summary>The first step that is not left of <paramref name="x"/>.</summary>
    private int Place(double x)
    {
        var steps = Steps;
        int low = 0, high = steps.Length;
        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            if (steps[middle].X < x)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private double AddToStaircase(double x, double y)
    {
        var place = Place(x);
        var gain = StaircaseGain(x, y, place, out var end);
        if (end < 0)
            return 0;
        if (end > place + 1)
        {
            RemoveRows(place + 1, end);
        }
        else if (end == place)
        {
            EnsureRoom();
            points.AsSpan(place * 2, (Count - place) * 2).CopyTo(points.AsSpan(place * 2 + 2));
            Count++;
        }

        points[place * 2] = x;
        points[place * 2 + 1] = y;
        Value += gain;
        return gain;
    }

    /// <summary>The area a point adds, and where the steps end that it dominates; -1 when it adds no step.</summary>
    private double StaircaseGain(double x, double y, int place, out int end)
    {
        var steps = Steps;
        var top = place > 0 ? steps[place - 1].Y : reference[1];
        end = -1;
        if (top <= y || (place < steps.Length && steps[place].X == x && steps[place].Y <= y))
            return 0;

        var area = 0.0;
        var from = x;
        for (end = place; end < steps.Length && steps[end].Y >= y; end++)
        {
            area += (steps[end].X - from) * (top - y);
            from = steps[end].X;
            top = steps[end].Y;
        }

        return area + ((end < steps.Length ? steps[end].X : reference[0]) - from) * (top - y);
    }

    private double StepArea(int place)
    {
        var steps = Steps;
        var right = place + 1 < steps.Length ? steps[place + 1].X : reference[0];
        var top = place > 0 ? steps[place - 1].Y : reference[1];
        return (right - steps[place].X) * (top - steps[place].Y);
    }
}
