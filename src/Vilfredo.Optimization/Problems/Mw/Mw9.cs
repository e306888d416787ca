namespace Vilfredo.Optimization.Problems;

/// <summary>MW9: parts of a concave curve and of constraints beyond it.</summary>
/// <remarks>Source: Ma and Wang 2019.</remarks>
public sealed class Mw9 : MwCurveProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 3; 15 in the paper.</param>
    public Mw9(int variables = 15)
        : base(9, variables, constraints: 1, [0, 0], [1, 1])
    {
    }

    private protected override double Curve(double first) => 1 - Math.Pow(first, 0.6);

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var distance = PowerDistance(x);
        f[0] = distance * x[0];
        f[1] = distance * Curve(x[0]);
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        var square = f[0] * f[0];
        var inner = (1 - 0.64 * square - f[1]) * (1 - 0.36 * square - f[1]);
        var outer = (1.35 * 1.35 - Square(f[0] + 0.35) - f[1]) * (1.15 * 1.15 - Square(f[0] + 0.15) - f[1]);
        g[0] = Math.Min(inner, outer);
    }
}
