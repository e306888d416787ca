namespace Vilfredo.Optimization.Problems;

/// <summary>A problem of finitely many decisions with random data, whose front is found by trying all when there are few.</summary>
public abstract class CombinatorialProblem : TestProblem
{
    private readonly Lazy<(double[] Ideal, double[] Nadir)> range;

    private protected CombinatorialProblem(string name, string source, DecisionSpace space, int objectives, int constraints, bool isSmall)
        : base(name, source, space, objectives, constraints)
    {
        HasKnownFront = isSmall;
        range = new(() => Extremes(Front(int.MaxValue), objectives));
    }

    /// <summary>Whether there are so few decisions that all can be tried.</summary>
    public override bool HasKnownFront { get; }

    /// <summary>The best value of each objective over the front: of few decisions by trying all, for the instance with default sizes and seed the best found by long searches; empty for others.</summary>
    public override ReadOnlySpan<double> Ideal => HasKnownFront ? range.Value.Ideal : base.Ideal;

    /// <summary>The worst value of each objective over the front, known for the same instances as <see cref="Ideal"/>.</summary>
    public override ReadOnlySpan<double> Nadir => HasKnownFront ? range.Value.Nadir : base.Nadir;

    /// <summary>All decisions, each once in the same memory.</summary>
    private protected abstract IEnumerable<double[]> Decisions();

    private protected override double[] Front(int count)
    {
        var archive = new ConstrainedArchive(Space.Count, ObjectiveCount, ConstraintCount);
        var (f, g) = (new double[ObjectiveCount], new double[ConstraintCount]);
        foreach (var x in Decisions())
        {
            EvaluatePoint(x, f, g);
            archive.Offer(x, f, g);
        }

        // In the order of the first objective; different decisions may have the same values.
        var rows = archive.Points.Objectives.ToArray().Chunk(ObjectiveCount)
            .DistinctBy(row => string.Join(' ', row.Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))))
            .OrderBy(row => row[0]).ToArray();
        var points = Math.Min(count, rows.Length);
        return [.. Enumerable.Range(0, points).SelectMany(i => rows[points == 1 ? 0 : (int)((rows.Length - 1L) * i / (points - 1))])];
    }

    /// <summary>All points of so many bits.</summary>
    private protected static IEnumerable<double[]> AllBits(int count)
    {
        var x = new double[count];
        for (var code = 0L; code < 1L << count; code++)
        {
            for (var j = 0; j < count; j++) x[j] = (code >> j) & 1;
            yield return x;
        }
    }

    private protected static DecisionSpace Bits(int count) => new([.. Enumerable.Range(1, count).Select(i => Variable.Binary($"x{i}"))]);
}
