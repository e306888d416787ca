namespace Vilfredo.Optimization.Problems;

/// <summary>MW7: parts of a quarter circle and of a curve beyond it.</summary>
/// <remarks>Source: Ma and Wang 2019.</remarks>
public sealed class Mw7 : MwCurveProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 3; 15 in the paper.</param>
    public Mw7(int variables = 15)
        : base(7, variables, constraints: 2, [0, 0], [1.15, 1.15])
    {
    }

    private protected override double Curve(double first) => Math.Sqrt(Math.Max(0, 1 - first * first));

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var distance = LinkedDistance(x);
        f[0] = distance * x[0];
        f[1] = distance * Curve(x[0]);
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        var sine = Math.Sin(4 * Math.Atan2(f[1], f[0]));
        var square = f[0] * f[0] + f[1] * f[1];
        g[0] = square - Square(1.2 + 0.4 * Math.Pow(sine, 16));
        g[1] = Square(1.15 - 0.2 * Math.Pow(sine, 8)) - square;
    }
}
