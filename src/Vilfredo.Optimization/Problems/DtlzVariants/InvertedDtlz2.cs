namespace Vilfredo.Optimization.Problems;

/// <summary>IDTLZ2: DTLZ2 with its front turned round.</summary>
/// <remarks>f is 1 + g less that of DTLZ2. Source: Jain and Deb 2014.</remarks>
public sealed class InvertedDtlz2 : DtlzVariant
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="variables">The number of variables, at least that of objectives; <see langword="null"/> for 9 more than objectives.</param>
    public InvertedDtlz2(int objectives = 3, int? variables = null)
        : base("IDTLZ2", new Dtlz2(objectives, variables))
    {
        IdealPoint = new double[objectives];
        NadirPoint = [.. Enumerable.Repeat(1.0, objectives)];
    }

    private protected override void Change(Span<double> f, Span<double> g)
    {
        var length = Math.Sqrt(SquareSumOf(f)); // 1 + g
        foreach (ref var value in f) value = length - value;
    }

    private protected override double[] Front(int count)
    {
        var front = Original.SampleFront(count);
        foreach (ref var value in front.AsSpan()) value = 1 - value;
        return front;
    }
}
