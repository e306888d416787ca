namespace Vilfredo.Optimization.Problems;

/// <summary>MW13: parts of a wavy falling curve and of constraints beyond it.</summary>
/// <remarks>Source: Ma and Wang 2019.</remarks>
public sealed class Mw13 : MwCurveProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 3; 15 in the paper.</param>
    public Mw13(int variables = 15)
        : base(13, variables, constraints: 2, [0, 0.01831093], [1.5, 4], upper: 1.5)
    {
    }

    private protected override double CurveEnd => 1.5;

    private protected override double Curve(double first) => 5 - Math.Exp(first) - Math.Abs(0.5 * Math.Sin(3 * Math.PI * first));

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var distance = MultimodalDistance(x);
        f[0] = distance * x[0];
        f[1] = distance * Curve(x[0]);
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        var wave = 0.5 * Math.Sin(3 * Math.PI * f[0]);
        g[0] = -(4 - f[0] - 0.5 * f[0] * f[0] - wave - f[1]) * (4 - 0.7 * f[0] - wave - f[1]);
        g[1] = (5 - Math.Exp(f[0]) - wave - f[1]) * (4 - 0.4 * f[0] - wave - f[1]);
    }
}
