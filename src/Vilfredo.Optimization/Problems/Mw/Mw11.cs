namespace Vilfredo.Optimization.Problems;

/// <summary>MW11: parts of a quarter circle of radius the root of 2 and of constraints beyond it.</summary>
/// <remarks>Source: Ma and Wang 2019.</remarks>
public sealed class Mw11 : MwCurveProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 3; 15 in the paper.</param>
    public Mw11(int variables = 15)
        : base(11, variables, constraints: 4, [0.370731371, 0.331169787], [2.066156587, 2.037907752], upper: Math.Sqrt(2))
    {
    }

    private protected override double CurveEnd => Math.Sqrt(2);

    private protected override double Curve(double first) => Math.Sqrt(Math.Max(0, 2 - first * first));

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var distance = LinkedDistance(x);
        f[0] = distance * x[0];
        f[1] = distance * Curve(x[0]);
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        var square = f[0] * f[0];
        g[0] = -(3 - square - f[1]) * (3 - 2 * square - f[1]);
        g[1] = (3 - 0.625 * square - f[1]) * (3 - 7 * square - f[1]);
        g[2] = -(1.62 - 0.18 * square - f[1]) * (1.125 - 0.125 * square - f[1]);
        g[3] = (2.07 - 0.23 * square - f[1]) * (0.63 - 0.07 * square - f[1]);
    }
}
