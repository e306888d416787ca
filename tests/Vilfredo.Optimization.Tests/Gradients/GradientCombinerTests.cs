using CsCheck;
using Vilfredo.Optimization.Gradients;

namespace Vilfredo.Optimization.Tests.Gradients;

public class GradientCombinerTests
{
    [Fact]
    public void Orthogonal_gradients_of_lengths_1_and_2_have_known_combinations()
    {
        double[] gradients = [1, 0, 0, 2];
        AssertNear([0.8, 0.4], Combined(new MultipleGradientDescent(), gradients, 2));
        AssertNear([0.5, 1], Combined(new ProjectedConflicts(new RandomGenerator(1)), gradients, 2));
        AssertNear([1, 1], Combined(new NashBargaining(), gradients, 2));
        AssertNear([0.5, 1], Combined(new ConflictAverse(0), gradients, 2));
    }

    [Fact]
    public void One_objective_keeps_its_own_direction()
    {
        double[] gradient = [3, -4];
        AssertNear([3, -4], Combined(new MultipleGradientDescent(), gradient, 1));
        AssertNear([3, -4], Combined(new ProjectedConflicts(new RandomGenerator(1)), gradient, 1));
        AssertNear([0.6, -0.8], Combined(new NashBargaining(), gradient, 1));
        AssertNear([4.5, -6], Combined(new ConflictAverse(0.5), gradient, 1));
    }

    [Fact]
    public void Identical_gradients_keep_their_direction()
    {
        double[] gradients = [3, 4, 3, 4, 3, 4];
        AssertNear([3, 4], Combined(new MultipleGradientDescent(), gradients, 3));
        AssertNear([3, 4], Combined(new ProjectedConflicts(new RandomGenerator(1)), gradients, 3));
        AssertNear([4.5, 6], Combined(new ConflictAverse(0.5), gradients, 3));
        var nash = Combined(new NashBargaining(), gradients, 3);
        Assert.Equal(0, 4 * nash[0] - 3 * nash[1], 1e-10);
    }

    [Fact]
    public void Opposite_gradients_cancel()
    {
        double[] gradients = [1, 2, -1, -2];
        AssertNear([0, 0], Combined(new MultipleGradientDescent(), gradients, 2));
        AssertNear([0, 0], Combined(new ProjectedConflicts(new RandomGenerator(1)), gradients, 2));
        AssertNear([0, 0], Combined(new ConflictAverse(0.5), gradients, 2));
        AssertNear([0, 0], Combined(new NashBargaining(), gradients, 2));
    }

    [Fact]
    public void Of_two_conflicting_gradients_each_is_projected_on_the_normal_plane_of_the_other()
    {
        // (1, 0) less its part along (-1, 1) is (1/2, 1/2); (-1, 1) less its part along (1, 0) is (0, 1).
        AssertNear([0.25, 0.75], Combined(new ProjectedConflicts(new RandomGenerator(3)), [1, 0, -1, 1], 2));
    }

    [Fact]
    public void Bargaining_weights_are_the_inverses_of_the_products_with_the_combination() =>
        Gen.Int[1, 6].SelectMany(m => Gen.Double[-1, 1].Array[m * 8].Select(values => (m, values))).Sample(
            sample =>
            {
                var (m, values) = sample;
                var (gram, weights) = (GradientMatrix.Gram(values, m), new double[m]);
                if (MinimumNormPoint.Solve(gram, weights) < 1e-4) return true;
                new NashBargaining().Weigh(gram, weights);
                for (var i = 0; i < m; i++)
                {
                    if (Math.Abs(weights[i] * MinimumNormPoint.RowProduct(gram, i, weights) - 1) > 1e-8) return false;
                }

                return true;
            },
            iter: 1_000);

    [Fact]
    public void No_direction_around_the_mean_has_a_larger_least_product_than_the_conflict_averse_one() =>
        Gen.Double[-1, 1].Array[6].Sample(
            values =>
            {
                if (MinimumNormPoint.Solve(GradientMatrix.Gram(values, 3), new double[3]) < 1e-4) return true; // a critical point
                var mean = new double[2];
                GradientMatrix.Combine(values, [1 / 3.0, 1 / 3.0, 1 / 3.0], mean);
                var radius = 0.5 * Math.Sqrt(mean[0] * mean[0] + mean[1] * mean[1]);
                var found = Least(values, Combined(new ConflictAverse(0.5), values, 3));
                for (var k = 0; k < 360; k++)
                {
                    var (sin, cos) = Math.SinCos(k * Math.PI / 180);
                    if (Least(values, [mean[0] + radius * cos, mean[1] + radius * sin]) > found + 1e-5) return false;
                }

                return true;
            },
            iter: 1_000);

    private static double Least(double[] gradients, double[] direction) =>
        gradients.Chunk(2).Min(g => g[0] * direction[0] + g[1] * direction[1]);

    private static double[] Combined(IGradientCombiner combiner, double[] gradients, int objectives)
    {
        var result = new double[gradients.Length / objectives];
        GradientMatrix.Combine(combiner, gradients, new double[objectives], result);
        return result;
    }

    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-9);
    }
}
