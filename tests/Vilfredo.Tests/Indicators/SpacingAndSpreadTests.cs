using Vilfredo.Indicators;

namespace Vilfredo.Tests.Indicators;

public class SpacingAndSpreadTests
{
    private static readonly double[] Even = [0, 1, 0.25, 0.75, 0.5, 0.5, 0.75, 0.25, 1, 0];

    [Fact]
    public void Evenly_spaced_points_have_no_spacing_and_no_spread()
    {
        Assert.Equal(0, Spacing.Compute(Even, 2));
        Assert.Equal(0, Spread.TwoObjectives(Even, [0, 1, 1, 0]), 1e-15);
        Assert.Equal(0, Spread.Generalized(Even, [0, 1, 1, 0], 2), 1e-15);
    }

    [Fact]
    public void Known_values_of_uneven_points()
    {
        // Nearest Manhattan distances 2, 2, 6: mean 10/3, variance ((4/3)^2 + (4/3)^2 + (8/3)^2) / 2 = 16/3.
        double[] points = [0, 4, 1, 3, 4, 0];
        Assert.Equal(Math.Sqrt(16 / 3.0), Spacing.Compute(points, 2), 1e-14);

        // Gaps sqrt(2) and 3 sqrt(2) around the mean 2 sqrt(2), ends reached: 2 / 4.
        Assert.Equal(0.5, Spread.TwoObjectives(points, [0, 4, 4, 0]), 1e-14);

        // Nearest distances sqrt(2) times 1, 1, 3 around 5/3: (2/3 + 2/3 + 4/3) / 5.
        Assert.Equal(8 / 15.0, Spread.Generalized(points, [0, 4, 4, 0], 2), 1e-14);
    }

    [Fact]
    public void Missing_the_ends_of_the_front_raises_the_spread()
    {
        var inner = Even[2..8];
        Assert.True(Spread.TwoObjectives(inner, [0, 1, 1, 0]) > 0.3);
        Assert.True(Spread.Generalized(inner, [0, 1, 1, 0], 2) > 0.3);
    }

    [Fact]
    public void Spacing_agrees_with_the_definition_on_random_sets()
    {
        foreach (var (points, _, m) in RandomSets.Pairs(200, seed: 31))
        {
            var rows = points.Chunk(m).ToArray();
            if (rows.Length < 2) continue;
            var nearest = rows.Select((a, i) => rows.Where((_, k) => k != i).Min(b => a.Zip(b, (x, y) => Math.Abs(x - y)).Sum())).ToArray();
            var mean = nearest.Average();
            var expected = Math.Sqrt(nearest.Sum(d => (d - mean) * (d - mean)) / (rows.Length - 1));
            Assert.Equal(expected, Spacing.Compute(points, m), 1e-12);
        }
    }

    [Fact]
    public void Order_does_not_matter()
    {
        var random = new RandomGenerator(1);
        foreach (var (points, _, _) in RandomSets.Pairs(60, seed: 32).Where(c => c.Objectives == 2))
        {
            var shuffled = RandomSets.ShuffleRows(points, 2, random);
            Assert.Equal(Spacing.Compute(points, 2), Spacing.Compute(shuffled, 2), 1e-12);
            Assert.Equal(Spread.TwoObjectives(points, [0, 3, 3, 0]), Spread.TwoObjectives(shuffled, [0, 3, 3, 0]), 1e-12);
            Assert.Equal(Spread.Generalized(points, [0, 3, 3, 0], 2), Spread.Generalized(shuffled, [0, 3, 3, 0], 2), 1e-12);
        }
    }

    [Fact]
    public void Degenerate_sets_are_defined()
    {
        Assert.Equal(0, Spacing.Compute([], 3));
        Assert.Equal(0, Spacing.Compute([1, 2, 3], 3));
        Assert.Equal(0, Spacing.Compute([1, 2, 1, 2, 1, 2], 2));
        Assert.Equal(1, Spread.TwoObjectives([0.5, 0.5], [0, 1, 1, 0]));
        Assert.Equal(1, Spread.Generalized([0.5, 0.5], [0, 1, 1, 0], 2));
        Assert.Equal(0, Spread.TwoObjectives([1, 1, 1, 1], [1, 1, 1, 1]));
        Assert.Equal(0, Spread.Generalized([1, 1, 1, 1], [1, 1], 2));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Spacing.Compute([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => Spacing.Compute([1, double.PositiveInfinity], 2));
        Assert.Throws<ArgumentException>(() => Spread.TwoObjectives([], [0, 1, 1, 0]));
        Assert.Throws<ArgumentException>(() => Spread.TwoObjectives([1, 1], [0, 1]));
        Assert.Throws<ArgumentException>(() => Spread.Generalized([1, 1], [], 2));
        Assert.Throws<ArgumentException>(() => Spread.Generalized([double.NaN, 1], [1, 1], 2));
    }
}
