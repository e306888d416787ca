using CsCheck;
using Vilfredo.Statistics;

namespace Vilfredo.Tests.Statistics;

public class FrontierUnderNoiseTests
{
    [Fact]
    public void Without_noise_a_point_is_non_dominated_surely_or_not_at_all()
    {
        double[][] samples = [[1, 4, 1, 4], [2, 2], [3, 3, 3, 3, 3, 3], [4, 1]];
        var frontier = FrontierUnderNoise.Estimate(samples, 2, new RandomGenerator(1));
        Assert.Equal([1, 1, 0, 1], frontier.NonDominatedProbabilities);
        Assert.Equal(1, frontier.DominationProbability(1, 2));
        Assert.Equal(0, frontier.DominationProbability(2, 1));
    }

    [Fact]
    public void Duplicates_do_not_dominate_each_other() =>
        Assert.Equal([1, 1], FrontierUnderNoise.Estimate([[0.1, 0.2, 0.1, 0.2, 0.1, 0.2], [0.1, 0.2]], 2, new RandomGenerator(1)).NonDominatedProbabilities);

    [Fact]
    public void Two_points_that_differ_by_noise_in_one_objective_have_the_probability_of_a_normal_difference()
    {
        // One objective: the probability that a point is best is that of a normal difference of means.
        var random = new RandomGenerator(4);
        var first = Enumerable.Range(0, 40).Select(_ => random.NextNormal()).ToArray();
        var second = Enumerable.Range(0, 40).Select(_ => 0.3 + random.NextNormal()).ToArray();
        var error = Math.Sqrt((Descriptive.Variance(first) + Descriptive.Variance(second)) / 40);
        var expected = SpecialFunctions.NormalCdf((second.Average() - first.Average()) / error);

        foreach (var noise in Enum.GetValues<NoiseModel>())
        {
            var frontier = FrontierUnderNoise.Estimate(
                [first, second], 1, new RandomGenerator(9), new FrontierUnderNoiseOptions { Resamples = 20_000, Noise = noise });
            Assert.Equal(expected, frontier.NonDominatedProbabilities[0], 0.015);
            Assert.Equal(1 - expected, frontier.DominationProbability(1, 0), 0.015);
        }
    }

    [Fact]
    public void Two_repeats_have_the_unbiased_spread()
    {
        // The values 0 and 2 have the variance 2, so their mean has the variance 1.
        var frontier = FrontierUnderNoise.Estimate(
            [[0, 2]], 1, new RandomGenerator(1), new FrontierUnderNoiseOptions { Resamples = 20_000 });
        var means = Enumerable.Range(0, 20_000).Select(r => frontier.Resample(r)[0]).ToArray();
        Assert.Equal(1, Descriptive.Variance(means), 0.03);
        Assert.Equal(1, means.Average(), 0.03);
    }

    [Fact]
    public void A_single_repeat_has_the_pooled_noise_of_the_others_with_its_correlation()
    {
        // Pooled over the two repeated points: variances 8 / 2 and 2 / 2, covariance 4 / 2, which is perfect correlation.
        double[][] samples = [[0, 0, 2, 1, 4, 2], [7, 7]];
        var frontier = FrontierUnderNoise.Estimate(samples, 2, new RandomGenerator(1), new FrontierUnderNoiseOptions { Resamples = 20_000 });
        var rows = Enumerable.Range(0, 20_000).Select(r => frontier.Resample(r)[2..]).ToArray();
        Assert.Equal(4, Descriptive.Variance(rows.Select(p => p[0]).ToArray()), 0.12);
        Assert.All(rows, p => Assert.Equal((p[0] - 7) / 2, p[1] - 7, 1e-9));
    }

    [Fact]
    public void A_single_repeat_stays_put_when_the_model_says_so_or_nothing_is_known()
    {
        var fixedPoint = FrontierUnderNoise.Estimate(
            [[0, 2, 4], [1]], 1, new RandomGenerator(1), new FrontierUnderNoiseOptions { Noise = NoiseModel.Resampled });
        Assert.Equal((1.0, 1.0), fixedPoint.Interval(1, 0));
        Assert.True(fixedPoint.KnowsNoise);

        var unknown = FrontierUnderNoise.Estimate([[0], [1]], 1, new RandomGenerator(1));
        Assert.False(unknown.KnowsNoise);
        Assert.Equal([1, 0], unknown.NonDominatedProbabilities);
    }

