namespace Vilfredo.Optimization.Problems;

/// <summary>MW12: a wavy line that constraints hide: the front lies on them alone.</summary>
/// <remarks>Source: Ma and Wang 2019.</remarks>
public sealed class Mw12 : MwCurveProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 3; 15 in the paper.</param>
    public Mw12(int variables = 15)
        : base(12, variables, constraints: 2, [0, 0.00391915], [1.316396667, 1.4])
    {
    }

    // The end of the front, from a grid of 600,000.
    private protected override IEnumerable<double> SinglePoints => [1.3163966666666667];

    private protected override double Curve(double first) => 0.85 - 0.8 * first - 0.08 * Math.Abs(Math.Sin(3.2 * Math.PI * first));

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var distance = PowerDistance(x);
        f[0] = distance * x[0];
        f[1] = distance * Curve(x[0]);
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        g[0] = -(1 - 0.625 * f[0] - f[1] + Wave(f[1] - f[0] / 1.6)) * (1.4 - 0.875 * f[0] - f[1] + Wave(f[1] / 1.4 - f[0] / 1.6));
        g[1] = (1 - 0.8 * f[0] - f[1] + Wave(f[1] - f[0] / 1.5)) * (1.8 - 1.125 * f[0] - f[1] + Wave(f[1] / 1.8 - f[0] / 1.6));
    }

    private static double Wave(double along) => 0.08 * Math.Sin(2 * Math.PI * along);
}
