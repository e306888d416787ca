namespace Vilfredo.Optimization.Problems;

/// <summary>IDTLZ1: DTLZ1 with its front turned round.</summary>
/// <remarks>f is (1 + g) / 2 less that of DTLZ1; the front is the triangle with corners at 0 in one objective. Source: Jain and Deb 2014.</remarks>
public sealed class InvertedDtlz1 : DtlzVariant
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="variables">The number of variables, at least that of objectives; <see langword="null"/> for 4 more than objectives.</param>
    public InvertedDtlz1(int objectives = 3, int? variables = null)
        : base("IDTLZ1", new Dtlz1(objectives, variables))
    {
        IdealPoint = new double[objectives];
        NadirPoint = [.. Enumerable.Repeat(0.5, objectives)];
    }

    private protected override void Change(Span<double> f, Span<double> g)
    {
        var sum = SumOf(f); // (1 + g) / 2
        foreach (ref var value in f) value = sum - value;
    }

    private protected override double[] Front(int count)
    {
        var front = Original.SampleFront(count);
        foreach (ref var value in front.AsSpan()) value = 0.5 - value;
        return front;
    }
}
