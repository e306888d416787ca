using Vilfredo.Indicators;

namespace Vilfredo.Tests.Indicators;

public class DistanceIndicatorTests
{
    private static readonly double[] Front = [0, 1, 0.5, 0.5, 1, 0];

    [Fact]
    public void The_front_itself_is_at_no_distance()
    {
        Assert.Equal(0, GenerationalDistance.Compute(Front, Front, 2));
        Assert.Equal(0, GenerationalDistance.Plus(Front, Front, 2));
        Assert.Equal(0, GenerationalDistance.Original(Front, Front, 2));
        Assert.Equal(0, InvertedGenerationalDistance.Compute(Front, Front, 2));
        Assert.Equal(0, InvertedGenerationalDistance.Plus(Front, Front, 2));
        Assert.Equal(0, AveragedHausdorffDistance.Compute(Front, Front, 2));
    }

    [Fact]
    public void Known_values_of_two_points()
    {
        // Distances to the front (0, 0): 5 and 13.
        double[] points = [3, 4, 5, 12], front = [0, 0];
        Assert.Equal(9, GenerationalDistance.Compute(points, front, 2));
        Assert.Equal(Math.Sqrt((25 + 169) / 2.0), GenerationalDistance.Compute(points, front, 2, power: 2), 1e-14);
        Assert.Equal(13, GenerationalDistance.Compute(points, front, 2, double.PositiveInfinity));
        Assert.Equal(Math.Sqrt(25 + 169) / 2, GenerationalDistance.Original(points, front, 2), 1e-14);
        Assert.Equal(9, GenerationalDistance.Original(points, front, 2, power: 1), 1e-14);
        Assert.Equal(5, InvertedGenerationalDistance.Compute(points, front, 2));
        Assert.Equal(9, AveragedHausdorffDistance.Compute(points, front, 2));
        Assert.Equal(13, AveragedHausdorffDistance.Compute(points, front, 2, double.PositiveInfinity));
    }

    [Fact]
    public void Plus_counts_only_what_is_worse()
    {
        // (1, 3) against (4, -1): better by 3 in the first objective, worse by 4 in the second.
        double[] point = [1, 3], reference = [4, -1];
        Assert.Equal(5, GenerationalDistance.Compute(point, reference, 2));
        Assert.Equal(4, GenerationalDistance.Plus(point, reference, 2));
        Assert.Equal(4, InvertedGenerationalDistance.Plus(point, reference, 2));
        Assert.Equal(3, InvertedGenerationalDistance.Plus(reference, point, 2));
    }

    [Fact]
    public void Igd_may_prefer_the_dominated_set_and_igd_plus_does_not()
    {
        // The effect that Ishibuchi et al. (2015) describe: A dominates B, yet IGD ranks B first.
        double[] reference = [0, 10, 1, 6, 2, 2, 6, 1, 10, 0];
        double[] a = [2, 4, 3, 3, 4, 2], b = [2, 8, 4, 4, 8, 2];
        Assert.True(InvertedGenerationalDistance.Compute(a, reference, 2) > InvertedGenerationalDistance.Compute(b, reference, 2));
        Assert.True(InvertedGenerationalDistance.Plus(a, reference, 2) < InvertedGenerationalDistance.Plus(b, reference, 2));
    }

    [Fact]
    public void All_agree_with_the_definitions_on_random_sets()
    {
        foreach (var (points, reference, m) in RandomSets.Pairs(300, seed: 1))
        {
            foreach (var power in new[] { 1.0, 2, 3.5 })
            {
                Close(Mean(points, reference, m, power, (a, r) => a - r), GenerationalDistance.Compute(points, reference, m, power));
                Close(Mean(points, reference, m, power, (a, r) => Math.Max(a - r, 0)), GenerationalDistance.Plus(points, reference, m, power));
                Close(Mean(reference, points, m, power, (r, a) => a - r), InvertedGenerationalDistance.Compute(points, reference, m, power));
                Close(Mean(reference, points, m, power, (r, a) => Math.Max(a - r, 0)), InvertedGenerationalDistance.Plus(points, reference, m, power));
            }
        }

        static void Close(double expected, double actual) => Assert.Equal(expected, actual, 1e-12 * Math.Max(1, expected));
        static double Mean(double[] from, double[] to, int m, double power, Func<double, double, double> part)
        {
            var rows = from.Chunk(m).ToArray();
            var sum = rows.Sum(q => Math.Pow(to.Chunk(m).Min(p => Math.Sqrt(q.Zip(p, part).Sum(x => x * x))), power));
            return Math.Pow(sum / rows.Length, 1 / power);
        }
    }

