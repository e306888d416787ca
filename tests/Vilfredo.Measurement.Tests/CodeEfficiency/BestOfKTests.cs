using CsCheck;
using Vilfredo.Measurement.CodeEfficiency.Estimators;

namespace Vilfredo.Measurement.Tests.CodeEfficiency;

public class BestOfKTests
{
    private static readonly Gen<(double[] Scores, int K)> Cases =
        Gen.Select(Gen.Int[0, 2000].Select(i => i / 1000.0).Array[1, 12], Gen.Int[0, 1_000_000]).Select((scores, seed) => (scores, 1 + seed % scores.Length));

    [Fact]
    public void The_estimate_is_the_mean_of_the_best_over_all_subsets() => Cases.Sample(
        test => Assert.Equal(Enumerated(test.Scores, test.K), BestOfK.Estimate(test.Scores, test.K), 1e-12), iter: 500);

    [Fact]
    public void Twenty_samples_agree_with_all_184756_subsets_of_ten()
    {
        var random = new RandomGenerator(4);
        var scores = Enumerable.Range(0, 20).Select(_ => random.NextInt32(2000) / 1000.0).ToArray();
        Assert.Equal(Enumerated(scores, 10), BestOfK.Estimate(scores, 10), 1e-12);
        scores = [.. scores.Select(score => score < 1 ? 0 : score)];
        Assert.Equal(Enumerated(scores, 10), BestOfK.Estimate(scores, 10), 1e-12);
    }

    [Fact]
    public void The_best_of_one_is_the_mean_and_the_best_of_all_the_largest() => Cases.Sample(test =>
    {
        Assert.Equal(test.Scores.Average(), BestOfK.Estimate(test.Scores, 1), 1e-14);
        Assert.Equal(test.Scores.Max(), BestOfK.Estimate(test.Scores, test.Scores.Length));
    });

    [Fact]
    public void The_estimate_grows_with_k_and_with_every_score() => Cases.Sample(test =>
    {
        if (test.K > 1) Assert.True(BestOfK.Estimate(test.Scores, test.K) >= BestOfK.Estimate(test.Scores, test.K - 1) - 1e-14);
        double[] better = [.. test.Scores];
        better[^1] += 0.25;
        Assert.True(BestOfK.Estimate(better, test.K) >= BestOfK.Estimate(test.Scores, test.K) - 1e-14);
    });

    [Fact]
    public void Scores_of_zero_and_one_give_pass_at_k() => Gen.Select(Gen.Int[1, 60], Gen.Int[0, 1000], Gen.Int[0, 1000]).Sample((n, a, b) =>
    {
        var (correct, k) = (a % (n + 1), 1 + b % n);
        double[] scores = [.. Enumerable.Range(0, n).Select(i => i < correct ? 1.0 : 0.0)];
        Assert.Equal(PassAtK.Estimate(n, correct, k), BestOfK.Estimate(scores, k), 1e-13);
    });

    [Theory]
    [InlineData(7, 3)]
    [InlineData(1000, 10)]
    [InlineData(2060, 1030)] // C(2060, 1030) is beyond the range of a double
    [InlineData(100_000, 1)]
    [InlineData(100_000, 100)]
    [InlineData(100_000, 50_000)]
    public void Evenly_spaced_scores_have_the_closed_form(int n, int k)
    {
        // E[max] of k of {1/n, …, 1} is k (n + 1) / ((k + 1) n).
        double[] scores = [.. Enumerable.Range(1, n).Select(r => (double)r / n)];
        Assert.Equal((double)k * (n + 1) / ((k + 1.0) * n), BestOfK.Estimate(scores, k), 1e-12);
        Assert.Equal(1, BestOfK.Weights(n, k).Sum(), 1e-11);
        Assert.Equal((double)k / n, BestOfK.Weights(n, k)[^1]);
    }

    [Fact]
    public void A_curve_is_the_estimates_and_the_weights_belong_to_the_top()
    {
        double[] scores = [0.2, 0, 1.4, 0.9, 0.2];
        Assert.Equal([BestOfK.Estimate(scores, 1), BestOfK.Estimate(scores, 3), 1.4], BestOfK.Curve(scores, [1, 3, 5]));
        // Of the ten subsets of three, the third smallest is the best of one, the fourth of three, the largest of six.
        var weights = BestOfK.Weights(5, 3);
        Assert.Equal(3, weights.Length);
        Assert.Equal(0.1, weights[0], 1e-15);
        Assert.Equal(0.3, weights[1], 1e-15);
        Assert.Equal(0.6, weights[2], 1e-15);
    }

