namespace Vilfredo.Optimization.Problems;

/// <summary>C1-DTLZ1: DTLZ1 that is feasible only near its front.</summary>
/// <remarks>The front is that of DTLZ1. Source: Jain and Deb 2014.</remarks>
public sealed class C1Dtlz1 : DtlzVariant
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="variables">The number of variables, at least that of objectives; <see langword="null"/> for 4 more than objectives.</param>
    public C1Dtlz1(int objectives = 3, int? variables = null)
        : base("C1-DTLZ1", new Dtlz1(objectives, variables), constraints: 1)
    {
        IdealPoint = new double[objectives];
        NadirPoint = [.. Enumerable.Repeat(0.5, objectives)];
    }

    private protected override void Change(Span<double> f, Span<double> g)
    {
        g[0] = f[^1] / 0.6 + SumOf(f[..^1]) / 0.5 - 1;
    }

    private protected override double[] Front(int count) => Original.SampleFront(count);
}
