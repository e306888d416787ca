using Vilfredo.Optimization.Nonsmooth.Elliptic;
using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

public class NonsmoothPdeTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_fine_front_of_quadratics_is_theirs_and_has_no_gap(int objectives)
    {
        // Without the kink the objectives are quadratic: each weighted sum has one minimum, and no point dominates another.
        var equation = new SemilinearElliptic(5, 0);
        double[][] shapes = [.. Enumerable.Range(0, 4).Select(k => equation.OnGrid((x, y) => x < 0.5 == (k % 2 == 0) && y < 0.5 == (k < 2) ? 1 : 0))];
        TrackingObjective Towards(double height, double x0, double y0) =>
            new(equation.OnGrid((x, y) => height * Math.Exp(-20 * ((x - x0) * (x - x0) + (y - y0) * (y - y0)))), 5e-5);
        TrackingObjective[] targets = [Towards(0.3, 0.3, 0.3), Towards(-0.4, 0.3, 0.6), Towards(0.2, 0.7, 0.6)];
        var problem = new EllipticControl(equation, shapes, targets[..objectives]);
        double[][] ends = [.. Enumerable.Range(0, objectives).Select(k =>
            (double[])[.. OptimalitySystem.Solve(problem, [.. Enumerable.Range(0, objectives).Select(i => i == k ? 1.0 : 1e-3)], new double[4]).Values])];
        double[] low = [.. ends.Select((end, k) => end[k])], range = [.. low.Select((value, k) => ends.Max(end => end[k]) - value)];
        var fine = new FineFront(problem, low, range, 1e-3);
        Assert.InRange(fine.MostDominated(fine.All), -1e-9, 1e-9);
        Assert.Equal(0.1, fine.MostDominated([.. fine.All[..objectives].Select(value => value + 0.1)]), 0.02);
        if (objectives == 3)
        {
            Assert.InRange(fine.All.Length / 3, 50, 2_000);
            Assert.InRange(fine.Boundary.Length, 3 * 20, fine.All.Length - 3);
            return;
        }

        Assert.Equal(4, fine.Boundary.Length);
        var points = fine.All.Chunk(2).OrderBy(point => point[0]).ToArray();
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.InRange(Math.Pow(pair.First[0] - pair.Second[0], 2) + Math.Pow(pair.First[1] - pair.Second[1], 2), 0, 0.03 * 0.03 + 1e-12));
    }

    [Fact]
    public void The_exact_path_of_sparse_regression_is_a_better_front_than_a_grid_and_their_costs_are_counted()
    {
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var trials = SparsityTrials.Draw(60, 10, new RandomGenerator(seed));
            var (path, grid) = (trials.Path(), trials.Grid());
            Assert.True(path.Volume > grid.Volume && path.Volume < 1.21, $"{path.Volume} {grid.Volume}");
            Assert.InRange(grid.Volume, 0.8 * path.Volume, path.Volume);
            Assert.InRange(path.Gradients, 2 * 11, 2 * 40); // each of 10 columns joins, and few leave
            Assert.InRange(path.Work, path.Gradients, path.Gradients + 5 * path.Gradients / 2); // at most k = p: p / 2 gradients for each corner
            Assert.InRange(grid.Gradients, 20 + 30, 20 + 30 * 200); // a power method and at least one for each weight
        }
    }
}
