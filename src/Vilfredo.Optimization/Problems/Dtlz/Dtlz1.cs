namespace Vilfredo.Optimization.Problems;

/// <summary>DTLZ1: a linear front behind 11^k - 1 local ones. Variables in [0, 1].</summary>
/// <remarks>The front is the simplex with sum 1/2, where all distance variables are 1/2. Source: Deb, Thiele, Laumanns and Zitzler 2005.</remarks>
public sealed class Dtlz1 : DtlzProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="variables">The number of variables, at least that of objectives; <see langword="null"/> for the paper's, 4 more than objectives.</param>
    public Dtlz1(int objectives = 3, int? variables = null)
        : base(1, objectives, variables ?? objectives + 4)
    {
        IdealPoint = new double[objectives];
        NadirPoint = Enumerable.Repeat(0.5, objectives).ToArray();
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var distance = DistanceVariables(x);
        var scale = 100 * (distance.Length + RowSums.Sum<RowSums.CenteredRastrigin>(distance));
        var product = 0.5 * (1 + scale);
        for (var i = 0; i < f.Length - 1; i++)
        {
            f[^(i + 1)] = product * (1 - x[i]);
            product *= x[i];
        }

        f[0] = product;
    }

    private protected override double[] Front(int count)
    {
        var front = SimplexPoints.Spread(count, ObjectiveCount);
        foreach (ref var value in front.AsSpan()) value *= 0.5;
        return front;
    }
}
