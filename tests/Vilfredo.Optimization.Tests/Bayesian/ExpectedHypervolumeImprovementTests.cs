using CsCheck;
using Vilfredo.Indicators;
using Vilfredo.Optimization.Bayesian;

namespace Vilfredo.Optimization.Tests.Bayesian;

public class ExpectedHypervolumeImprovementTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Agrees_with_Monte_Carlo(int objectives)
    {
        var random = new RandomGenerator(2);
        var front = Points(random, 12, objectives);
        double[] reference = [.. Enumerable.Repeat(1.1, objectives)];
        var improvement = new ExpectedHypervolumeImprovement(front, objectives, reference);
        var before = Hypervolume.Compute(front, objectives, reference);
        for (var trial = 0; trial < 4; trial++)
        {
            var means = Enumerable.Range(0, objectives).Select(_ => random.NextDouble(-0.1, 1)).ToArray();
            var deviations = Enumerable.Range(0, objectives).Select(_ => random.NextDouble(0.05, 0.5)).ToArray();
            const int Draws = 20_000;
            var (sum, squares) = (0.0, 0.0);
            for (var i = 0; i < Draws; i++)
            {
                var y = means.Zip(deviations, (m, s) => m + s * random.NextNormal());
                var gain = Hypervolume.Compute([.. front, .. y], objectives, reference) - before;
                sum += gain;
                squares += gain * gain;
            }

            var mean = sum / Draws;
            Assert.Equal(mean, improvement.Evaluate(means, deviations), 5 * Math.Sqrt((squares / Draws - mean * mean) / Draws) + 1e-12);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Without_variance_it_is_the_gain_of_hypervolume(int objectives) =>
        Gen.Select(Gen.Int[0, 5].Select(i => i / 5.0).Array[objectives * 6], Gen.Double[-0.2, 1.2].Array[objectives]).Sample((front, point) =>
        {
            double[] reference = [.. Enumerable.Repeat(1.0, objectives)];
            var gain = Hypervolume.Compute([.. front, .. point], objectives, reference) - Hypervolume.Compute(front, objectives, reference);
            Assert.Equal(gain, new ExpectedHypervolumeImprovement(front, objectives, reference).Evaluate(point, new double[objectives]), 1e-9);
        }, iter: 300);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Boxes_are_disjoint_and_fill_what_the_front_leaves(int objectives)
    {
        var random = new RandomGenerator(3);
        for (var trial = 0; trial < 10; trial++)
        {
            // On a grid, so that values tie.
            var front = Points(random, 10, objectives).Select(v => Math.Round(v * 6) / 6).ToArray();
            double[] reference = [.. Enumerable.Repeat(1.0, objectives)];
            var boxes = NonDominatedBoxes.Of(front, objectives, reference);
            var volume = 0.0;
            for (var i = 0; i < boxes.Count; i++)
            {
                var product = 1.0;
                for (var j = 0; j < objectives; j++) product *= boxes.Upper[i * objectives + j] - Math.Max(boxes.Lower[i * objectives + j], -1);
                volume += product;
            }

            Assert.Equal(Math.Pow(2, objectives) - Hypervolume.Compute(front, objectives, reference), volume, 1e-9);
            for (var test = 0; test < 50; test++)
            {
                var point = Enumerable.Range(0, objectives).Select(_ => random.NextDouble(-1, 1)).ToArray();
                var holding = Enumerable.Range(0, boxes.Count).Count(i => Enumerable.Range(0, objectives).All(j => point[j] > boxes.Lower[i * objectives + j] && point[j] <= boxes.Upper[i * objectives + j]));
                var dominated = Enumerable.Range(0, front.Length / objectives).Any(i => Enumerable.Range(0, objectives).All(j => front[i * objectives + j] <= point[j]));
                Assert.Equal(dominated ? 0 : 1, holding);
            }
        }
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpectedHypervolumeImprovement([], 4, [1, 1, 1, 1]));
        Assert.Throws<ArgumentException>(() => new ExpectedHypervolumeImprovement([double.NaN, 1], 2, [1, 1]));
        Assert.Throws<ArgumentException>(() => new ExpectedHypervolumeImprovement([], 2, [1, double.PositiveInfinity]));
        var improvement = new ExpectedHypervolumeImprovement([], 2, [1, 1]);
        Assert.Throws<ArgumentException>(() => improvement.Evaluate([0, 0], [-1, 1]));
        Assert.Throws<ArgumentException>(() => improvement.Evaluate([0], [1]));
    }

    private static double[] Points(RandomGenerator random, int count, int objectives) =>
        [.. Enumerable.Range(0, count * objectives).Select(_ => random.NextDouble())];
}
