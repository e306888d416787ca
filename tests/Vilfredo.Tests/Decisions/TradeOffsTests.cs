using Vilfredo.Decisions;

namespace Vilfredo.Tests.Decisions;

public class TradeOffsTests
{
    [Fact]
    public void Neighbours_go_from_the_worst_to_the_best_value_with_their_rates()
    {
        double[] front = [4, 3, 1, 9, 2, 5];
        var steps = TradeOffs.Neighbors(front, 2, along: 1);
        Assert.Equal([(1, 2), (2, 0)], steps.Select(s => (s.From, s.To)));
        Assert.Equal([1, -4], steps[0].Change);
        Assert.Equal(0.25, steps[0].Rate(gained: 1, paid: 0));
        Assert.Equal(1, steps[1].Rate(gained: 1, paid: 0));
        Assert.Equal(double.PositiveInfinity, steps[1].Rate(gained: 0, paid: 1));
    }

    [Fact]
    public void The_steps_add_up_to_the_difference_of_the_ends_and_skip_duplicates()
    {
        var random = new RandomGenerator(71);
        for (var i = 0; i < 100; i++)
        {
            var points = Enumerable.Range(0, 3 * (1 + random.NextInt32(10))).Select(_ => (double)random.NextInt32(4)).ToArray();
            var rows = points.Chunk(3).ToArray();
            var steps = TradeOffs.Neighbors(points, 3, 0);
            Assert.Equal(rows.Select(r => string.Join(' ', r)).Distinct().Count() - 1, steps.Count);
            Assert.All(steps, s => Assert.True(s.Change[0] <= 0));
            Assert.Equal(rows.Min(r => r[0]) - rows.Max(r => r[0]), steps.Sum(s => s.Change[0]));
            for (var k = 1; k < steps.Count; k++) Assert.Equal(steps[k - 1].To, steps[k].From);
        }
    }

    [Fact]
    public void The_ratio_is_losses_over_gains()
    {
        Assert.Equal(2.5, TradeOffs.Ratio([1, 5, 5], [6, 4, 4]));
        Assert.Equal(0, TradeOffs.Ratio([2, 2], [1, 2]));
        Assert.Equal(double.PositiveInfinity, TradeOffs.Ratio([1, 2], [2, 2]));
        Assert.Equal(double.PositiveInfinity, TradeOffs.Ratio([1, 2], [1, 2]));
    }

    [Fact]
    public void Degenerate_and_bad_input_is_defined()
    {
        Assert.Empty(TradeOffs.Neighbors([], 2, 0));
        Assert.Empty(TradeOffs.Neighbors([1, 2, 1, 2], 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TradeOffs.Neighbors([1, 2], 2, 2));
        Assert.Throws<ArgumentException>(() => TradeOffs.Neighbors([1, double.PositiveInfinity], 2, 0));
        Assert.Throws<ArgumentException>(() => TradeOffs.Ratio([1, 2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TradeOff(0, 1, [1, -1]).Rate(2, 0));
    }
}
