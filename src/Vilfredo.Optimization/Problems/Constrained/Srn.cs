namespace Vilfredo.Optimization.Problems;

/// <summary>SRN: two variables in [-20, 20], two objectives, two constraints that cut the unconstrained front off.</summary>
/// <remarks>The front is where x1 = -2.5, with x2 from 2.5 up to the circle x1^2 + x2^2 = 225.</remarks>
public sealed class Srn : TestProblem
{
    private static readonly double LargestX2 = Math.Sqrt(225 - 2.5 * 2.5);

    /// <summary>Creates the problem.</summary>
    public Srn()
        : base(
            "SRN",
            "N. Srinivas, K. Deb, \"Multiobjective optimization using nondominated sorting in genetic algorithms\", Evolutionary Computation 2(3), 1994",
            DecisionSpace.Continuous(2, -20, 20),
            objectives: 2,
            constraints: 2)
    {
        (IdealPoint, NadirPoint) = Extremes(Front(2), 2);
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var (a, b) = (x[0], x[1]);
        f[0] = 2 + (a - 2) * (a - 2) + (b - 1) * (b - 1);
        f[1] = 9 * a - (b - 1) * (b - 1);
        g[0] = a * a + b * b - 225;
        g[1] = a - 3 * b + 10;
    }

    private protected override double[] Front(int count)
    {
        var front = new double[2 * count];
        Span<double> unused = stackalloc double[2];
        for (var i = 0; i < count; i++)
        {
            var b = 2.5 + (LargestX2 - 2.5) * i / (count - 1);
            EvaluatePoint([-2.5, b], front.AsSpan(2 * i, 2), unused);
        }

        return front;
    }
}
