namespace Vilfredo.Optimization.Problems;

/// <summary>MW1: separate parts of a line.</summary>
/// <remarks>Source: Ma and Wang 2019.</remarks>
public sealed class Mw1 : MwCurveProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 3; 15 in the paper.</param>
    public Mw1(int variables = 15)
        : base(1, variables, constraints: 1, [0, 0.15], [1, 1])
    {
    }

    private protected override bool IsRadial => false;

    private protected override double Curve(double first) => 1 - 0.85 * first;

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var distance = PowerDistance(x);
        f[0] = x[0];
        f[1] = distance - 0.85 * x[0];
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        g[0] = f[0] + f[1] - 1 - 0.5 * Math.Pow(Math.Sin(2 * Math.PI * Math.Sqrt(2) * (f[1] - f[0])), 8);
    }
}
