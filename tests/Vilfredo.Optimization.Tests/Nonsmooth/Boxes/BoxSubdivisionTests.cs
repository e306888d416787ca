using Vilfredo.Optimization.Gradients.Fronts;
using Vilfredo.Optimization.Nonsmooth;
using Vilfredo.Optimization.Nonsmooth.Boxes;
using Vilfredo.Optimization.Nonsmooth.Elliptic;

namespace Vilfredo.Optimization.Tests.Nonsmooth.Boxes;

public class BoxSubdivisionTests
{
    [Fact]
    public void Boxes_of_every_depth_tile_the_root_and_know_their_points()
    {
        var random = new RandomGenerator(1);
        var covering = new BoxCovering([-1, 2, 0], [3, 5, 1]);
        for (var depth = 0; depth <= 10; depth++)
        {
            Assert.Equal(1 << depth, covering.Count);
            Assert.Equal(12.0 / covering.Count, covering.Side(0) * covering.Side(1) * covering.Side(2), 1e-12);
            for (var repeat = 0; repeat < 20; repeat++)
            {
                var box = random.NextInt32(covering.Count);
                var point = covering.Point(box, [random.NextDouble(), random.NextDouble(), random.NextDouble()]);
                var only = covering.Hit([point]);
                Assert.Equal(1, only.Count);
                Assert.Equal(covering.Centre(box), only.Centre(0));
                Assert.True(only.Contains(point));
                Assert.Equal(covering.Count - 1, covering.Except(only).Count);
                Assert.Equal(covering.Count, covering.Except(only).Union(only).Count);
            }

            covering = covering.Halve();
        }

        Assert.False(covering.Contains([4, 3, 0.5]));
        Assert.True(covering.Contains([3, 5, 1]));
    }

    [Fact]
    public void A_box_inside_has_two_neighbours_per_coordinate_and_one_in_the_corner_half_as_many()
    {
        var covering = new BoxCovering([0, 0], [1, 1]);
        for (var depth = 0; depth < 6; depth++) covering = covering.Halve();
        Assert.Equal(4, covering.Hit([[0.4, 0.6]]).Neighbours().Count);
        Assert.Equal(2, covering.Hit([[0, 1]]).Neighbours().Count);
        Assert.Equal(0, covering.Neighbours().Count);
        var neighbours = covering.Hit([[0.4, 0.6]]).Neighbours();
        Assert.True(neighbours.Contains([0.4, 0.6 + 0.125]) && neighbours.Contains([0.4 - 0.125, 0.6]));
    }

    [Fact]
    public void Two_bowls_are_covered_along_the_segment_between_their_centres()
    {
        // The Pareto-critical set of |x - a|^2 and |x - b|^2 is the segment from a to b.
        double[] a = [-0.7, -0.4], b = [0.6, 0.5];
        var covering = BoxSubdivision.Critical([Bowl(a), Bowl(b)], [-2, -2], [2, 2], new BoxSubdivisionOptions { Depth = 12 });
        AssertCovers(covering, t => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]);
        for (var box = 0; box < covering.Count; box++)
        {
            var centre = covering.Centre(box);
            var t = Math.Clamp(((centre[0] - a[0]) * 1.3 + (centre[1] - a[1]) * 0.9) / (1.3 * 1.3 + 0.9 * 0.9), 0, 1);
            Assert.True(Distance(centre, [a[0] + t * 1.3, a[1] + t * 0.9]) < 3 * covering.Radius(), string.Join(", ", centre));
        }

