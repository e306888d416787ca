namespace Vilfredo.Optimization.Problems;

/// <summary>DTLZ2: a spherical front. Variables in [0, 1].</summary>
/// <remarks>The front is the part of the unit sphere with no negative coordinate, where all distance variables are 1/2. Source: Deb, Thiele, Laumanns and Zitzler 2005.</remarks>
public sealed class Dtlz2 : DtlzProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="variables">The number of variables, at least that of objectives; <see langword="null"/> for the paper's, 9 more than objectives.</param>
    public Dtlz2(int objectives = 3, int? variables = null)
        : base(2, objectives, variables ?? objectives + 9)
    {
        IdealPoint = new double[objectives];
        NadirPoint = Enumerable.Repeat(1.0, objectives).ToArray();
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var scale = RowSums.Sum<RowSums.CenteredSquare>(DistanceVariables(x));
        OnSphere(1 + scale, x[..(f.Length - 1)], f);
    }

    private protected override double[] Front(int count) => SphereFront(count);
}
