namespace Vilfredo.Optimization.Problems;

/// <summary>MW3: a line, in part pushed out by a constraint.</summary>
/// <remarks>Source: Ma and Wang 2019.</remarks>
public sealed class Mw3 : MwCurveProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 3; 15 in the paper.</param>
    public Mw3(int variables = 15)
        : base(3, variables, constraints: 2, [0, 0], [1, 1])
    {
    }

    private protected override bool IsRadial => false;

    private protected override double Curve(double first) => 1 - first;

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var distance = LinkedDistance(x);
        f[0] = x[0];
        f[1] = distance - x[0];
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        var sine = Math.Sin(0.75 * Math.PI * Math.Sqrt(2) * (f[1] - f[0]));
        g[0] = f[0] + f[1] - 1.05 - 0.45 * Math.Pow(sine, 6);
        g[1] = 0.85 - f[0] - f[1] + 0.3 * sine * sine;
    }
}
