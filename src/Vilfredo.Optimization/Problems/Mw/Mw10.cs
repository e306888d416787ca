namespace Vilfredo.Optimization.Problems;

/// <summary>MW10: parts of a parabola and of constraints beyond it.</summary>
/// <remarks>Source: Ma and Wang 2019.</remarks>
public sealed class Mw10 : MwCurveProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="variables">The number of variables, at least 3; 15 in the paper.</param>
    public Mw10(int variables = 15)
        : base(10, variables, constraints: 3, [0.232666667, 0], [1, 1.133859556])
    {
    }

    private protected override double Curve(double first) => 1 - first * first;

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var distance = MultimodalDistance(x);
        var first = Math.Pow(x[0], x.Length);
        f[0] = distance * first;
        f[1] = distance * Curve(first);
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        var square = f[0] * f[0];
        g[0] = -(2 - 4 * square - f[1]) * (2 - 8 * square - f[1]);
        g[1] = (2 - 2 * square - f[1]) * (2 - 16 * square - f[1]);
        g[2] = (1 - square - f[1]) * (1.2 - 1.2 * square - f[1]);
    }
}
