namespace Vilfredo.Optimization.Nonsmooth.Boxes;

/// <summary>
/// A set of boxes of equal size: those cells of a root box, halved along its coordinates in turn, that may contain a set of points.
/// </summary>
/// <remarks>
/// After d halvings every side i has been halved d / n times, once more where i is below d mod n. A box is known by the d bits
/// that tell its half at each halving, the first the most significant. Boxes are closed; on a common side a point belongs to the
/// upper box. The order of the boxes is that of their numbers.
/// </remarks>
public sealed class BoxCovering
{
    /// <summary>The most halvings: the bits of a box's number.</summary>
    public const int MaximumDepth = 62;

    private readonly double[] lower, upper;
    private readonly ulong[] boxes;

    /// <summary>The covering by the root box alone.</summary>
    /// <param name="lower">n finite lower bounds, at least one.</param>
    /// <param name="upper">n finite upper bounds, each above its lower one.</param>
    /// <exception cref="ArgumentException">The bounds are not so.</exception>
    public BoxCovering(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        if (lower.Length == 0 || lower.Length != upper.Length)
            throw new ArgumentException($"There are {lower.Length} lower and {upper.Length} upper bounds; there must be as many of both, at least one.", nameof(lower));
        for (var j = 0; j < lower.Length; j++)
        {
            if (!(lower[j] < upper[j] && double.IsFinite(upper[j] - lower[j])))
                throw new ArgumentException($"The bounds of coordinate {j} are {lower[j]} and {upper[j]}; they must be finite, the lower below the upper.", nameof(lower));
        }

        (this.lower, this.upper, boxes, Depth) = (lower.ToArray(), upper.ToArray(), [0UL], 0);
    }

    private BoxCovering(double[] lower, double[] upper, ulong[] boxes, int depth) =>
        (this.lower, this.upper, this.boxes, Depth) = (lower, upper, boxes, depth);

    /// <summary>The halvings so far.</summary>
    public int Depth { get; }

    /// <summary>The number of boxes.</summary>
    public int Count => boxes.Length;

    /// <summary>n, the number of coordinates.</summary>
    public int Dimension => lower.Length;

    /// <summary>The lower bounds of the root box.</summary>
    public IReadOnlyList<double> Lower => lower;

    /// <summary>The upper bounds of the root box.</summary>
    public IReadOnlyList<double> Upper => upper;

    /// <summary>The length of each side of every box.</summary>
    public double Side(int coordinate) => (upper[coordinate] - lower[coordinate]) / (1L << Halvings(coordinate));

    /// <summary>Half the diagonal of every box: the largest distance of a point from its box's centre.</summary>
    public double Radius()
    {
        var sum = 0.0;
        for (var j = 0; j < lower.Length; j++) sum += 0.25 * Side(j) * Side(j);
        return Math.Sqrt(sum);
    }

