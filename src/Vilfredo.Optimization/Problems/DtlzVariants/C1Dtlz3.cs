namespace Vilfredo.Optimization.Problems;

/// <summary>C1-DTLZ3: DTLZ3 with an infeasible band before its front.</summary>
/// <remarks>Infeasible between the spheres of radius 4 and 9 (12.5 from five objectives on, 15 from thirteen on). The front is that of DTLZ3. Source: Jain and Deb 2014.</remarks>
public sealed class C1Dtlz3 : DtlzVariant
{
    private readonly double outer;

    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="variables">The number of variables, at least that of objectives; <see langword="null"/> for 9 more than objectives.</param>
    public C1Dtlz3(int objectives = 3, int? variables = null)
        : base("C1-DTLZ3", new Dtlz3(objectives, variables), constraints: 1)
    {
        outer = objectives < 5 ? 9 : objectives <= 12 ? 12.5 : 15;
        IdealPoint = new double[objectives];
        NadirPoint = [.. Enumerable.Repeat(1.0, objectives)];
    }

    private protected override void Change(Span<double> f, Span<double> g)
    {
        var square = SquareSumOf(f);
        g[0] = -(square - 16) * (square - outer * outer);
    }

    private protected override double[] Front(int count) => Original.SampleFront(count);
}
