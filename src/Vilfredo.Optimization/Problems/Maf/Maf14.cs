namespace Vilfredo.Optimization.Problems;

/// <summary>MaF14: a linear front, and distances that are Rastrigin's and Rosenbrock's functions by turns.</summary>
/// <remarks>The front is the simplex. Source: Cheng et al. 2017.</remarks>
public sealed class Maf14 : MafGroupedProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    public Maf14(int objectives = 3)
        : base(14, objectives)
    {
        IdealPoint = new double[objectives];
        NadirPoint = Constant(objectives, 1);
    }

    private protected override double Link(double place) => 1 + place;

    private protected override double GroupDistance(ReadOnlySpan<double> group, int objective)
    {
        var sum = 0.0;
        if (objective % 2 == 0)
        {
            foreach (var x in group) sum += x * x - 10 * Math.Cos(2 * Math.PI * x) + 10;
            return sum;
        }

        for (var i = 0; i < group.Length - 1; i++)
        {
            var valley = group[i] * group[i] - group[i + 1];
            sum += 100 * valley * valley + (group[i] - 1) * (group[i] - 1);
        }

        return sum;
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        Span<double> distances = stackalloc double[f.Length];
        Distances(x, distances);
        WfgShapes.Linear(x[..(f.Length - 1)], f);
        for (var m = 0; m < f.Length; m++) f[m] *= 1 + distances[m];
    }

    private protected override double[] Front(int count) => SimplexPoints.Spread(count, ObjectiveCount);
}
