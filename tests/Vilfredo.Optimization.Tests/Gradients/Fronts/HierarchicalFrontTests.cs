using Vilfredo.Optimization.Gradients;
using Vilfredo.Optimization.Gradients.Fronts;
using Vilfredo.Optimization.Nonsmooth.Elliptic;

namespace Vilfredo.Optimization.Tests.Gradients.Fronts;

public class HierarchicalFrontTests
{
    private static readonly (double X, double Y)[] Centres = [(0, 0), (1, 0), (0.2, 0.9)];

    // Squared distances, or growing functions of them, have the triangle of the centres as Pareto set.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_front_of_three_bowls_fills_the_triangle_between_their_centres(bool concave)
    {
        var front = HierarchicalFront.Compute(new ThreeBowls(concave), concave ? [0.4, 0.3] : [3, -2], new ReferencePointOptions { EndWeight = 1e-5 });
        Assert.InRange(front.Count, 40, 200);
        Assert.All(front, point => Assert.True(Shares(point.Point).All(share => share > -2e-3), string.Join(' ', point.Point)));

        // No part of the triangle is far from a point.
        for (var a = 0; a <= 20; a++)
        {
            for (var b = 0; a + b <= 20; b++)
            {
                double[] shares = [a / 20.0, b / 20.0, (20 - a - b) / 20.0];
                var (x, y) = (Enumerable.Range(0, 3).Sum(k => shares[k] * Centres[k].X), Enumerable.Range(0, 3).Sum(k => shares[k] * Centres[k].Y));
                var nearest = front.Min(point => Math.Sqrt(Math.Pow(point.Point[0] - x, 2) + Math.Pow(point.Point[1] - y, 2)));
                Assert.True(nearest < (concave ? 0.3 : 0.2), $"{x} {y}: {nearest}");
            }
        }
    }

    [Fact]
    public void Three_tracking_objectives_of_the_equation_with_a_kink_have_a_front_that_gradients_confirm()
    {
        var equation = new SemilinearElliptic(7, 100);
        double[][] shapes = [.. Enumerable.Range(0, 4).Select(k => equation.OnGrid((x, y) => x < 0.5 == (k % 2 == 0) && y < 0.5 == (k < 2) ? 1 : 0))];
        TrackingObjective Towards(double height, double x0, double y0) =>
            new(equation.OnGrid((x, y) => height * Math.Exp(-20 * ((x - x0) * (x - x0) + (y - y0) * (y - y0)))), 5e-5);
        var problem = new EllipticControl(equation, shapes, [Towards(0.3, 0.3, 0.3), Towards(-0.4, 0.3, 0.6), Towards(0.2, 0.7, 0.6)]);
        var front = HierarchicalFront.Compute(problem, new double[4], new ReferencePointOptions { Along = 0.25 });
        Assert.InRange(front.Count, 12, 100);
        var (values, gradients) = (new double[3], new double[12]);
        var critical = 0;
        foreach (var point in front)
        {
            problem.Evaluate([.. point.Point], values, gradients);
            // Some convex combination of the gradients is as good as 0, but where the state has a kink.
            var longest = Enumerable.Range(0, 3).Max(k => Math.Sqrt(gradients.AsSpan(4 * k, 4).ToArray().Sum(v => v * v)));
            var norm = Math.Sqrt(MinimumNormPoint.Solve(gradients, new double[3], new double[4]));
            if (norm < 0.02 * longest) critical++;
        }

        Assert.InRange(critical, 0.9 * front.Count, front.Count);
    }

    [Fact]
    public void Other_numbers_of_objectives_are_refused() =>
        Assert.Contains("for 3", Assert.Throws<ArgumentException>(() => HierarchicalFront.Compute(new TwoOf(), [0])).Message, StringComparison.Ordinal);

    // Barycentric coordinates.
    private static double[] Shares(IReadOnlyList<double> point)
    {
        var ((x1, y1), (x2, y2), (x3, y3)) = (Centres[0], Centres[1], Centres[2]);
        var area = (y2 - y3) * (x1 - x3) + (x3 - x2) * (y1 - y3);
        var a = ((y2 - y3) * (point[0] - x3) + (x3 - x2) * (point[1] - y3)) / area;
        var b = ((y3 - y1) * (point[0] - x3) + (x1 - x3) * (point[1] - y3)) / area;
        return [a, b, 1 - a - b];
    }

    private sealed class ThreeBowls(bool concave) : IDifferentiableObjectives
    {
        public int Variables => 2;

        public int Objectives => 3;

        public void Evaluate(ReadOnlySpan<double> x, Span<double> values, Span<double> gradients)
        {
            for (var i = 0; i < 3; i++)
            {
                var (d1, d2) = (x[0] - Centres[i].X, x[1] - Centres[i].Y);
                var square = d1 * d1 + d2 * d2;
                values[i] = concave ? 1 - Math.Exp(-2 * square) : square;
                var slope = concave ? 2 * Math.Exp(-2 * square) : 1;
                (gradients[2 * i], gradients[2 * i + 1]) = (2 * d1 * slope, 2 * d2 * slope);
            }
        }
    }

    private sealed class TwoOf : IDifferentiableObjectives
    {
        public int Variables => 1;

        public int Objectives => 2;

        public void Evaluate(ReadOnlySpan<double> x, Span<double> values, Span<double> gradients) => values.Clear();
    }
}
