namespace Vilfredo.Attainment;

/// <summary>
/// Where two optimisers differ: at every goal, the share of the first one's runs that reached it minus that of the second
/// one's (M. Lopez-Ibanez, L. Paquete and T. Stuetzle, "Exploratory analysis of stochastic local search algorithms in
/// biobjective optimization", 2010).
/// </summary>
/// <remarks>
/// The difference is constant between the surfaces of all runs taken together, so every value that it has appears at one of
/// their vertices. Positive values favour the first set of runs. Immutable and thread-safe.
/// </remarks>
public sealed class AttainmentDifference
{
    private readonly AttainmentFunction first, second;

    /// <summary>Computes the difference of two sets of runs; costs as much as the surfaces of all runs together.</summary>
    /// <param name="first">The runs of the first optimiser.</param>
    /// <param name="second">Those of the second; their number may differ.</param>
    /// <exception cref="ArgumentException">The two have different numbers of objectives.</exception>
    /// <exception cref="NotSupportedException">There are not 2 or 3 objectives.</exception>
    public AttainmentDifference(AttainmentFunction first, AttainmentFunction second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Objectives != second.Objectives)
        {
            throw new ArgumentException(
                $"The first runs have {first.Objectives} objectives and the second {second.Objectives}; compare runs on the same objectives.",
                nameof(second));
        }

        this.first = first;
        this.second = second;
        var joined = RunSet.Join(first.Runs, second.Runs);
        var rows = new List<double>();
        var seen = new HashSet<(double, double, double)>();
        AttainmentSweep.ForEachVertex(joined, (_, vertex, attains) =>
        {
            // Where several runs meet, one point is a vertex of several levels.
            if (!seen.Add((vertex[0], vertex[1], vertex.Length > 2 ? vertex[2] : 0))) return;
            rows.AddRange(vertex);
            int reachedByFirst = 0, reachedBySecond = 0;
            for (var run = 0; run < joined.Count; run++)
            {
                if (!attains(run)) continue;
                if (run < first.RunCount) reachedByFirst++;
                else reachedBySecond++;
            }

            rows.Add(Difference(reachedByFirst, reachedBySecond));
        });

        var width = Objectives + 1;
        var sorted = RowOrder.Sort(rows, width);
        var points = new double[sorted.Length / width * Objectives];
        var values = new double[sorted.Length / width];
        for (var i = 0; i < values.Length; i++)
        {
            sorted.AsSpan(i * width, Objectives).CopyTo(points.AsSpan(i * Objectives));
            values[i] = sorted[i * width + Objectives];
        }

        Points = points;
        Values = values;
    }

    /// <summary>Values per point.</summary>
    public int Objectives => first.Objectives;

    /// <summary>The distinct vertices of the surfaces of all runs together, row-major, in lexicographic order.</summary>
    public ReadOnlyMemory<double> Points { get; }

    /// <summary>The difference at each of <see cref="Points"/>, in [-1, 1].</summary>
    public ReadOnlyMemory<double> Values { get; }

    /// <summary>
    /// The largest absolute difference over all goals: the statistic of the two-sample Kolmogorov-Smirnov type test on
    /// attainment functions.
    /// </summary>
    public double Largest
    {
        get
        {
            double largest = 0;
            foreach (var value in Values.Span) largest = Math.Max(largest, Math.Abs(value));
            return largest;
        }
    }

    /// <summary>The difference at a goal.</summary>
    /// <param name="goal">One value per objective.</param>
    /// <exception cref="ArgumentException"><paramref name="goal"/> has a wrong length or a NaN.</exception>
    public double At(ReadOnlySpan<double> goal) => first.ProbabilityAt(goal) - second.ProbabilityAt(goal);

    /// <summary>
    /// Cuts the plane of two objectives into disjoint rectangles of constant non-zero difference, as plots draw them, in
    /// O(m log m + n m).
    /// </summary>
    /// <exception cref="NotSupportedException">There are not 2 objectives.</exception>
    public IReadOnlyList<AttainmentRectangle> Rectangles()
    {
        if (Objectives != 2)
            throw new NotSupportedException($"Rectangles exist for 2 objectives, not {Objectives}; use {nameof(Points)}.");

        var closed = new List<AttainmentRectangle>();
        var open = new List<AttainmentRectangle>();
        var sweep = new PlanarSweep(RunSet.Join(first.Runs, second.Runs));
        while (sweep.MoveNext())
        {
            var strip = Strip(sweep);
            var next = 0;
            foreach (var rectangle in open)
            {
                // Both lists ascend. A rectangle whose heights and value stay the same grows on; any other ends here.
                while (next < strip.Count && strip[next].Y0 < rectangle.Y0) next++;
                if (next < strip.Count && strip[next] with { X0 = rectangle.X0 } == rectangle) strip[next] = rectangle;
                else closed.Add(rectangle with { X1 = sweep.X });
            }

            open = strip;
        }

        closed.AddRange(open);
        closed.Sort((a, b) => (a.X0, a.Y0).CompareTo((b.X0, b.Y0)));
        return closed;
    }

    // The rectangles to the right of the sweep line: one per maximal interval of constant non-zero difference.
    private List<AttainmentRectangle> Strip(PlanarSweep sweep)
    {
        var strip = new List<AttainmentRectangle>();
        var runs = sweep.RunsByMinimum;
        int reachedByFirst = 0, reachedBySecond = 0;
        double start = double.NegativeInfinity, value = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            var y = sweep.MinimumOf(runs[i]);
            if (double.IsPositiveInfinity(y)) break;
            if (runs[i] < first.RunCount) reachedByFirst++;
            else reachedBySecond++;
            if (i + 1 < runs.Length && sweep.MinimumOf(runs[i + 1]) == y) continue;

            var above = Difference(reachedByFirst, reachedBySecond);
            if (above == value) continue;
            if (value != 0) strip.Add(new(sweep.X, start, double.PositiveInfinity, y, value));
            (start, value) = (y, above);
        }

        if (value != 0) strip.Add(new(sweep.X, start, double.PositiveInfinity, double.PositiveInfinity, value));
        return strip;
    }

    private double Difference(int reachedByFirst, int reachedBySecond) =>
        (double)reachedByFirst / first.RunCount - (double)reachedBySecond / second.RunCount;
}
