namespace Vilfredo.Optimization.Problems;

/// <summary>OSY: six variables, two objectives, six constraints; the front is made of five parts that lie on different ones.</summary>
/// <remarks>
/// On the front x4 = x6 = 0, and one variable at a time changes (K. Deb, "Multi-objective optimization using evolutionary
/// algorithms", Wiley, 2001, section 8.3.3).
/// </remarks>
public sealed class Osy : TestProblem
{
    private const int PartPoints = 4_000;

    /// <summary>Creates the problem.</summary>
    public Osy()
        : base(
            "OSY",
            "A. Osyczka, S. Kundu, \"A new method to solve generalized multicriteria optimization problems using the simple genetic algorithm\", Structural Optimization 10, 1995",
            new(
            [
                Variable.Real("x1", 0, 10), Variable.Real("x2", 0, 10), Variable.Real("x3", 1, 5),
                Variable.Real("x4", 0, 6), Variable.Real("x5", 1, 5), Variable.Real("x6", 0, 10),
            ]),
            objectives: 2,
            constraints: 6)
    {
        (IdealPoint, NadirPoint) = Extremes(NonDominatedParts(PartPoints), 2);
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        static double Square(double value) => value * value;

        f[0] = -(25 * Square(x[0] - 2) + Square(x[1] - 2) + Square(x[2] - 1) + Square(x[3] - 4) + Square(x[4] - 1));
        f[1] = Square(x[0]) + Square(x[1]) + Square(x[2]) + Square(x[3]) + Square(x[4]) + Square(x[5]);
        g[0] = 2 - x[0] - x[1];
        g[1] = x[0] + x[1] - 6;
        g[2] = x[1] - x[0] - 2;
        g[3] = x[0] - 3 * x[1] - 2;
        g[4] = Square(x[2] - 3) + x[3] - 4;
        g[5] = 4 - Square(x[4] - 3) - x[5];
    }

    private protected override double[] Front(int count)
    {
        var dense = NonDominatedParts(Math.Max(PartPoints, count));
        var points = Math.Min(count, dense.Length / 2);
        var front = new double[2 * points];
        for (var i = 0; i < points; i++)
        {
            var source = (int)((dense.Length / 2 - 1L) * i / (points - 1));
            dense.AsSpan(2 * source, 2).CopyTo(front.AsSpan(2 * i));
        }

        return front;
    }

    private double[] NonDominatedParts(int points)
    {
        var candidates = new List<(double, double)>();
        Span<double> f = stackalloc double[2];
        Span<double> g = stackalloc double[6];
        for (var i = 0; i <= points; i++)
        {
            var share = (double)i / points;
            var third = 1 + 4 * share;
            var first = 5 * share;
            ReadOnlySpan<(double X1, double X2, double X3, double X5)> parts =
            [
                (5, 1, third, 5),
                (5, 1, third, 1),
                (first, (first - 2) / 3, 1, 1),
                (0, 2, third, 1),
                (first, 2 - first, 1, 1),
            ];
            foreach (var (x1, x2, x3, x5) in parts)
            {
                if (x2 < 0) continue;
                EvaluatePoint([x1, x2, x3, 0, x5, 0], f, g);
                // The parts lie on constraints, so rounding may leave them outside by an ulp or two.
                if (MaximumOf(g) <= 1e-12) candidates.Add((f[0], f[1]));
            }
        }

        return NonDominatedOfTwo(candidates);
    }

    private static double MaximumOf(ReadOnlySpan<double> values)
    {
        var maximum = values[0];
        foreach (var value in values) maximum = Math.Max(maximum, value);
        return maximum;
    }
}
