using Vilfredo.Optimization.Gradients.Fronts;

namespace Vilfredo.Optimization.Tests.Gradients.Fronts;

public class SparsityPathTests
{
    [Fact]
    public void Of_orthogonal_columns_the_path_is_soft_thresholding()
    {
        var path = SparsityPath.Compute([1, 0, 0, 0, 1, 0, 0, 0, 1], [3, -1, 2]);
        Assert.Equal([3, 2, 1, 0], path.Select(knot => Math.Round(knot.Penalty, 12)));
        Assert.Equal([2, 0, 1], path[2].Point.Select(value => Math.Round(value, 12)));
        Assert.Equal([3, -1, 2], path[3].Point.Select(value => Math.Round(value, 12)));
        Assert.Equal(7, path[0].Loss, 1e-12);
        Assert.Equal(6, path[3].Norm, 1e-12);
    }

    [Fact]
    public void Every_corner_is_a_minimum_of_its_weighted_sum_and_coefficients_also_leave()
    {
        var random = new RandomGenerator(3);
        var left = 0;
        for (var repeat = 0; repeat < 40; repeat++)
        {
            const int n = 30, p = 12;
            var common = Enumerable.Range(0, n).Select(_ => random.NextNormal()).ToArray();
            double[] matrix = [.. Enumerable.Range(0, n * p).Select(i => random.NextNormal() + 1.5 * common[i / p])];
            double[] target = [.. Enumerable.Range(0, n).Select(i => matrix[i * p] - 2 * matrix[i * p + 3] + random.NextNormal())];
            var path = SparsityPath.Compute(matrix, target);
            Assert.Equal(0, path[^1].Penalty, 1e-9);
            for (var k = 0; k < path.Count; k++)
            {
                var x = path[k].Point;
                for (var j = 0; j < p; j++)
                {
                    var correlation = 0.0;
                    for (var i = 0; i < n; i++) correlation += matrix[i * p + j] * (target[i] - Enumerable.Range(0, p).Sum(c => matrix[i * p + c] * x[c]));
                    Assert.True(Math.Abs(correlation) <= path[k].Penalty + 1e-8);
                    if (x[j] != 0) Assert.Equal(path[k].Penalty * Math.Sign(x[j]), correlation, 1e-8);
                    if (k > 0 && x[j] == 0 && path[k - 1].Point[j] != 0) left++;
                }

                if (k > 0) Assert.True(path[k].Loss < path[k - 1].Loss && path[k].Penalty < path[k - 1].Penalty);
            }
        }

        Assert.True(left > 0);
    }

    [Fact]
    public void Dependent_columns_and_a_target_of_0_end_the_path_early()
    {
        Assert.Single(SparsityPath.Compute([1, 2, 3, 4], [0, 0]));
        var path = SparsityPath.Compute([1, 1, 0, 0], [2, 0]);
        Assert.All(path, knot => Assert.True(knot.Norm <= 2 + 1e-12));
        Assert.Throws<ArgumentException>(() => SparsityPath.Compute([1, 2, 3], [1, 2]));
        Assert.Throws<ArgumentException>(() => SparsityPath.Compute([1, double.NaN], [1, 2]));
    }
}
