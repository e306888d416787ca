namespace Vilfredo.Optimization.Problems;

/// <summary>ZDT6: few points near the front, and unevenly spread along it; 10 variables in [0, 1]. Two objectives.</summary>
/// <remarks>The front is f2 = 1 - f1^2 with f1 from 0.2807753188, where all variables but the first are 0. Source: Zitzler, Deb and Thiele 2000, test function T6.</remarks>
public sealed class Zdt6 : ZdtProblem
{
    // The smallest value of 1 - exp(-4 x) sin^6(6 pi x) on [0, 1]: at its first minimum, where tan(6 pi x) = 9 pi.
    private static readonly double Smallest = First(Math.Atan(9 * Math.PI) / (6 * Math.PI));

    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 2; 10 in the paper.</param>
    public Zdt6(int variables = 10)
        : base(6, DecisionSpace.Continuous(AtLeastTwo(variables), 0, 1))
    {
        IdealPoint = [Smallest, 0];
        NadirPoint = [1, 1 - Smallest * Smallest];
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var first = First(x[0]);
        var mean = RowSums.Sum<RowSums.Identity>(x[1..]) / (x.Length - 1);
        var scale = 1 + 9 * Math.Sqrt(Math.Sqrt(mean));
        f[0] = first;
        f[1] = scale - first * first / scale;
    }

    private protected override double[] Front(int count) => Curve(count, [(Smallest, 1)], first => 1 - first * first);

    private static double First(double x)
    {
        var sine = Math.Sin(6 * Math.PI * x);
        var cube = sine * sine * sine;
        return 1 - Math.Exp(-4 * x) * cube * cube;
    }
}
