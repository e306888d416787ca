namespace Vilfredo.Optimization.Problems;

/// <summary>MW4: a simplex with feasible regions that widen and narrow before it.</summary>
/// <remarks>The front is the simplex. Source: Ma and Wang 2019.</remarks>
public sealed class Mw4 : MwProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2; 3 in the paper.</param>
    /// <param name="variables">The number of variables, more than objectives; <see langword="null"/> for 12 more.</param>
    public Mw4(int objectives = 3, int? variables = null)
        : base(4, objectives, variables ?? objectives + 12, constraints: 1)
    {
        IdealPoint = new double[objectives];
        NadirPoint = [.. Enumerable.Repeat(1.0, objectives)];
    }

    private protected override void Objectives(ReadOnlySpan<double> x, Span<double> f)
    {
        var product = PowerDistance(x);
        for (var i = 0; i < f.Length - 1; i++)
        {
            f[^(i + 1)] = product * x[i];
            product *= 1 - x[i];
        }

        f[0] = product;
    }

    private protected override void Constrain(ReadOnlySpan<double> f, Span<double> g)
    {
        var others = 0.0;
        foreach (var value in f[..^1]) others += value;
        g[0] = others + f[^1] - 1 - 0.4 * Math.Pow(Math.Sin(2.5 * Math.PI * (f[^1] - others)), 8);
    }

    private protected override double[] Front(int count) => SimplexPoints.Spread(count, ObjectiveCount);
}
