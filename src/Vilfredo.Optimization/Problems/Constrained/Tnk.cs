namespace Vilfredo.Optimization.Problems;

/// <summary>TNK: the objectives are the two variables in [0, pi]; two constraints leave a front of three separate parts.</summary>
/// <remarks>The front is the non-dominated part of the curve on which the first constraint is 0, inside the second.</remarks>
public sealed class Tnk : TestProblem
{
    private const int CurvePoints = 20_000;

    /// <summary>Creates the problem.</summary>
    public Tnk()
        : base(
            "TNK",
            "M. Tanaka, H. Watanabe, Y. Furukawa, T. Tanino, \"GA-based decision support system for multicriteria optimization\", IEEE SMC 1995",
            DecisionSpace.Continuous(2, 0, Math.PI),
            objectives: 2,
            constraints: 2)
    {
        (IdealPoint, NadirPoint) = Extremes(NonDominatedCurve(CurvePoints), 2);
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        f[0] = x[0];
        f[1] = x[1];
        g[0] = 1 + 0.1 * Math.Cos(16 * Math.Atan2(x[0], x[1])) - x[0] * x[0] - x[1] * x[1];
        g[1] = (x[0] - 0.5) * (x[0] - 0.5) + (x[1] - 0.5) * (x[1] - 0.5) - 0.5;
    }

    private protected override double[] Front(int count)
    {
        // Less than half of the curve is non-dominated; of a dense sample of it, evenly chosen points are given.
        var dense = NonDominatedCurve(Math.Max(CurvePoints, 4 * count));
        var points = Math.Min(count, dense.Length / 2);
        var front = new double[2 * points];
        for (var i = 0; i < points; i++)
        {
            var source = (int)((dense.Length / 2 - 1L) * i / (points - 1));
            dense.AsSpan(2 * source, 2).CopyTo(front.AsSpan(2 * i));
        }

        return front;
    }

    private static double[] NonDominatedCurve(int points)
    {
        var candidates = new List<(double, double)>();
        for (var i = 0; i <= points; i++)
        {
            var angle = Math.PI / 2 * i / points;
            var radius = Math.Sqrt(1 + 0.1 * Math.Cos(16 * angle));
            var (sine, cosine) = Math.SinCos(angle);
            var (a, b) = (radius * sine, radius * cosine);
            if ((a - 0.5) * (a - 0.5) + (b - 0.5) * (b - 0.5) <= 0.5) candidates.Add((a, b));
        }

        return NonDominatedOfTwo(candidates);
    }
}
