namespace Vilfredo.Optimization.Problems;

/// <summary>MW5: feasible regions that point to a quarter circle like the teeth of a comb.</summary>
/// <remarks>Source: Ma and Wang 2019.</remarks>
public sealed class Mw5 : MwCurveProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 3; 15 in the paper.</param>
    public Mw5(int variables = 15)
        : base(5, variables, constraints: 3, [0, 0], [1, 1])
    {
    }

    // Where the last two constraints meet on the circle: sin(6 fold^3) = 0.
    private protected override IEnumerable<double> SinglePoints
    {
        get
        {
            for (var k = 0; k <= 7; k++)
            {
                var half = 0.5 * Math.Cbrt(k * Math.PI / 6);
                yield return Math.Cos(half);
                yield return Math.Sin(half);
            }
        }
    }

    private protected override double Curve(double first) => Math.Sqrt(Math.Max(0, 1 - first * first));

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var distance = PowerDistance(x);
        f[0] = distance * x[0];
        f[1] = distance * Curve(x[0]);
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        var angle = Math.Atan2(f[1], f[0]);
        var square = f[0] * f[0] + f[1] * f[1];
        var fold = Math.PI / 2 - 2 * Math.Abs(angle - Math.PI / 4);
        var sine = Math.Sin(6 * fold * fold * fold);
        g[0] = square - Square(1.7 - 0.2 * Math.Sin(2 * angle));
        g[1] = Square(1 + 0.5 * sine) - square;
        g[2] = Square(1 - 0.45 * sine) - square;
    }
}
