namespace Vilfredo.Optimization.Problems;

/// <summary>DTLZ6: a front that is a curve, with a distance function that is hard to bring to zero. Variables in [0, 1].</summary>
/// <remarks>The front is a curve on the unit sphere, f1 = f2 for three objectives, where all distance variables are 0. For more than three objectives the problem has other optimal points too and the front is not given. Source: Deb, Thiele, Laumanns and Zitzler 2005.</remarks>
public sealed class Dtlz6 : DtlzProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="variables">The number of variables, at least that of objectives; <see langword="null"/> for the paper's, 9 more than objectives.</param>
    public Dtlz6(int objectives = 3, int? variables = null)
        : base(6, objectives, variables ?? objectives + 9)
    {
        IdealPoint = objectives <= 3 ? new double[objectives] : [];
        NadirPoint = objectives switch { 2 => [1, 1], 3 => [Math.Sqrt(0.5), Math.Sqrt(0.5), 1], _ => [] };
    }

    /// <inheritdoc/>
    public override bool HasKnownFront => ObjectiveCount <= 3;

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var scale = RowSums.Sum<RowSums.TenthRoot>(DistanceVariables(x));
        var positions = f.Length - 1;
        var quarters = positions <= 64 ? stackalloc double[64] : new double[positions];
        quarters[0] = x[0];
        for (var i = 1; i < positions; i++) quarters[i] = (1 + 2 * scale * x[i]) / (2 * (1 + scale));
        OnSphere(1 + scale, quarters[..positions], f);
    }

    private protected override double[] Front(int count) => QuarterCircle(count);
}
