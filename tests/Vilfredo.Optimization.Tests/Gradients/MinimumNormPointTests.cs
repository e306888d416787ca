using CsCheck;
using Vilfredo.Optimization.Gradients;

namespace Vilfredo.Optimization.Tests.Gradients;

public class MinimumNormPointTests
{
    [Fact]
    public void Of_two_slanted_vectors_and_one_twice_as_high_the_point_is_between_the_first_two()
    {
        double[] vectors = [1, 1, -1, 1, 0, 2];
        var weights = new double[3];
        Assert.Equal(1, MinimumNormPoint.Solve(GradientMatrix.Gram(vectors, 3), weights), 1e-14);
        Assert.Equal([0.5, 0.5, 0], weights.Select(w => Math.Round(w, 13)));
    }

    [Theory]
    [InlineData(new[] { 3.0, 0, 3, 0 }, 9.0)]
    [InlineData(new[] { 1.0, 2, -1, -2 }, 0.0)]
    [InlineData(new[] { 1.0, 0, 0, 2 }, 0.8)]
    [InlineData(new[] { 1.0, 0, 5, 1 }, 1.0)]
    [InlineData(new[] { 0.0, 0, 5, 1 }, 0.0)]
    [InlineData(new[] { 2.0, 0, 2, 0, 2, 0, 2, 0 }, 4.0)]
    [InlineData(new[] { 0.0, 0, 0, 0, 0, 0 }, 0.0)]
    public void Squared_norms_of_degenerate_hulls_are_known(double[] vectors, double expected)
    {
        var weights = new double[vectors.Length / 2];
        Assert.Equal(expected, MinimumNormPoint.Solve(GradientMatrix.Gram(vectors, weights.Length), weights), 1e-12);
        Assert.Equal(1, weights.Sum(), 1e-12);
    }

    [Fact]
    public void No_vector_has_a_smaller_product_with_the_point_than_the_point_itself() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 8], Gen.Double[-1, 1]).SelectMany(
                (m, n, shift) => Gen.Double[-1, 1].Array[m * n].Select(values => (m, values: values.Select(v => v + shift).ToArray())))
            .Sample(
                sample =>
                {
                    var (m, values) = sample;
                    var (gram, weights) = (GradientMatrix.Gram(values, m), new double[m]);
                    var square = MinimumNormPoint.Solve(gram, weights);
                    for (var i = 0; i < m; i++)
                    {
                        if (weights[i] < 0 || MinimumNormPoint.RowProduct(gram, i, weights) < square - 1e-6) return false;
                    }

                    return Math.Abs(weights.Sum() - 1) < 1e-10;
                },
                iter: 3_000);

    [Fact]
    public void No_point_of_a_fine_grid_of_weights_has_a_smaller_norm() =>
        Gen.Double[-1, 1].Array[9].Sample(
            values =>
            {
                var (gram, weights) = (GradientMatrix.Gram(values, 3), new double[3]);
                var square = MinimumNormPoint.Solve(gram, weights);
                for (var i = 0; i <= 60; i++)
                {
                    for (var j = 0; i + j <= 60; j++)
                    {
                        if (MinimumNormPoint.Quadratic(gram, [i / 60.0, j / 60.0, (60 - i - j) / 60.0]) < square - 1e-10) return false;
                    }
                }

                return true;
            },
            iter: 200);

    [Fact]
    public void Nearly_equal_vectors_do_not_stop_the_search()
    {
        double[] vectors = [1, 1, 1 + 1e-9, 1, 1, 1 + 1e-9, -1, 1, -1, 1 + 1e-10];
        var weights = new double[5];
        Assert.Equal(1, MinimumNormPoint.Solve(GradientMatrix.Gram(vectors, 5), weights), 1e-8);
    }

    [Fact]
    public void A_matrix_of_another_size_or_a_gradient_that_is_not_a_number_is_refused()
    {
        Assert.Throws<ArgumentException>(() => MinimumNormPoint.Solve([1, 0, 0], new double[2]));
        Assert.Throws<ArgumentException>(() => GradientMatrix.Gram([1, double.NaN], 1));
        Assert.Throws<ArgumentException>(() => GradientMatrix.Gram([1, 2, 3], 2));
    }
}