        Assert.True(covering.Count < 0.1 * Math.Pow(2, 12), $"{covering.Count} boxes");
    }

    [Fact]
    public void The_minimum_of_one_function_with_kinks_is_covered_by_few_boxes()
    {
        var covering = BoxSubdivision.Critical([NonsmoothProblems.Cb3], [-3, -3], [3, 3.3], new BoxSubdivisionOptions { Depth = 14, Steps = 10 });
        Assert.True(covering.Contains([1, 1]), string.Join("; ", Enumerable.Range(0, covering.Count).Select(box => string.Join(",", covering.Centre(box)))));
        Assert.InRange(covering.Count, 1, 20);
        for (var box = 0; box < covering.Count; box++) Assert.True(Distance(covering.Centre(box), [1, 1]) < 3 * covering.Radius());
    }

    [Fact]
    public void Distances_in_the_sum_norm_are_covered_by_the_rectangle_between_their_centres()
    {
        static MaximumOfSmooth Distance(double a1, double a2) => new(
            [.. from s in new[] { -1.0, 1 } from t in new[] { -1.0, 1 }
                select ((Func<double[], double>)(x => s * (x[0] - a1) + t * (x[1] - a2)), (Func<double[], double[]>)(_ => [s, t]))]);
        var covering = BoxSubdivision.Critical([Distance(0.1, 0.1), Distance(1.1, 0.6)], [-2, -2], [2, 2], new BoxSubdivisionOptions { Depth = 10 });
        for (var i = 0; i <= 20; i++) AssertCovers(covering, t => [0.1 + t, 0.1 + 0.5 * i / 20.0]);
        for (var box = 0; box < covering.Count; box++)
        {
            var centre = covering.Centre(box);
            Assert.InRange(centre[0], 0.1 - 3 * covering.Radius(), 1.1 + 3 * covering.Radius());
            Assert.InRange(centre[1], 0.1 - 3 * covering.Radius(), 0.6 + 3 * covering.Radius());
        }
    }

    [Fact]
    public void Lipschitz_constants_prove_that_the_covering_contains_the_Pareto_set()
    {
        // |x - a| and |x - b|, both with constant 1, have the segment from a to b as their Pareto set.
        double[] a = [-0.7, -0.4], b = [0.6, 0.5];
        var evaluations = 0;
        var options = new BoxSamplingOptions { Margins = [0, 0], Lipschitz = [1, 1], Depth = 14 };
        var covering = BoxSubdivision.Dominating(Values, [-2, -2], [2, 2], options);
        AssertCovers(covering, t => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]);
        var without = evaluations;
        Assert.True(covering.Count < 0.25 * Math.Pow(2, 14), $"{covering.Count} boxes");

        // The same values as a surrogate that may be wrong by 0.01: nothing that was kept is lost.
        var wider = BoxSubdivision.Dominating(Values, [-2, -2], [2, 2], options with { Margins = [0.02, 0.02] });
        Assert.Equal(0, covering.Except(wider).Count);
        Assert.True(wider.Count > covering.Count && evaluations > 2 * without);

        double[] Values(double[] x)
        {
            evaluations++;
            return [Distance(x, a), Distance(x, b)];
        }
    }

    [Fact]
    public void Only_the_global_part_of_two_local_fronts_is_kept_by_dominance()
    {
        // f1 = x1^2 + g, f2 = (x1 - 1)^2 + g with g a double well in x2: depth 0 at -1, 0.2 at +1 (locally Pareto-critical too).
        static double Well(double y) => y < 0 ? (y + 1) * (y + 1) : Math.Min(1, (y - 1) * (y - 1) + 0.2);
        var covering = BoxSubdivision.Dominating(
            x => [x[0] * x[0] + Well(x[1]), (x[0] - 1) * (x[0] - 1) + Well(x[1])],
            [-2, -2],
            [2, 2],
            new BoxSamplingOptions { Margins = [0, 0], Lipschitz = [1, 1], RandomPoints = 10, Depth = 12 },
            new RandomGenerator(2));
        AssertCovers(covering, t => [0.05 + 0.9 * t, -1]);
        for (var box = 0; box < covering.Count; box++) Assert.InRange(covering.Centre(box)[1], -1.3, -0.7);
    }

    [Fact]
    public void Bounds_depths_and_settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new BoxCovering([1], [1]));
        Assert.Throws<ArgumentException>(() => new BoxCovering([1], [2, 3]));
        Assert.Throws<ArgumentException>(() => new BoxCovering([0], [1]).Union(new BoxCovering([0], [2])));
        Assert.Throws<ArgumentException>(() => BoxSubdivision.Critical([NonsmoothProblems.Lq], [0, 0], [1, 1], new BoxSubdivisionOptions { Depth = 63 }));
        Assert.Throws<ArgumentException>(() => BoxSubdivision.Critical([NonsmoothProblems.Lq], [0, 0], [1, 1], new BoxSubdivisionOptions { RandomPoints = 1 }));
        Assert.Throws<ArgumentException>(() => BoxSubdivision.Dominating(x => x, [0, 0], [1, 1], new BoxSamplingOptions { Margins = [0, -1] }));
        Assert.Throws<ArgumentException>(() => BoxSubdivision.Dominating(x => x, [0, 0], [1, 1], new BoxSamplingOptions { Margins = [0, 0], Lipschitz = [1] }));
        Assert.Throws<ArgumentException>(() => BoxSubdivision.Dominating(_ => [double.NaN, 1], [0, 0], [1, 1], new BoxSamplingOptions { Margins = [0, 0] }));
    }

    [Fact]
    public void Boxes_of_two_controls_of_the_equation_with_a_kink_agree_with_the_front_by_reference_points()
    {
        var equation = new SemilinearElliptic(7, 100);
        var problem = new EllipticControl(
            equation,
            [equation.OnGrid((x, _) => x < 0.5 ? 1 : 0), equation.OnGrid((x, _) => x < 0.5 ? 0 : 1)],
            [
                new TrackingObjective(equation.OnGrid((x, y) => 0.3 * Math.Sin(2 * Math.PI * x) * Math.Sin(Math.PI * y) + 0.1), 5e-5),
                new TrackingObjective(equation.OnGrid((x, y) => 0.4 * Math.Exp(-20 * ((x - 0.6) * (x - 0.6) + (y - 0.4) * (y - 0.4)))), 5e-5),
            ]);
        double[][] front = [.. ReferencePointFront.Compute(problem, [0, 0]).Select(point => point.Point.ToArray())];
        double[] lower = [.. Enumerable.Range(0, 2).Select(j => front.Min(u => u[j]) - 3)], upper = [.. Enumerable.Range(0, 2).Select(j => front.Max(u => u[j]) + 3)];
        var covering = BoxSubdivision.Dominating(
            u => [problem.Objective(0).Value(u), problem.Objective(1).Value(u)], lower, upper, new BoxSamplingOptions { Margins = [0, 0], Depth = 14 });
        Assert.InRange(covering.Count, 50, 1_000); // of 16,384
        double[][] centres = [.. Enumerable.Range(0, covering.Count).Select(covering.Centre)];

        // Centres alone lose boxes at the ends, where one objective hardly changes; between them the two agree both ways.
        var gap = front.Zip(front.Skip(1), Distance).Max();
        Assert.All(front[1..^2], u => Assert.InRange(centres.Min(centre => Distance(u, centre)), 0, 4 * covering.Radius()));
        Assert.All(centres, centre => Assert.InRange(front.Min(u => Distance(u, centre)), 0, gap + 4 * covering.Radius()));

        static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
    }

    private static void AssertCovers(BoxCovering covering, Func<double, double[]> curve)
    {
        for (var i = 0; i <= 200; i++) Assert.True(covering.Contains(curve(i / 200.0)), $"{string.Join(", ", curve(i / 200.0))} is not covered");
    }

    private static double Distance(double[] x, double[] y) => Math.Sqrt((x[0] - y[0]) * (x[0] - y[0]) + (x[1] - y[1]) * (x[1] - y[1]));

    private static MaximumOfSmooth Bowl(double[] centre) => new(
        (x => (x[0] - centre[0]) * (x[0] - centre[0]) + (x[1] - centre[1]) * (x[1] - centre[1]), x => [2 * (x[0] - centre[0]), 2 * (x[1] - centre[1])]));
}
