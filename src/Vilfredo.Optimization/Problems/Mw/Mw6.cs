namespace Vilfredo.Optimization.Problems;

/// <summary>MW6: parts of a quarter circle.</summary>
/// <remarks>Source: Ma and Wang 2019.</remarks>
public sealed class Mw6 : MwCurveProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 3; 15 in the paper.</param>
    public Mw6(int variables = 15)
        : base(6, variables, constraints: 1, [0.01628, 0], [1.1, 1.099879521], upper: 1.1)
    {
    }

    private protected override double CurveEnd => 1.1;

    private protected override double Curve(double first) => Math.Sqrt(Math.Max(0, 1.1 * 1.1 - first * first));

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var distance = MultimodalDistance(x);
        f[0] = distance * x[0];
        f[1] = distance * Curve(x[0]);
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        var wave = Math.Pow(Math.Cos(6 * Math.Pow(Math.Atan2(f[1], f[0]), 4)), 10);
        g[0] = Square(f[0] / (1 + 0.15 * wave)) + Square(f[1] / (1 + 0.75 * wave)) - 1;
    }
}
