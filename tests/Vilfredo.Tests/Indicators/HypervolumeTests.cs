using Vilfredo.Indicators;
using static Vilfredo.Tests.Indicators.HypervolumeSamples;

namespace Vilfredo.Tests.Indicators;

public class HypervolumeTests
{
    private static void AssertClose(double expected, double actual, double tolerance = 1e-11) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1e-300, Math.Abs(expected)), $"expected {expected:R}, got {actual:R}");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(40)]
    public void Hypervolume_of_a_single_point_is_the_box_to_the_reference(int objectives) =>
        AssertClose(Math.Pow(1.5, objectives), Hypervolume.Compute(Fill(objectives, 0.5), objectives, Fill(objectives, 2)));

    [Fact]
    public void Two_boxes_count_their_overlap_once() =>
        Assert.Equal(5, Hypervolume.Compute([0, 2, 2, 0], 2, [3, 3]));

    [Fact]
    public void An_empty_set_has_no_volume() => Assert.Equal(0, Hypervolume.Compute([], 3, [1, 1, 1]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Random_sets_agree_with_slicing(int objectives)
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            var count = 1 + (int)(seed * 7 % 40) / (objectives > 4 ? 2 : 1);
            var reference = Fill(objectives, 0.9);
            foreach (var points in new[] { Cube(count, objectives, seed), Simplex(count, objectives, seed) })
                AssertClose(Sliced(points, objectives, reference), Hypervolume.Compute(points, objectives, reference));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    public void Integer_grids_full_of_ties_agree_exactly_with_slicing(int objectives)
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            var levels = 2 + (int)(seed % 5);
            var points = Grid(objectives > 5 ? 12 : 30, objectives, levels, seed);
            var reference = Fill(objectives, levels - (seed % 2 == 0 ? 0 : 1));
            Assert.Equal(Sliced(points, objectives, reference), Hypervolume.Compute(points, objectives, reference));
        }
    }

    // 64, 65, 128, 129, 254, 255, 256 and 513 points lie on both sides of where the sets and ranks change width.
    [Theory]
    [InlineData(4, 64)]
    [InlineData(4, 65)]
    [InlineData(4, 128)]
    [InlineData(4, 129)]
    [InlineData(4, 254)]
    [InlineData(4, 255)]
    [InlineData(4, 257)]
    [InlineData(4, 512)]
    [InlineData(4, 513)]
    [InlineData(4, 1600)]
    [InlineData(5, 255)]
    [InlineData(5, 600)]
    [InlineData(6, 260)]
    [InlineData(10, 40)]
    [InlineData(10, 65)]
    public void A_further_objective_with_one_value_scales_the_volume(int objectives, int count)
    {
        var lower = Simplex(count, objectives - 1, 5);
        var points = new double[count * objectives];
        for (var position = 0; position < objectives; position += objectives - 1)
        {
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < objectives; j++)
                    points[i * objectives + j] = j == position ? 0.25 : lower[i * (objectives - 1) + (j < position ? j : j - 1)];
            }

            AssertClose(
                1.75 * Hypervolume.Compute(lower, objectives - 1, Fill(objectives - 1, 2)),
                Hypervolume.Compute(points, objectives, Fill(objectives, 2)));
        }
    }

    [Theory]
    [InlineData(4, 700)]
    [InlineData(5, 300)]
    [InlineData(7, 60)]
    [InlineData(9, 40)]
    [InlineData(11, 25)]
    [InlineData(17, 12)]
    public unsafe void Search_zones_agree_with_limit_sets(int objectives, int count)
    {
        var reference = Fill(objectives, 1.1);
        foreach (var points in new[] { Simplex(count, objectives, 3), Cube(count, objectives, 4), Grid(count, objectives, 3, 5).Select(x => x / 3).ToArray() })
        {
            fixed (double* p = points)
            fixed (double* r = reference)
                AssertClose(LimitSetRecursion.Volume(p, count, objectives, r), SearchZones.Volume(p, count, objectives, r));
        }
    }
}