    [Fact]
    public void The_estimate_is_unbiased_and_k_over_n_bounds_its_variance()
    {
        // All 4^5 outcomes of five samples from four scores, with their probabilities.
        double[] values = [0, 0.3, 0.8, 1.2], chances = [0.4, 0.3, 0.2, 0.1];
        const int n = 5;
        for (var k = 1; k <= n; k++)
        {
            double mean = 0, square = 0, plugIn = 0;
            for (var outcome = 0; outcome < 1024; outcome++)
            {
                var (scores, chance) = (new double[n], 1.0);
                for (int i = 0, rest = outcome; i < n; i++, rest /= 4) (scores[i], chance) = (values[rest % 4], chance * chances[rest % 4]);
                var estimate = BestOfK.Estimate(scores, k);
                (mean, square) = (mean + chance * estimate, square + chance * estimate * estimate);
                plugIn += chance * BestOfK.PlugIn(scores, k);
            }

            var truth = BestOfK.OfDistribution(values, chances, k);
            var variance = BestOfK.OfDistribution([.. values.Select(v => v * v)], chances, k) - truth * truth;
            Assert.Equal(truth, mean, 1e-12);
            Assert.True(square - mean * mean <= (double)k / n * variance + 1e-12, $"k = {k}");
            if (k == 1) Assert.Equal(truth, plugIn, 1e-12);
            else Assert.True(plugIn < truth - 0.01, $"k = {k}: the plug-in estimate averages {plugIn}, the truth is {truth}");
        }
    }

    [Fact]
    public void One_subset_is_as_noisy_as_the_best_of_k_itself()
    {
        double[] scores = [.. Enumerable.Range(1, 20).Select(r => r / 20.0)];
        var random = new RandomGenerator(8);
        double[] draws = [.. Enumerable.Range(0, 20_000).Select(_ => BestOfK.OneSubset(scores, 5, random))];
        Assert.Equal(BestOfK.Estimate(scores, 5), draws.Average(), 4 * Statistics.Descriptive.StandardDeviation(draws) / Math.Sqrt(draws.Length));
        Assert.Equal(1, BestOfK.OneSubset(scores, 20, random));
    }

    [Fact]
    public void The_order_of_the_samples_does_not_matter_and_negative_scores_are_allowed()
    {
        Assert.Equal(BestOfK.Estimate([1, 5, 2, 2], 2), BestOfK.Estimate([2, 2, 5, 1], 2));
        Assert.Equal(-1.5, BestOfK.Estimate([-1, -2, -1], 2) - 0.5, 1e-15);
        Assert.Equal(0.5 * 2 + 0.5 * 3, BestOfK.OfDistribution([3, 2], [0.5, 0.5], 1));
        Assert.Equal(0.25 * 2 + 0.75 * 3, BestOfK.OfDistribution([3, 2], [0.5, 0.5], 2));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(50_000)]
    public void Sorting_by_bits_is_sorting(int count)
    {
        var random = new RandomGenerator(6);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextInt32(3) == 0 ? 0 : random.NextNormal() * Math.Pow(10, random.NextInt32(600) - 300))];
        double[] expected = [.. values.Order()];
        RadixSort.Ascending(values);
        Assert.Equal(expected, values);
        double[] alike = [.. Enumerable.Repeat(-1.5, count)];
        RadixSort.Ascending(alike);
        Assert.All(alike, value => Assert.Equal(-1.5, value));
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BestOfK.Estimate([1, 2], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BestOfK.Estimate([1, 2], 3));
        Assert.Throws<ArgumentException>(() => BestOfK.Estimate([], 1));
        Assert.Throws<ArgumentException>(() => BestOfK.Estimate([1, double.NaN], 1));
        Assert.Throws<ArgumentException>(() => BestOfK.OneSubset([double.PositiveInfinity], 1, new RandomGenerator(1)));
        Assert.Throws<ArgumentException>(() => BestOfK.OfDistribution([1, 2], [0.5, 0.6], 1));
        Assert.Throws<ArgumentException>(() => BestOfK.OfDistribution([1, 2], [1], 1));
    }

    // The scores are thousandths, so that decimals sum them exactly.
    private static double Enumerated(double[] scores, int k)
    {
        var exact = scores.Select(score => (decimal)score).ToArray();
        decimal sum = 0;
        var count = 0;
        for (var subset = 0; subset < 1 << exact.Length; subset++)
        {
            if (int.PopCount(subset) != k) continue;
            decimal best = 0;
            for (var i = 0; i < exact.Length; i++)
                if ((subset >> i & 1) == 1) best = Math.Max(best, exact[i]);
            sum += best;
            count++;
        }

        return (double)(sum / count);
    }
}
