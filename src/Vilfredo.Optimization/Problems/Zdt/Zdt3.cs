namespace Vilfredo.Optimization.Problems;

/// <summary>ZDT3: a front of five separate convex parts, 30 variables in [0, 1]. Two objectives.</summary>
/// <remarks>The front is the non-dominated part of f2 = 1 - sqrt(f1) - f1 sin(10 pi f1), where all variables but the first are 0. Source: Zitzler, Deb and Thiele 2000, test function T3.</remarks>
public sealed class Zdt3 : ZdtProblem
{
    // Where 1 - sqrt(f1) - f1 sin(10 pi f1) is below all its values further left.
    private static readonly (double Low, double High)[] Parts =
    [
        (0, 0.08300153492691165),
        (0.18222872802939977, 0.2577623633878302),
        (0.4093136748086569, 0.45388210408883023),
        (0.6183967944392659, 0.6525117038046626),
        (0.8233317983266328, 0.8518328654364138),
    ];

    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 2; 30 in the paper.</param>
    public Zdt3(int variables = 30)
        : base(3, DecisionSpace.Continuous(AtLeastTwo(variables), 0, 1))
    {
        IdealPoint = [0, Second(Parts[^1].High)];
        NadirPoint = [Parts[^1].High, 1];
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var first = x[0];
        var scale = LinearG(x);
        f[0] = first;
        f[1] = scale - Math.Sqrt(first * scale) - first * Math.Sin(10 * Math.PI * first);
    }

    private protected override double[] Front(int count) => Curve(count, Parts, Second);

    private static double Second(double first) => 1 - Math.Sqrt(first) - first * Math.Sin(10 * Math.PI * first);
}
