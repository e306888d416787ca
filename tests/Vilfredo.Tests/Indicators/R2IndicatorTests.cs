using Vilfredo.Indicators;

namespace Vilfredo.Tests.Indicators;

public class R2IndicatorTests
{
    [Fact]
    public void One_point_and_one_weight_give_the_Tchebycheff_value()
    {
        Assert.Equal(1.5, R2Indicator.Compute([3, 4], [0.5, 0.25], [0, 0], 2));
        Assert.Equal(1, R2Indicator.Compute([3, 4], [0.5, 0.25], [1, 1], 2));
    }

    [Fact]
    public void The_exact_value_of_one_point_is_the_integral_of_its_Tchebycheff_value()
    {
        // Integral over w of max(w x, (1 - w) y) for x = y = 1 is 3/4.
        Assert.Equal(0.75, R2Indicator.Exact([1, 1], [0, 0]), 1e-15);
        Assert.Equal(0.5, R2Indicator.Exact([1, 0], [0, 0]), 1e-15);
        Assert.Equal(0.25, R2Indicator.Exact([1, 0, 0, 1], [0, 0]), 1e-15);
        Assert.Equal(0, R2Indicator.Exact([2, 3], [2, 3]));
    }

    [Fact]
    public void The_exact_value_is_the_limit_of_many_weights()
    {
        const int count = 20_000;
        var weights = Enumerable.Range(0, count).SelectMany(i => new[] { (i + 0.5) / count, 1 - (i + 0.5) / count }).ToArray();
        var random = new RandomGenerator(3);
        for (var i = 0; i < 20; i++)
        {
            var points = RandomSets.Points(1 + random.NextInt32(15), 2, onGrid: i % 2 == 0, random);
            double[] utopian = i % 4 == 0 ? [1, 1] : [0, 0];
            Assert.Equal(R2Indicator.Compute(points, weights, utopian, 2), R2Indicator.Exact(points, utopian), 1e-7);
        }
    }

    [Fact]
    public void Computation_agrees_with_the_definition_on_random_sets()
    {
        foreach (var (points, weights, m) in RandomSets.Pairs(200, seed: 21))
        {
            var utopian = Enumerable.Repeat(0.1, m).ToArray();
            var expected = weights.Chunk(m).Average(w => points.Chunk(m).Min(a => Enumerable.Range(0, m).Max(j => w[j] * (a[j] - utopian[j]))));
            Assert.Equal(expected, R2Indicator.Compute(points, weights, utopian, m), 1e-12);
        }
    }

    [Fact]
    public void A_non_dominated_addition_lowers_the_exact_value_and_a_dominated_one_leaves_it()
    {
        double[] front = [1, 4, 4, 1];
        var value = R2Indicator.Exact(front, [0, 0]);
        Assert.True(R2Indicator.Exact([.. front, 2, 2], [0, 0]) < value);
        Assert.Equal(value, R2Indicator.Exact([.. front, 5, 5, 1, 4, 4, 4], [0, 0]));
    }

    [Fact]
    public void Empty_sets_infinity_and_bad_input_are_defined()
    {
        Assert.Equal(double.PositiveInfinity, R2Indicator.Compute([], [1, 1], [0, 0], 2));
        Assert.Equal(double.PositiveInfinity, R2Indicator.Exact([], [0, 0]));
        Assert.Equal(2, R2Indicator.Compute([double.PositiveInfinity, 2], [0, 1], [0, 0], 2));
        Assert.Equal(0.75, R2Indicator.Exact([1, 1, 0, double.PositiveInfinity], [0, 0]), 1e-15);
        Assert.Throws<ArgumentException>(() => R2Indicator.Compute([1, 1], [], [0, 0], 2));
        Assert.Throws<ArgumentException>(() => R2Indicator.Compute([1, 1], [-1, 1], [0, 0], 2));
        Assert.Throws<ArgumentException>(() => R2Indicator.Compute([1, 1], [1, 1], [0], 2));
        Assert.Throws<ArgumentException>(() => R2Indicator.Compute([1, 1], [1, 1], [0, 2], 2));
        Assert.Throws<ArgumentException>(() => R2Indicator.Exact([1, 1], [double.NegativeInfinity, 0]));
        Assert.Throws<ArgumentException>(() => R2Indicator.Exact([1, double.NaN], [0, 0]));
        Assert.Throws<ArgumentException>(() => R2Indicator.Exact([1, 1, 1], [0, 0]));
    }
}
