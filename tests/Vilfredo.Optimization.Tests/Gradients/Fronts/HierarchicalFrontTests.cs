using Vilfredo.Optimization.Gradients;
using Vilfredo.Optimization.Gradients.Fronts;
using Vilfredo.Optimization.Nonsmooth.Boxes;
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_sub_problems_of_two_objectives_give_the_sides_of_the_triangle(bool concave)
    {
        var levels = HierarchicalFront.Levels(new ThreeBowls(concave), concave ? [0.4, 0.3] : [3, -2], new ReferencePointOptions { EndWeight = 1e-5 });
        for (var k = 0; k < 3; k++) Assert.Equal(1, Shares(levels.Minima[k].Point)[k], 1e-3);
        var third = 2;
        foreach (var side in levels.Pairs)
        {
            // The centre that is not of the pair has no share in its points, and the pair's front has no gap.
            Assert.All(side, point => Assert.Equal(0, Shares(point.Point)[third], 1e-3));
            var positions = side.Select(point => Shares(point.Point)[third == 0 ? 1 : 0]).ToArray();
            Assert.InRange(positions[0], 0.99, 1.01);
            Assert.InRange(positions[^1], -0.01, 0.01);
            Assert.True(positions.Zip(positions.Skip(1), (before, after) => before - after).All(gap => gap is > 0 and < 0.3), string.Join(' ', positions));
            third--;
        }

        Assert.All(levels.Inside, point => Assert.True(Shares(point.Point).All(share => share > 0.01), string.Join(' ', point.Point)));
        Assert.NotEmpty(levels.Inside);
    }

    [Theory]
    [InlineData(false, 4.5)]
    [InlineData(true, 1.3)]
    public void The_front_agrees_with_a_covering_of_boxes_by_values_alone(bool concave, double lipschitz)
    {
        var problem = new ThreeBowls(concave);
        double[] Values(double[] x)
        {
            var values = new double[3];
            problem.Evaluate(x, values, new double[6]);
            return values;
        }

        var front = HierarchicalFront.Compute(problem, [0.4, 0.3], new ReferencePointOptions { EndWeight = 1e-5 });
        double[] lower = [-0.5, -0.5], upper = [1.5, 1.5];

        // A covering that is proved contains every point; of the boxes that values alone leave none is far from a point.
        var proved = BoxSubdivision.Dominating(Values, lower, upper, new BoxSamplingOptions { Margins = [0, 0, 0], Lipschitz = [lipschitz, lipschitz, lipschitz], Depth = 12 });
        Assert.InRange(proved.Count, 100, 2_500); // of 4,096
        Assert.All(front, point => Assert.True(proved.Contains([.. point.Point]), string.Join(' ', point.Point)));
        var found = BoxSubdivision.Dominating(Values, lower, upper, new BoxSamplingOptions { Margins = [0, 0, 0], Depth = 12 });
        Assert.InRange(found.Count, 100, proved.Count);
        for (var box = 0; box < found.Count; box++)
        {
            var centre = found.Centre(box);
            var nearest = front.Min(point => Math.Sqrt(Math.Pow(point.Point[0] - centre[0], 2) + Math.Pow(point.Point[1] - centre[1], 2)));
            Assert.True(nearest < (concave ? 0.3 : 0.2), $"{string.Join(' ', centre)}: {nearest}");
        }
    }

    [Fact]
    public void A_sub_problem_has_the_values_and_gradients_of_its_objectives_in_their_order()
    {
        var all = new ThreeBowls(false);
        var subset = new ObjectiveSubset(all, 2, 0);
        var (values, gradients, two, twoGradients) = (new double[3], new double[6], new double[2], new double[4]);
        all.Evaluate([0.3, -0.7], values, gradients);
        subset.Evaluate([0.3, -0.7], two, twoGradients);
        Assert.Equal((2, 2), (subset.Objectives, subset.Variables));
        Assert.Equal([values[2], values[0]], two);
        Assert.Equal([.. gradients[4..], .. gradients[..2]], twoGradients);
        Assert.Throws<ArgumentException>(() => new ObjectiveSubset(all));
        Assert.Throws<ArgumentException>(() => new ObjectiveSubset(all, 0, 0));
        Assert.Throws<ArgumentException>(() => new ObjectiveSubset(all, 3));
    }

    [Fact]
    public void Reference_points_lie_on_a_surface_whose_sides_are_the_fronts_of_the_pairs()
    {
        // Quarter circles on the sphere around (1, 1, 1), which is the front itself.
        static FrontPoint At(double x, double y, double z)
        {
            var norm = Math.Sqrt(x * x + y * y + z * z);
            return new FrontPoint([0], [1 - x / norm, 1 - y / norm, 1 - z / norm]);
        }

        static FrontPoint[] Arc(Func<double, double, FrontPoint> at) => [.. Enumerable.Range(0, 41).Select(i => at(Math.Cos(i * Math.PI / 80), Math.Sin(i * Math.PI / 80)))];
        FrontPoint[] minima = [At(1, 0, 0), At(0, 1, 0), At(0, 0, 1)];
        var triangle = new ReferenceTriangle(minima, [Arc((c, s) => At(c, s, 0)), Arc((c, s) => At(c, 0, s)), Arc((c, s) => At(0, c, s))], [0, 0, 0], [1, 1, 1]);
        Assert.Equal(Math.PI / 2, triangle.LongestSide, 1e-3);
        double Radius(params double[] shares) => Math.Sqrt(triangle.At(shares).Sum(value => (1 - value) * (1 - value)));
        for (var i = 0; i <= 20; i++)
        {
            foreach (var shares in new[] { new[] { 1 - i / 20.0, i / 20.0, 0 }, [1 - i / 20.0, 0, i / 20.0], [0, 1 - i / 20.0, i / 20.0] })
            {
                var (point, expected) = (triangle.At(shares), shares.Select((_, k) => 1 - Math.Sin(shares[k] * Math.PI / 2)).ToArray());
                for (var k = 0; k < 3; k++) Assert.Equal(expected[k], point[k], 1e-3);
            }

            for (var j = 0; i + j <= 20; j++) Assert.InRange(Radius(i / 20.0, j / 20.0, (20 - i - j) / 20.0), 0.999, 1.07);
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
