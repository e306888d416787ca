namespace Vilfredo.Optimization.Problems;

/// <summary>MW2: a line at the end of narrow feasible regions.</summary>
/// <remarks>Source: Ma and Wang 2019.</remarks>
public sealed class Mw2 : MwCurveProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 3; 15 in the paper.</param>
    public Mw2(int variables = 15)
        : base(2, variables, constraints: 1, [0, 0], [1, 1])
    {
    }

    private protected override bool IsRadial => false;

    private protected override double Curve(double first) => 1 - first;

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var distance = MultimodalDistance(x);
        f[0] = x[0];
        f[1] = distance - x[0];
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        g[0] = f[0] + f[1] - 1 - 0.5 * Math.Pow(Math.Sin(3 * Math.PI * Math.Sqrt(2) * (f[1] - f[0])), 8);
    }
}
