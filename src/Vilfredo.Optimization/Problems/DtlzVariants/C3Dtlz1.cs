namespace Vilfredo.Optimization.Problems;

/// <summary>C3-DTLZ1: DTLZ1 whose front is pushed out by one constraint for each objective.</summary>
/// <remarks>On the front the sum of all objectives and the smallest of them again is 1. Source: Jain and Deb 2014.</remarks>
public sealed class C3Dtlz1 : DtlzVariant
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    /// <param name="variables">The number of variables, at least that of objectives; <see langword="null"/> for 4 more than objectives.</param>
    public C3Dtlz1(int objectives = 3, int? variables = null)
        : base("C3-DTLZ1", new Dtlz1(objectives, variables), constraints: objectives)
    {
        IdealPoint = new double[objectives];
        NadirPoint = [.. Enumerable.Repeat(1.0, objectives)];
    }

    private protected override void Change(Span<double> f, Span<double> g)
    {
        var sum = SumOf(f);
        for (var j = 0; j < f.Length; j++) g[j] = 1 - sum - f[j]; // the others and twice this one
    }

    private protected override double[] Front(int count)
    {
        var front = SimplexPoints.Spread(count, ObjectiveCount);
        for (var i = 0; i < front.Length; i += ObjectiveCount)
        {
            var point = front.AsSpan(i, ObjectiveCount);
            var smallest = double.PositiveInfinity;
            foreach (var value in point) smallest = Math.Min(smallest, value);
            foreach (ref var value in point) value /= 1 + smallest;
        }

        return front;
    }
}
