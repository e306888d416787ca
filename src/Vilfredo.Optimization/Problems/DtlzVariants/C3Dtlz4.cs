namespace Vilfredo.Optimization.Problems;

/// <summary>C3-DTLZ4: DTLZ4 whose front is pushed out by one constraint for each objective.</summary>
/// <remarks>On the front the sum of the squares of all objectives less three quarters of the largest is 1. Source: Jain and Deb 2014.</remarks>
public sealed class C3Dtlz4 : DtlzVariant
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="variables">The number of variables, at least that of objectives; <see langword="null"/> for 9 more than objectives.</param>
    public C3Dtlz4(int objectives = 3, int? variables = null)
        : base("C3-DTLZ4", new Dtlz4(objectives, variables), constraints: objectives)
    {
        IdealPoint = new double[objectives];
        NadirPoint = [.. Enumerable.Repeat(2.0, objectives)];
    }

    private protected override void Change(Span<double> f, Span<double> g)
    {
        var square = SquareSumOf(f);
        for (var j = 0; j < f.Length; j++) g[j] = 1 - square + 0.75 * f[j] * f[j]; // the others and a quarter of this one
    }

    private protected override double[] Front(int count)
    {
        var front = Original.SampleFront(count);
        for (var i = 0; i < front.Length; i += ObjectiveCount)
        {
            var point = front.AsSpan(i, ObjectiveCount);
            var largest = 0.0;
            foreach (var value in point) largest = Math.Max(largest, value);
            var length = Math.Sqrt(1 - 0.75 * largest * largest);
            foreach (ref var value in point) value /= length;
        }

        return front;
    }
}