    /// <summary>A point of a box by its position: 0 is the lower corner, 1 the upper, 0.5 everywhere the centre.</summary>
    /// <param name="box">0 to <see cref="Count"/> - 1.</param>
    /// <param name="position">n values from 0 to 1.</param>
    public double[] Point(int box, ReadOnlySpan<double> position)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(position.Length, Dimension);
        var point = new double[Dimension];
        for (var j = 0; j < point.Length; j++) point[j] = lower[j] + (Cell(boxes[box], j) + position[j]) * Side(j);
        return point;
    }

    /// <summary>The centre of a box.</summary>
    public double[] Centre(int box)
    {
        var half = new double[Dimension];
        Array.Fill(half, 0.5);
        return Point(box, half);
    }

    /// <summary>Whether the point lies in one of the boxes; false outside the root box.</summary>
    /// <param name="point">n values.</param>
    public bool Contains(ReadOnlySpan<double> point) => Number(point) is { } number && Array.BinarySearch(boxes, number) >= 0;

    /// <summary>Halves every box along the next coordinate.</summary>
    /// <exception cref="InvalidOperationException">The boxes are <see cref="MaximumDepth"/> halvings deep.</exception>
    public BoxCovering Halve()
    {
        if (Depth == MaximumDepth) throw new InvalidOperationException($"The boxes are {Depth} halvings deep, the most there are.");
        var halves = new ulong[2 * boxes.Length];
        for (var i = 0; i < boxes.Length; i++) (halves[2 * i], halves[2 * i + 1]) = (2 * boxes[i], 2 * boxes[i] + 1);
        return new BoxCovering(lower, upper, halves, Depth + 1);
    }

    /// <summary>The boxes, of those here and their neighbours alike, that contain one of the points; points outside the root box count for none.</summary>
    /// <param name="points">Points of n values.</param>
    public BoxCovering Hit(IEnumerable<double[]> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var hit = new SortedSet<ulong>();
        foreach (var point in points)
        {
            if (Number(point) is { } number) hit.Add(number);
        }

        return new BoxCovering(lower, upper, [.. hit], Depth);
    }

    /// <summary>The boxes for which the condition holds.</summary>
    /// <param name="condition">Tells it of each index.</param>
    public BoxCovering Where(Func<int, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return new BoxCovering(lower, upper, [.. boxes.Where((_, i) => condition(i))], Depth);
    }

    /// <summary>These boxes and those of another covering of the same root box and depth.</summary>
    /// <exception cref="ArgumentException">The other is of another depth or root box.</exception>
    public BoxCovering Union(BoxCovering other)
    {
        Check(other);
        return new BoxCovering(lower, upper, [.. new SortedSet<ulong>(boxes.Concat(other.boxes))], Depth);
    }

    /// <summary>The boxes of this covering that the other lacks.</summary>
    /// <exception cref="ArgumentException">The other is of another depth or root box.</exception>
    public BoxCovering Except(BoxCovering other)
    {
        Check(other);
        return new BoxCovering(lower, upper, [.. boxes.Where(box => Array.BinarySearch(other.boxes, box) < 0)], Depth);
    }

    /// <summary>The boxes that share a side with one of these and are not among these.</summary>
    public BoxCovering Neighbours()
    {
        var found = new SortedSet<ulong>();
        foreach (var box in boxes)
        {
            for (var j = 0; j < Dimension; j++)
            {
                var cell = Cell(box, j);
                if (cell > 0) found.Add(WithCell(box, j, cell - 1));
                if (cell + 1 < 1L << Halvings(j)) found.Add(WithCell(box, j, cell + 1));
            }
        }

        found.ExceptWith(boxes);
        return new BoxCovering(lower, upper, [.. found], Depth);
    }

    private int Halvings(int coordinate) => Depth / Dimension + (coordinate < Depth % Dimension ? 1 : 0);

    private ulong? Number(ReadOnlySpan<double> point)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(point.Length, Dimension);
        var number = 0UL;
        for (var j = 0; j < Dimension; j++)
        {
            if (!(point[j] >= lower[j] && point[j] <= upper[j])) return null;
            var cell = Math.Min((long)((point[j] - lower[j]) / Side(j)), (1L << Halvings(j)) - 1);
            number = WithCell(number, j, cell);
        }

        return number;
    }

    /// <summary>The place of a box along a coordinate, counted from the lower end.</summary>
    private long Cell(ulong box, int coordinate)
    {
        var cell = 0L;
        for (var halving = coordinate; halving < Depth; halving += Dimension) cell = 2 * cell + (long)((box >> (Depth - 1 - halving)) & 1);
        return cell;
    }

    private ulong WithCell(ulong box, int coordinate, long cell)
    {
        for (var halving = coordinate + (Halvings(coordinate) - 1) * Dimension; halving >= 0; halving -= Dimension, cell >>= 1)
        {
            var bit = 1UL << (Depth - 1 - halving);
            box = (cell & 1) == 1 ? box | bit : box & ~bit;
        }

        return box;
    }

    private void Check(BoxCovering other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Depth != Depth || !lower.AsSpan().SequenceEqual(other.lower) || !upper.AsSpan().SequenceEqual(other.upper))
            throw new ArgumentException($"The other covering has {other.Depth} halvings and this one {Depth}; they must have the same number and the same root box.", nameof(other));
    }
}
