namespace Vilfredo.Optimization.Problems;

/// <summary>C2-DTLZ2: DTLZ2 whose front has a feasible part at each corner and one in the middle.</summary>
/// <remarks>Feasible within a distance of 0.4 (two objectives: 0.2, more than three: 0.5) of the corners or the middle of the sphere. Source: Jain and Deb 2014.</remarks>
public sealed class C2Dtlz2 : DtlzVariant
{
    private readonly double radius;

    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="variables">The number of variables, at least that of objectives; <see langword="null"/> for 9 more than objectives.</param>
    public C2Dtlz2(int objectives = 3, int? variables = null)
        : base("C2-DTLZ2", new Dtlz2(objectives, variables), constraints: 1)
    {
        radius = objectives switch { 2 => 0.2, 3 => 0.4, _ => 0.5 };
        IdealPoint = new double[objectives];
        NadirPoint = [.. Enumerable.Repeat(1.0, objectives)];
    }

    private protected override void Change(Span<double> f, Span<double> g)
    {
        g[0] = Outside(f);
    }

    private protected override double[] Front(int count)
    {
        // Corners come first, so both ends of every objective stay.
        var sphere = Original.SampleFront(count);
        var front = new List<double>();
        for (var i = 0; i < sphere.Length; i += ObjectiveCount)
        {
            var point = sphere.AsSpan(i, ObjectiveCount);
            if (Outside(point) <= 0) front.AddRange(point);
        }

        return [.. front];
    }

    // How far the square of the distance from the nearest of the points is beyond that allowed.
    private double Outside(ReadOnlySpan<double> f)
    {
        var square = SquareSumOf(f);
        var middle = square - 2 * SumOf(f) / Math.Sqrt(f.Length) + 1;
        var nearest = middle;
        foreach (var value in f) nearest = Math.Min(nearest, square - 2 * value + 1);
        return nearest - radius * radius;
    }
}
