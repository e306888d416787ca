namespace Vilfredo.Optimization.Problems;

/// <summary>MaF1: a linear front turned round; no single point is best in most objectives.</summary>
/// <remarks>Variables in [0, 1]. The front is 1 less each point of the simplex. Source: Cheng et al. 2017.</remarks>
public sealed class Maf1 : MafProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    public Maf1(int objectives = 3)
        : base(1, objectives, UnitSpace(objectives, 9))
    {
        IdealPoint = new double[objectives];
        NadirPoint = Constant(objectives, 1);
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var scale = 1 + SphereDistance(x);
        WfgShapes.Linear(x[..(f.Length - 1)], f);
        foreach (ref var value in f) value = scale * (1 - value);
    }

    private protected override double[] Front(int count)
    {
        var front = SimplexPoints.Spread(count, ObjectiveCount);
        foreach (ref var value in front.AsSpan()) value = 1 - value;
        return front;
    }
}
