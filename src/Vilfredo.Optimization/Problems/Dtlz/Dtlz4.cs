namespace Vilfredo.Optimization.Problems;

/// <summary>DTLZ4: a spherical front with most of its points near the edges (position variables to the power 100). Variables in [0, 1].</summary>
/// <remarks>The front is the part of the unit sphere with no negative coordinate, where all distance variables are 1/2. Source: Deb, Thiele, Laumanns and Zitzler 2005.</remarks>
public sealed class Dtlz4 : DtlzProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="variables">The number of variables, at least that of objectives; <see langword="null"/> for the paper's, 9 more than objectives.</param>
    public Dtlz4(int objectives = 3, int? variables = null)
        : base(4, objectives, variables ?? objectives + 9)
    {
        IdealPoint = new double[objectives];
        NadirPoint = Enumerable.Repeat(1.0, objectives).ToArray();
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var scale = RowSums.Sum<RowSums.CenteredSquare>(DistanceVariables(x));
        var positions = f.Length - 1;
        var quarters = positions <= 64 ? stackalloc double[64] : new double[positions];
        for (var i = 0; i < positions; i++) quarters[i] = Math.Pow(x[i], 100);
        OnSphere(1 + scale, quarters[..positions], f);
    }

    private protected override double[] Front(int count) => SphereFront(count);
}
