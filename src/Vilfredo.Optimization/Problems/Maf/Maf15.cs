namespace Vilfredo.Optimization.Problems;

/// <summary>MaF15: a sphere turned round, and distances that are Griewank's and the sphere function by turns, each added to the objective before.</summary>
/// <remarks>The front is 1 less each point of the sphere. Source: Cheng et al. 2017.</remarks>
public sealed class Maf15 : MafGroupedProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    public Maf15(int objectives = 3)
        : base(15, objectives)
    {
        IdealPoint = new double[objectives];
        NadirPoint = Constant(objectives, 1);
    }

    private protected override double Link(double place) => 1 + Math.Cos(place * Math.PI / 2);

    private protected override double GroupDistance(ReadOnlySpan<double> group, int objective)
    {
        var square = 0.0;
        foreach (var x in group) square += x * x;
        if (objective % 2 == 1) return square;
        var product = 1.0;
        for (var i = 0; i < group.Length; i++) product *= Math.Cos(group[i] / Math.Sqrt(i + 1));
        return square / 4_000 - product + 1;
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        Span<double> distances = stackalloc double[f.Length];
        Distances(x, distances);
        DtlzProblem.OnSphere(1, x[..(f.Length - 1)], f);
        for (var m = 0; m < f.Length; m++)
            f[m] = (1 + distances[m] + (m < f.Length - 1 ? distances[m + 1] : 0)) * (1 - f[m]);
    }

    private protected override double[] Front(int count) => new InvertedDtlz2(ObjectiveCount).SampleFront(count);
}
