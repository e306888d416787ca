using Vilfredo.Optimization.Gradients;

namespace Vilfredo.Optimization.Tests.Gradients;

public class ExactParetoSearchTests
{
    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(3.0, 1.0)]
    [InlineData(0.2, 0.9)]
    public void Descent_ends_on_the_front_where_weighted_losses_are_equal(double r1, double r2)
    {
        // Squared distances to (0, 0) and (1, 0): x on the segment with r1 x^2 = r2 (1 - x)^2.
        foreach (double[] start in new double[][] { [0.3, 2], [2, -1], [-1, 0.5], [0.9, 0] })
        {
            var x = start.ToArray();
            var search = new ExactParetoSearch([r1, r2]);
            for (var step = 0; step < 3_000; step++)
            {
                double[] gradients = [2 * x[0], 2 * x[1], 2 * (x[0] - 1), 2 * x[1]];
                var (weights, direction) = (new double[2], new double[2]);
                search.Weigh(Losses(x), GradientMatrix.Gram(gradients, 2), weights);
                Assert.Equal(1, weights.Sum(), 1e-9);
                GradientMatrix.Combine(gradients, weights, direction);
                for (var j = 0; j < 2; j++) x[j] -= 0.02 * direction[j];
            }

            var expected = Math.Sqrt(r2) / (Math.Sqrt(r1) + Math.Sqrt(r2));
            Assert.Equal(expected, x[0], 0.02);
            Assert.Equal(0, x[1], 0.02);
            Assert.InRange(search.NonUniformity(Losses(x)), 0, 1e-3);
        }

        static double[] Losses(double[] x) => [x[0] * x[0] + x[1] * x[1], (x[0] - 1) * (x[0] - 1) + x[1] * x[1]];
    }

    [Fact]
    public void Three_objectives_end_at_the_corner_of_equal_weighted_losses()
    {
        double[][] centres = [[0, 0], [1, 0], [0, 1]];
        double[] x = [0.1, 0.9];
        var search = new ExactParetoSearch([1, 1, 1]);
        for (var step = 0; step < 5_000; step++)
        {
            double[] gradients = [.. centres.SelectMany(c => new[] { 2 * (x[0] - c[0]), 2 * (x[1] - c[1]) })];
            var (weights, direction) = (new double[3], new double[2]);
            search.Weigh([.. centres.Select(c => Math.Pow(x[0] - c[0], 2) + Math.Pow(x[1] - c[1], 2))], GradientMatrix.Gram(gradients, 3), weights);
            GradientMatrix.Combine(gradients, weights, direction);
            for (var j = 0; j < 2; j++) x[j] -= 0.01 * direction[j];
        }

        Assert.Equal(0.5, x[0], 0.03);
        Assert.Equal(0.5, x[1], 0.03);
    }

    [Fact]
    public void The_non_uniformity_is_0_for_equal_weighted_losses_and_log_m_when_one_has_all()
    {
        var search = new ExactParetoSearch([1, 2, 4]);
        Assert.Equal(0, search.NonUniformity([4, 2, 1]), 1e-15);
        Assert.Equal(Math.Log(3), search.NonUniformity([0, 7, 0]), 1e-15);
        Assert.Throws<ArgumentException>(() => search.NonUniformity([0, 0, 0]));
        Assert.Throws<ArgumentException>(() => search.NonUniformity([1, -1, 0]));
        Assert.Throws<ArgumentException>(() => new ExactParetoSearch([1, 0]));
        Assert.Throws<ArgumentException>(() => search.Weigh([1, 2, 3], new double[9], new double[2]));
    }
}
