namespace Vilfredo.Optimization.Problems;

/// <summary>MaF8: the distances of a point in the plane from the corners of a regular polygon.</summary>
/// <remarks>Two variables in [-10000, 10000]. Optimal are the points of the polygon. Source: Cheng et al. 2017.</remarks>
public sealed class Maf8 : MafProblem
{
    private readonly (double X, double Y)[] corners;

    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 3.</param>
    public Maf8(int objectives = 3)
        : this(RegularPolygon.Corners(objectives))
    {
    }

    private Maf8((double X, double Y)[] corners)
        : base(8, corners.Length, DecisionSpace.Continuous(2, -10_000, 10_000))
    {
        this.corners = corners;
        var objectives = corners.Length;
        IdealPoint = new double[objectives];
        NadirPoint = Constant(objectives, objectives % 2 == 0 ? 2 : 2 * Math.Cos(Math.PI / (2 * objectives))); // to the corner opposite
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        for (var m = 0; m < f.Length; m++)
        {
            var (across, up) = (x[0] - corners[m].X, x[1] - corners[m].Y);
            f[m] = Math.Sqrt(across * across + up * up);
        }
    }

    private protected override double[] Front(int count)
    {
        var front = new double[count * ObjectiveCount];
        foreach (var (i, point) in RegularPolygon.Points(corners, count).Index())
            EvaluatePoint([point.X, point.Y], front.AsSpan(i * ObjectiveCount, ObjectiveCount), []);
        return front;
    }
}
