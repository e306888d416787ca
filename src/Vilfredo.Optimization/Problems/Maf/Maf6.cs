namespace Vilfredo.Optimization.Problems;

/// <summary>MaF6: a front that is a curve, for any number of objectives.</summary>
/// <remarks>DTLZ5 with 1 + 100 g in the place of 1 + g, so that nothing beside the curve is optimal. Source: Cheng et al. 2017.</remarks>
public sealed class Maf6 : MafProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    public Maf6(int objectives = 3)
        : base(6, objectives, UnitSpace(objectives, 9))
    {
        (IdealPoint, NadirPoint) = Extremes(Front(2), objectives);
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var distance = SphereDistance(x);
        Span<double> quarters = stackalloc double[f.Length - 1];
        quarters[0] = x[0];
        for (var i = 1; i < quarters.Length; i++) quarters[i] = (1 + 2 * distance * x[i]) / (2 * (1 + distance));
        DtlzProblem.OnSphere(1 + 100 * distance, quarters, f);
    }

    private protected override double[] Front(int count)
    {
        var front = new double[count * ObjectiveCount];
        var quarters = Constant(ObjectiveCount - 1, 0.5);
        for (var i = 0; i < count; i++)
        {
            quarters[0] = (double)i / (count - 1);
            DtlzProblem.OnSphere(1, quarters, front.AsSpan(i * ObjectiveCount, ObjectiveCount));
        }

        return front;
    }
}
