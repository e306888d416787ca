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

    [Theory]
    [InlineData(4, 6, 2)]
    [InlineData(50, 2, 2)]
    [InlineData(20, 30, 3)]
    [InlineData(9, 9, 1)]
    public void Linearly_dependent_vectors_are_solved_to_rounding(int m, int n, int rank)
    {
        var random = new RandomGenerator(5);
        for (var repeat = 0; repeat < 200; repeat++)
        {
            var basis = Enumerable.Range(0, rank * n).Select(_ => random.NextDouble(-0.4, 1.6)).ToArray();
            var vectors = new double[m * n];
            for (var i = 0; i < m; i++)
            {
                for (var k = 0; k < rank; k++)
                {
                    // every third repeat takes weights of both signs: 0 is then often in the hull
                    var factor = random.NextDouble(repeat % 3 == 0 ? -1 : -0.2, 1.8);
                    for (var j = 0; j < n; j++) vectors[i * n + j] += factor * basis[k * n + j];
                }
            }

            AssertLeast(vectors, m, n);
        }
    }

    [Fact]
    public void Hundreds_of_vectors_that_nearly_agree_are_solved_to_rounding()
    {
        var random = new RandomGenerator(6);
        for (var repeat = 0; repeat < 30; repeat++)
        {
            var basis = Enumerable.Range(0, 40).Select(_ => random.NextDouble(-0.4, 1.6)).ToArray();
            var vectors = Enumerable.Range(0, 200 * 8).Select(i => basis[i % 40] + Math.Pow(10, -3 - random.NextInt32(11)) * random.NextDouble()).ToArray();
            AssertLeast(vectors, 200, 8);
        }
    }

    [Fact]
    public void A_norm_far_below_the_root_of_rounding_is_found_from_the_vectors()
    {
        var point = new double[2];
        var weights = new double[3];
        Assert.Equal(1e-24, MinimumNormPoint.Solve([40, 1e-12, -30, 1e-12, 5, 3], weights, point), 1e-30);
        Assert.Equal([3.0 / 7, 4.0 / 7, 0], weights.Select(w => Math.Round(w, 15)), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    private static void AssertLeast(double[] vectors, int m, int n)
    {
        var (weights, point) = (new double[m], new double[n]);
        var square = MinimumNormPoint.Solve(vectors, weights, point);
        var gram = GradientMatrix.Gram(vectors, m);
        var longest = Math.Sqrt(Enumerable.Range(0, m).Max(i => gram[i * m + i]));
        var byGram = new double[m];
        Assert.Equal(square, MinimumNormPoint.Solve(gram, byGram), 1e-13 * longest * longest);
        foreach (var w in new[] { weights, byGram })
        {
            Assert.Equal(1, w.Sum(), 1e-13);
            Assert.True(w.Min() >= 0);
        }

        for (var i = 0; i < m; i++)
        {
            var product = 0.0;
            for (var j = 0; j < n; j++) product += point[j] * vectors[i * n + j];
            Assert.True(product >= square - 1e-13 * Math.Sqrt(square) * longest - 1e-15 * longest * longest);
            Assert.True(MinimumNormPoint.RowProduct(gram, i, byGram) >= square - 1e-13 * longest * longest);
        }
    }

    [Fact]
    public void A_matrix_of_another_size_or_a_gradient_that_is_not_a_number_is_refused()
    {
        Assert.Throws<ArgumentException>(() => MinimumNormPoint.Solve([1, 0, 0], new double[2]));
        Assert.Throws<ArgumentException>(() => MinimumNormPoint.Solve([1, 0, 0], new double[2], new double[2]));
        Assert.Throws<ArgumentException>(() => MinimumNormPoint.Solve([1, double.NaN], new double[1], new double[2]));
        Assert.Throws<ArgumentException>(() => GradientMatrix.Gram([1, double.NaN], 1));
        Assert.Throws<ArgumentException>(() => GradientMatrix.Gram([1, 2, 3], 2));
    }
}
