namespace Vilfredo.Optimization.Problems;

/// <summary>ZDT2: a concave front, 30 variables in [0, 1]. Two objectives.</summary>
/// <remarks>The front is f2 = 1 - f1^2, where all variables but the first are 0. Source: Zitzler, Deb and Thiele 2000, test function T2.</remarks>
public sealed class Zdt2 : ZdtProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 2; 30 in the paper.</param>
    public Zdt2(int variables = 30)
        : base(2, DecisionSpace.Continuous(AtLeastTwo(variables), 0, 1))
    {
        IdealPoint = [0, 0];
        NadirPoint = [1, 1];
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var first = x[0];
        var scale = LinearG(x);
        f[0] = first;
        f[1] = scale - first * first / scale; // g (1 - (f1 / g)^2)
    }

    private protected override double[] Front(int count) => Curve(count, [(0, 1)], first => 1 - first * first);
}
