namespace Vilfredo.Optimization.Problems;

/// <summary>ZDT1: a convex front, 30 variables in [0, 1]. Two objectives.</summary>
/// <remarks>The front is f2 = 1 - sqrt(f1), where all variables but the first are 0. Source: Zitzler, Deb and Thiele 2000, test function T1.</remarks>
public sealed class Zdt1 : ZdtProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 2; 30 in the paper.</param>
    public Zdt1(int variables = 30)
        : base(1, DecisionSpace.Continuous(AtLeastTwo(variables), 0, 1))
    {
        IdealPoint = [0, 0];
        NadirPoint = [1, 1];
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var first = x[0];
        var scale = LinearG(x);
        f[0] = first;
        f[1] = scale - Math.Sqrt(first * scale); // g (1 - sqrt(f1 / g))
    }

    private protected override double[] Front(int count) => Curve(count, [(0, 1)], first => 1 - Math.Sqrt(first));
}
