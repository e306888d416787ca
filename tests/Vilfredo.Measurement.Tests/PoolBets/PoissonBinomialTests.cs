using CsCheck;
using Vilfredo.Measurement.PoolBets;

namespace Vilfredo.Measurement.Tests.PoolBets;

public class PoissonBinomialTests
{
    [Fact]
    public void The_recursion_gives_what_counting_all_outcomes_gives() => Gen.Double[0, 1].Array[0, 8].Sample(p =>
    {
        var expected = new double[p.Length + 1];
        for (var set = 0; set < 1 << p.Length; set++)
        {
            var product = 1.0;
            for (var i = 0; i < p.Length; i++) product *= (set >> i & 1) == 1 ? p[i] : 1 - p[i];
            expected[int.PopCount(set)] += product;
        }

        var distribution = new PoissonBinomial(p);
        for (var k = 0; k <= p.Length; k++)
        {
            Assert.Equal(expected[k], distribution.Probability(k), 1e-12);
            Assert.Equal(expected[k..].Sum(), distribution.Tail(k), 1e-12);
            Assert.Equal(expected[k], Math.Exp(distribution.LogProbability(k)), 1e-12);
        }

        Assert.Equal(p.Sum(), distribution.Mean, 1e-12);
        Assert.Equal(distribution.Variance, Enumerable.Range(0, p.Length + 1).Sum(k => expected[k] * Math.Pow(k - distribution.Mean, 2)), 1e-10);
    }, iter: 200);

    [Fact]
    public void Equal_probabilities_give_the_binomial_distribution_of_the_urn()
    {
        var urn = new UrnModel(13, 1.0 / 3);
        var distribution = new PoissonBinomial([.. Enumerable.Repeat(1.0 / 3, 13)]);
        for (var x = 0; x <= 13; x++) Assert.Equal(urn.CountWithHits(x) / urn.Combinations, distribution.Probability(x), 1e-15);
    }

    [Fact]
    public void Logarithms_reach_below_the_smallest_double()
    {
        var distribution = new PoissonBinomial([.. Enumerable.Repeat(0.01, 400)]);
        Assert.Equal(0, distribution.Probability(400));
        Assert.Equal(400 * Math.Log(0.01), distribution.LogProbability(400), 1e-9);
        Assert.Equal(double.NegativeInfinity, distribution.LogProbability(401));
        Assert.Equal(double.NegativeInfinity, new PoissonBinomial(1, 1).LogProbability(1));
    }

    [Fact]
    public void Draws_have_the_mean_and_variance()
    {
        const int Draws = 200_000;
        var distribution = new PoissonBinomial(0.1, 0.5, 0.9, 0.3);
        var random = new RandomGenerator(5);
        double sum = 0, squares = 0;
        for (var i = 0; i < Draws; i++)
        {
            var k = distribution.Sample(random);
            (sum, squares) = (sum + k, squares + k * k);
        }

        var mean = sum / Draws;
        Assert.Equal(distribution.Mean, mean, 4 * Math.Sqrt(distribution.Variance / Draws));
        Assert.Equal(distribution.Variance, squares / Draws - mean * mean, 0.02);
    }

    [Fact]
    public void Numbers_that_are_no_probabilities_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new PoissonBinomial(0.5, 1.1));
        Assert.Throws<ArgumentException>(() => new PoissonBinomial(double.NaN));
    }
}