    [Fact]
    public void Order_and_translation_do_not_matter_and_scale_is_linear()
    {
        var random = new RandomGenerator(5);
        foreach (var (points, reference, m) in RandomSets.Pairs(50, seed: 2))
        {
            double[] shuffled = RandomSets.ShuffleRows(points, m, random), shuffledReference = RandomSets.ShuffleRows(reference, m, random);
            double[] Moved(double[] x) => x.Select(v => 8 * (v + 3)).ToArray();
            foreach (var indicator in new Func<double[], double[], double>[]
            {
                (a, r) => GenerationalDistance.Compute(a, r, m), (a, r) => GenerationalDistance.Plus(a, r, m),
                (a, r) => InvertedGenerationalDistance.Compute(a, r, m), (a, r) => InvertedGenerationalDistance.Plus(a, r, m),
                (a, r) => AveragedHausdorffDistance.Compute(a, r, m, 2),
            })
            {
                var value = indicator(points, reference);
                Assert.Equal(value, indicator(shuffled, shuffledReference), 1e-12);
                Assert.Equal(8 * value, indicator(Moved(points), Moved(reference)), 1e-10);
            }
        }
    }

    [Fact]
    public void Plus_distances_never_grow_when_a_point_improves()
    {
        var random = new RandomGenerator(6);
        foreach (var (points, reference, m) in RandomSets.Pairs(100, seed: 3))
        {
            var better = (double[])points.Clone();
            better[random.NextInt32(better.Length)] -= 0.5;
            Assert.True(GenerationalDistance.Plus(better, reference, m) <= GenerationalDistance.Plus(points, reference, m) + 1e-12);
            Assert.True(InvertedGenerationalDistance.Plus(better, reference, m) <= InvertedGenerationalDistance.Plus(points, reference, m) + 1e-12);
        }
    }

    [Fact]
    public void The_averaged_Hausdorff_distance_is_symmetric()
    {
        foreach (var (points, reference, m) in RandomSets.Pairs(50, seed: 4))
            Assert.Equal(AveragedHausdorffDistance.Compute(points, reference, m, 2), AveragedHausdorffDistance.Compute(reference, points, m, 2));
    }

    [Fact]
    public void An_empty_approximation_is_infinitely_far_and_an_empty_reference_is_refused()
    {
        Assert.Equal(double.PositiveInfinity, GenerationalDistance.Compute([], Front, 2));
        Assert.Equal(double.PositiveInfinity, GenerationalDistance.Plus([], Front, 2));
        Assert.Equal(double.PositiveInfinity, GenerationalDistance.Original([], Front, 2));
        Assert.Equal(double.PositiveInfinity, InvertedGenerationalDistance.Compute([], Front, 2));
        Assert.Equal(double.PositiveInfinity, InvertedGenerationalDistance.Plus([], Front, 2));
        Assert.Equal(double.PositiveInfinity, AveragedHausdorffDistance.Compute([], Front, 2));
        var error = Assert.Throws<ArgumentException>(() => InvertedGenerationalDistance.Compute(Front, [], 2));
        Assert.Contains("reference set is empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infinite_values_are_far_from_all_but_themselves()
    {
        double[] timedOut = [double.PositiveInfinity, 1];
        Assert.Equal(double.PositiveInfinity, GenerationalDistance.Compute(timedOut, [0, 1], 2));
        Assert.Equal(0, GenerationalDistance.Compute(timedOut, timedOut, 2));
        Assert.Equal(2, InvertedGenerationalDistance.Plus([double.NegativeInfinity, 3], [0, 1], 2));
    }

    [Theory]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 1.0, 2 }, 2)]
    [InlineData(new[] { 1.0, 2 }, new[] { 1.0 }, 2)]
    [InlineData(new[] { 1.0, double.NaN }, new[] { 1.0, 2 }, 2)]
    [InlineData(new[] { 1.0, 2 }, new[] { double.NaN, 2 }, 2)]
    public void Bad_matrices_are_refused(double[] points, double[] reference, int objectives)
    {
        Assert.Throws<ArgumentException>(() => GenerationalDistance.Compute(points, reference, objectives));
        Assert.Throws<ArgumentException>(() => GenerationalDistance.Plus(points, reference, objectives));
        Assert.Throws<ArgumentException>(() => InvertedGenerationalDistance.Compute(points, reference, objectives));
        Assert.Throws<ArgumentException>(() => InvertedGenerationalDistance.Plus(points, reference, objectives));
        Assert.Throws<ArgumentException>(() => AveragedHausdorffDistance.Compute(points, reference, objectives));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_power_that_is_not_above_zero_is_refused(double power)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GenerationalDistance.Compute(Front, Front, 2, power));
        Assert.Throws<ArgumentOutOfRangeException>(() => InvertedGenerationalDistance.Plus(Front, Front, 2, power));
    }
}