    [Fact]
    public void Objectives_measured_together_are_drawn_together()
    {
        // Within each row the values sum to 4, so every resampled mean does.
        var frontier = FrontierUnderNoise.Estimate([[1, 3, 2, 2, 4, 0]], 2, new RandomGenerator(1));
        for (var r = 0; r < 100; r++) Assert.Equal(4, frontier.Resample(r).Sum(), 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Probabilities_agree_with_brute_force_over_the_same_resamples(int objectives) =>
        Gen.Select(Gen.Int[0, 5].Array[objectives, objectives * 4].Array[0, 12], Gen.Int[1, 40]).Sample((rows, resamples) =>
        {
            var samples = rows.Select(r => r.Take(r.Length / objectives * objectives).Select(v => (double)v).ToArray()).ToArray();
            var frontier = FrontierUnderNoise.Estimate(
                samples, objectives, new RandomGenerator(3), new FrontierUnderNoiseOptions { Resamples = resamples });
            var free = new int[samples.Length];
            var dominations = new int[samples.Length, samples.Length];
            for (var r = 0; r < resamples; r++)
            {
                var points = frontier.Resample(r).Chunk(objectives).ToArray();
                for (var i = 0; i < points.Length; i++)
                {
                    var dominated = false;
                    for (var j = 0; j < points.Length; j++)
                    {
                        var dominates = points[j].Zip(points[i]).All(p => p.First <= p.Second) && points[j].Zip(points[i]).Any(p => p.First < p.Second);
                        if (dominates) dominations[j, i]++;
                        dominated |= dominates;
                    }

                    if (!dominated) free[i]++;
                }
            }

            for (var i = 0; i < samples.Length; i++)
            {
                Assert.Equal((double)free[i] / resamples, frontier.NonDominatedProbabilities[i]);
                for (var j = 0; j < samples.Length; j++)
                    Assert.Equal((double)dominations[i, j] / resamples, frontier.DominationProbability(i, j));
            }
        }, iter: 30);

    [Fact]
    public void The_same_seed_gives_the_same_probabilities()
    {
        double[][] samples = [[1, 2, 3, 1], [2, 1, 1, 2], [2, 2]];
        Assert.Equal(
            FrontierUnderNoise.Estimate(samples, 2, new RandomGenerator(5)).NonDominatedProbabilities,
            FrontierUnderNoise.Estimate(samples, 2, new RandomGenerator(5)).NonDominatedProbabilities);
    }

    [Fact]
    public void Attainment_bands_enclose_the_frontier_of_the_means()
    {
        var random = new RandomGenerator(6);
        var samples = Enumerable.Range(0, 10)
            .Select(i => Enumerable.Range(0, 8).SelectMany(_ => new[] { i + 0.3 * random.NextNormal(), 9 - i + 0.3 * random.NextNormal() }).ToArray())
            .ToArray();
        var frontier = FrontierUnderNoise.Estimate(samples, 2, new RandomGenerator(7));
        var attainment = frontier.Attainment(100);
        Assert.Equal(100, attainment.RunCount);
        for (var i = 0; i < 10; i++)
        {
            var (low, high) = (frontier.Interval(i, 0, 0.99), frontier.Interval(i, 1, 0.99));
            Assert.True(attainment.SurfaceAtPercentile(95).Attains([low.Upper + 0.2, high.Upper + 0.2]));
            Assert.False(attainment.SurfaceAtPercentile(5).Attains([low.Lower - 0.2, high.Lower - 0.2]));
        }
    }

    [Fact]
    public void No_points_are_an_empty_frontier() =>
        Assert.Empty(FrontierUnderNoise.Estimate([], 2, new RandomGenerator(1)).NonDominatedProbabilities);

    [Fact]
    public void Bad_input_is_refused()
    {
        var random = new RandomGenerator(1);
        Assert.Contains("point 1", Assert.Throws<ArgumentException>(() => FrontierUnderNoise.Estimate([[1, 2], []], 2, random)).Message);
        Assert.Throws<ArgumentException>(() => FrontierUnderNoise.Estimate([[1, 2, 3]], 2, random));
        Assert.Throws<ArgumentException>(() => FrontierUnderNoise.Estimate([[1, double.NaN]], 2, random));
        Assert.Contains(
            "CensoredValue",
            Assert.Throws<ArgumentException>(() => FrontierUnderNoise.Estimate([[1, double.PositiveInfinity]], 2, random)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            FrontierUnderNoise.Estimate([[1]], 1, random, new FrontierUnderNoiseOptions { Resamples = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrontierUnderNoise.Estimate([[1]], 1, random).DominationProbability(0, 1));
    }
}
