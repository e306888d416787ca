using Vilfredo.Sorting;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>
/// The region that a front does not dominate, below a reference point, as disjoint boxes. A box without a lower bound in an
/// objective has negative infinity there.
/// </summary>
/// <remarks>
/// Two objectives: one strip per point, O(n log n). More: slabs along the last objective, each cut as the front of the points
/// below it in the other objectives; boxes that go on through several slabs are joined. O(n) boxes for three objectives.
/// </remarks>
internal sealed class NonDominatedBoxes
{
    private NonDominatedBoxes(int objectives, List<double[]> boxes)
    {
        Objectives = objectives;
        Count = boxes.Count;
        Lower = new double[Count * objectives];
        Upper = new double[Count * objectives];
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < objectives; j++)
            {
                Lower[i * objectives + j] = boxes[i][2 * j];
                Upper[i * objectives + j] = boxes[i][2 * j + 1];
            }
        }
    }

    public int Objectives { get; }

    public int Count { get; }

    /// <summary>One row per box.</summary>
    public double[] Lower { get; }

    /// <summary>One row per box.</summary>
    public double[] Upper { get; }

    /// <summary>The boxes of a front.</summary>
    /// <param name="points">Rows, in any order, dominated ones included.</param>
    /// <param name="objectives">Values per row.</param>
    /// <param name="reference">The point that bounds the region from above.</param>
    public static NonDominatedBoxes Of(ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> reference)
    {
        var front = new List<double[]>();
        foreach (var i in NonDominatedFilter.Indices(points, objectives, keepDuplicates: false))
        {
            var point = points.Slice(i * objectives, objectives);
            var isInside = true;
            for (var j = 0; j < objectives; j++) isInside &= point[j] < reference[j];
            if (isInside) front.Add(point.ToArray());
        }

        return new(objectives, Cut(front, objectives, reference));
    }

    // Boxes as lower and upper bound of each objective in turn. The points need not be non-dominated in these objectives.
    private static List<double[]> Cut(List<double[]> points, int objectives, ReadOnlySpan<double> reference)
    {
        if (objectives == 1)
        {
            var least = reference[0];
            foreach (var point in points) least = Math.Min(least, point[0]);
            return [[double.NegativeInfinity, least]];
        }

        return objectives == 2 ? Strips(points, reference) : Slabs(points, objectives, reference);
    }

    private static List<double[]> Strips(List<double[]> points, ReadOnlySpan<double> reference)
    {
        var sorted = points.ToArray();
        Array.Sort(sorted, (a, b) => a[0] != b[0] ? a[0].CompareTo(b[0]) : a[1].CompareTo(b[1]));
        var boxes = new List<double[]>();
        var (left, top) = (double.NegativeInfinity, reference[1]);
        foreach (var point in sorted)
        {
            if (point[1] >= top) continue;
            if (point[0] > left) boxes.Add([left, point[0], double.NegativeInfinity, top]);
            (left, top) = (point[0], point[1]);
        }

        boxes.Add([left, reference[0], double.NegativeInfinity, top]);
        return boxes;
    }

    private static List<double[]> Slabs(List<double[]> points, int objectives, ReadOnlySpan<double> reference)
    {
        var last = objectives - 1;
        var sorted = points.ToArray();
        Array.Sort(sorted, (a, b) => a[last].CompareTo(b[last]));
        var boxes = new List<double[]>();
        var below = new List<double[]>();
        var open = new Dictionary<double[], double>(BoundsComparer.Instance);
        foreach (var box in Cut(below, last, reference)) open.Add(box, double.NegativeInfinity);
        for (var i = 0; i < sorted.Length; i++)
        {
            below.Add(sorted[i]);
            var level = sorted[i][last];
            if (i + 1 < sorted.Length && sorted[i + 1][last] == level) continue;
            if (last > 2) below = Projected(below, last);
            var next = new Dictionary<double[], double>(BoundsComparer.Instance);
            foreach (var box in Cut(below, last, reference)) next.Add(box, open.Remove(box, out var start) ? start : level);
            foreach (var (box, start) in open) boxes.Add([.. box, start, level]);
            open = next;
        }

        foreach (var (box, start) in open) boxes.Add([.. box, start, reference[last]]);
        return boxes;
    }

    // The points that none dominates weakly in the first objectives; the others cut nothing.
    private static List<double[]> Projected(List<double[]> points, int objectives)
    {
        var rows = new double[points.Count * objectives];
        for (var i = 0; i < points.Count; i++) points[i].AsSpan(0, objectives).CopyTo(rows.AsSpan(i * objectives));
        return [.. NonDominatedFilter.Indices(rows, objectives, keepDuplicates: false).Select(i => points[i])];
    }

    private sealed class BoundsComparer : IEqualityComparer<double[]>
    {
        public static readonly BoundsComparer Instance = new();

        public bool Equals(double[]? x, double[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(double[] obj)
        {
            var hash = new HashCode();
            foreach (var value in obj) hash.Add(value);
            return hash.ToHashCode();
        }
    }
}
