namespace Vilfredo.Tests.Randomness;

public class RandomGeneratorTests
{
    [Fact]
    public void Same_seed_and_stream_give_the_same_numbers()
    {
        var a = new RandomGenerator(7, 3);
        var b = new RandomGenerator(7, 3);
        for (var i = 0; i < 100; i++) Assert.Equal(a.NextUInt64(), b.NextUInt64());
    }

    [Fact]
    public void Streams_of_one_seed_differ()
    {
        var firsts = Enumerable.Range(0, 1000).Select(s => new RandomGenerator(7, (ulong)s).NextUInt64());
        Assert.Equal(1000, firsts.Distinct().Count());
    }

    [Fact]
    public void Uniform_numbers_have_mean_one_half_and_stay_in_range()
    {
        var random = new RandomGenerator(1);
        double sum = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var x = random.NextDouble();
            Assert.InRange(x, 0, 1 - double.Epsilon);
            sum += x;
        }

        Assert.InRange(sum / 100_000, 0.495, 0.505);
    }

    [Fact]
    public void Normal_numbers_have_mean_zero_and_variance_one()
    {
        var random = new RandomGenerator(2);
        var x = Enumerable.Range(0, 100_000).Select(_ => random.NextNormal()).ToArray();
        Assert.InRange(x.Average(), -0.015, 0.015);
        Assert.InRange(x.Select(v => v * v).Average(), 0.98, 1.02);
    }

    [Fact]
    public void Bounded_integers_cover_both_ends_evenly()
    {
        var random = new RandomGenerator(3);
        var counts = new int[5];
        for (var i = 0; i < 50_000; i++) counts[random.NextInt64(-2, 2) + 2]++;
        Assert.All(counts, c => Assert.InRange(c, 9_500, 10_500));
    }

    [Fact]
    public void A_bound_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomGenerator(1).NextInt32(0));

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(4.5)]
    public void Gamma_numbers_have_mean_and_variance_of_their_shape(double shape)
    {
        var random = new RandomGenerator(21);
        var draws = Enumerable.Range(0, 100_000).Select(_ => random.NextGamma(shape)).ToList();
        var mean = draws.Average();
        Assert.Equal(shape, mean, 5 * Math.Sqrt(shape / draws.Count));
        Assert.Equal(1, draws.Average(draw => (draw - mean) * (draw - mean)) / shape, 0.08);
        Assert.All(draws, draw => Assert.True(draw >= 0));
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(2, 5)]
    [InlineData(0.01, 0.03)]
    public void Beta_numbers_have_mean_and_variance_of_their_parameters(double alpha, double beta)
    {
        var random = new RandomGenerator(22);
        var draws = Enumerable.Range(0, 100_000).Select(_ => random.NextBeta(alpha, beta)).ToList();
        var (mean, sum) = (alpha / (alpha + beta), alpha + beta);
        var variance = alpha * beta / (sum * sum * (sum + 1));
        Assert.Equal(mean, draws.Average(), 5 * Math.Sqrt(variance / draws.Count));
        Assert.Equal(1, draws.Average(draw => (draw - mean) * (draw - mean)) / variance, 0.08);
        Assert.All(draws, draw => Assert.InRange(draw, 0, 1));
    }

    [Fact]
    public void Shapes_of_gamma_numbers_are_positive() => Assert.Throws<ArgumentOutOfRangeException>(() => new RandomGenerator(1).NextGamma(0));
}
