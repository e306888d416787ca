using Vilfredo.Indicators;
using static Vilfredo.Tests.Indicators.HypervolumeSamples;

namespace Vilfredo.Tests.Indicators;

public class IncrementalHypervolumeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void The_value_follows_the_whole_set_as_points_arrive(int objectives)
    {
        var reference = Fill(objectives, 0.9);
        foreach (var points in new[] { Cube(60, objectives, 1), Simplex(60, objectives, 2), Grid(60, objectives, 4, 3).Select(x => x / 4).ToArray() })
        {
            var incremental = new IncrementalHypervolume(objectives, reference);
            var gains = 0.0;
            for (var i = 0; i < 60; i++)
            {
                var point = points.AsSpan(i * objectives, objectives);
                var expected = incremental.Gain(point);
                var gain = incremental.Add(point);
                Assert.Equal(expected, gain);
                gains += gain;
                Assert.Equal(Hypervolume.Compute(points.AsSpan(0, (i + 1) * objectives), objectives, reference), incremental.Value, 1e-12);
                Assert.Equal(gains, incremental.Value, 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Only_non_dominated_points_inside_the_reference_are_kept_once(int objectives)
    {
        var incremental = new IncrementalHypervolume(objectives, Fill(objectives, 3));
        incremental.Add(Fill(objectives, 2));
        incremental.Add(Fill(objectives, 1));
        Assert.Equal(0, incremental.Add(Fill(objectives, 1)));
        Assert.Equal(0, incremental.Add(Fill(objectives, 2)));
        Assert.Equal(0, incremental.Add(Fill(objectives, 3)));
        Assert.Equal(0, incremental.Add(Fill(objectives, double.PositiveInfinity)));
        Assert.Equal(1, incremental.Count);
        Assert.Equal(Fill(objectives, 1), incremental.Points);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Removing_gives_back_the_volume_of_the_rest(int objectives)
    {
        var reference = Fill(objectives, 1.1);
        var points = Simplex(30, objectives, 4);
        var incremental = new IncrementalHypervolume(objectives, reference);
        for (var i = 0; i < 30; i++)
            incremental.Add(points.AsSpan(i * objectives, objectives));
        for (var i = 0; i < 30; i++)
        {
            var before = incremental.Value;
            var loss = incremental.Remove(points.AsSpan(i * objectives, objectives));
            Assert.Equal(before - incremental.Value, loss, 1e-12);
            Assert.Equal(Hypervolume.Compute(points.AsSpan((i + 1) * objectives), objectives, reference), incremental.Value, 1e-12);
        }

        Assert.Equal(0, incremental.Count);
        Assert.Equal(0, incremental.Value);
    }

    [Fact]
    public void A_point_that_is_not_kept_is_not_removed()
    {
        var incremental = new IncrementalHypervolume(2, [2, 2]);
        incremental.Add([1, 1]);
        Assert.Equal(0, incremental.Remove([1, 1.5]));
        Assert.Equal(1, incremental.Value);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IncrementalHypervolume(0, []));
        Assert.Throws<ArgumentException>(() => new IncrementalHypervolume(2, [1]));
        Assert.Throws<ArgumentException>(() => new IncrementalHypervolume(2, [1, double.PositiveInfinity]));
        var incremental = new IncrementalHypervolume(2, [1, 1]);
        Assert.Throws<ArgumentException>(() => incremental.Add([0]));
        Assert.Throws<ArgumentException>(() => incremental.Add([0, double.NaN]));
        Assert.Throws<ArgumentException>(() => incremental.Add([0, double.NegativeInfinity]));
    }
}
