namespace Vilfredo.Optimization.Problems;

/// <summary>ZDT4: 21^9 local fronts, the first of 10 variables in [0, 1] and the others in [-5, 5]. Two objectives.</summary>
/// <remarks>The front is f2 = 1 - sqrt(f1), where all variables but the first are 0. Source: Zitzler, Deb and Thiele 2000, test function T4.</remarks>
public sealed class Zdt4 : ZdtProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 2; 10 in the paper.</param>
    public Zdt4(int variables = 10)
        : base(4, Box(AtLeastTwo(variables)))
    {
        IdealPoint = [0, 0];
        NadirPoint = [1, 1];
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var first = x[0];
        var scale = 1 + 10 * (x.Length - 1) + RowSums.Sum<RowSums.Rastrigin>(x[1..]);
        f[0] = first;
        f[1] = scale - Math.Sqrt(first * scale);
    }

    private protected override double[] Front(int count) => Curve(count, [(0, 1)], first => 1 - Math.Sqrt(first));

    private static DecisionSpace Box(int variables) =>
        new([Variable.Real("x1", 0, 1), .. Enumerable.Range(2, variables - 1).Select(i => Variable.Real($"x{i}", -5, 5))]);
}
