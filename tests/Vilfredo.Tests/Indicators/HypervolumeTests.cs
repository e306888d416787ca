using CsCheck;
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
    [InlineData(18, 12)]
    [InlineData(33, 8)]
    public unsafe void Search_zones_agree_with_limit_sets(int objectives, int count)
    {
        var reference = Fill(objectives, 1.1);
        foreach (var points in new[] { Simplex(count, objectives, 3), Cube(count, objectives, 4), Grid(count, objectives, 3, 5).Select(x => x / 3).ToArray() })
        {
            fixed (double* p = points, r = reference)
                AssertClose(LimitSetRecursion.Volume(p, count, objectives, r), SearchZones.Volume(p, count, objectives, r));
        }
    }

    [Fact]
    public unsafe void Dropping_dominated_points_changes_nothing()
    {
        // The search zones alone, without the filter before them.
        foreach (var points in new[] { Cube(2000, 4, 1), Grid(700, 5, 6, 2), [.. Simplex(300, 4, 3), .. Simplex(300, 4, 3)] })
        {
            var objectives = points.Length == 3500 ? 5 : 4;
            var reference = Fill(objectives, 7);
            fixed (double* p = points, r = reference)
                AssertClose(SearchZones.Volume(p, points.Length / objectives, objectives, r), Hypervolume.Compute(points, objectives, reference));
        }
    }

    // Ten objectives need wide ranks from 245 points on, and four from 65,532 on.
    [Theory]
    [InlineData(10, 600, 2)]
    [InlineData(4, 66_000, 12)]
    public unsafe void Repeated_points_change_nothing_however_many(int objectives, int count, int levels)
    {
        // An integer front with each point many times: the last objective is what the others leave of a constant sum.
        var points = Grid(count, objectives, levels, 6);
        var sum = (objectives - 1) * (levels - 1);
        for (var i = objectives - 1; i < points.Length; i += objectives)
            points[i] = sum - points.AsSpan(i - objectives + 1, objectives - 1).ToArray().Sum();
        var reference = Fill(objectives, sum + 1);
        var distinct = points.Chunk(objectives).DistinctBy(row => string.Join(' ', row)).SelectMany(row => row).ToArray();
        var expected = Hypervolume.Compute(distinct, objectives, reference);
        Assert.Equal(expected, Hypervolume.Compute(points, objectives, reference));
        fixed (double* p = points, r = reference)
            Assert.Equal(expected, SearchZones.Volume(p, count, objectives, r));
    }

    [Fact]
    public void Volume_is_exact_where_it_is_a_tiny_part_of_the_bounding_box()
    {
        // One sliver per axis, 2^-10 wide in all other objectives; they share a corner.
        const double Width = 1.0 / 1024;
        foreach (var objectives in new[] { 2, 3, 4, 5, 8, 12, 20 })
        {
            var points = new double[objectives * objectives];
            for (var i = 0; i < objectives; i++)
            {
                for (var j = 0; j < objectives; j++)
                    points[i * objectives + j] = i == j ? 0 : 1 - Width;
            }

            var corner = Math.Pow(Width, objectives);
            var expected = objectives * (Math.Pow(Width, objectives - 1) - corner) + corner;
            AssertClose(expected, Hypervolume.Compute(points, objectives, Fill(objectives, 1)), 1e-14);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void Order_of_points_order_of_objectives_origin_and_units_do_not_matter(int objectives) =>
        Gen.Select(Gen.Int[1, 40], Gen.ULong).Sample((count, seed) =>
        {
            var random = new RandomGenerator(seed);
            var points = seed % 2 == 0 ? Cube(count, objectives, seed) : Grid(count, objectives, 4, seed).Select(x => x / 4).ToArray();
            var reference = Fill(objectives, 0.8);
            var volume = Hypervolume.Compute(points, objectives, reference);

            var rows = Enumerable.Range(0, count).ToArray();
            var columns = Enumerable.Range(0, objectives).ToArray();
            random.Shuffle<int>(rows);
            random.Shuffle<int>(columns);
            var shuffled = rows.SelectMany(i => columns.Select(j => points[i * objectives + j])).ToArray();
            AssertClose(volume, Hypervolume.Compute(shuffled, objectives, reference));

            var moved = points.Select((x, i) => 2 * x + i % objectives).ToArray();
            var movedReference = reference.Select((x, j) => 2 * x + j).ToArray();
            AssertClose(volume * Math.Pow(2, objectives), Hypervolume.Compute(moved, objectives, movedReference), 1e-9);
        }, iter: 100, seed: "0000KOIPOMfw");

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_further_point_never_lowers_the_volume_and_a_dominated_one_leaves_it(int objectives) =>
        Gen.Select(Gen.Int[1, 40], Gen.ULong).Sample((count, seed) =>
        {
            var points = Cube(count, objectives, seed);
            var reference = Fill(objectives, 0.9);
            var volume = Hypervolume.Compute(points, objectives, reference);
            var further = Hypervolume.Compute([.. points, .. Cube(1, objectives, ~seed)], objectives, reference);
            Assert.True(further >= volume * (1 - 1e-12));

            var dominated = points[..objectives].Select(x => x + 0.01).ToArray();
            AssertClose(volume, Hypervolume.Compute([.. points, .. dominated, .. points], objectives, reference));
        }, iter: 100, seed: "0000KOIPOMfw");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(18)]
    public void Points_on_or_beyond_the_reference_in_some_objective_contribute_nothing(int objectives)
    {
        var on = Fill(objectives, 0.1);
        on[^1] = 1;
        var beyond = Fill(objectives, 0.1);
        beyond[0] = double.PositiveInfinity;
        Assert.Equal(0, Hypervolume.Compute([.. on, .. beyond], objectives, Fill(objectives, 1)));
        AssertClose(Math.Pow(0.5, objectives), Hypervolume.Compute([.. on, .. Fill(objectives, 0.5), .. beyond], objectives, Fill(objectives, 1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_point_at_negative_infinity_makes_the_volume_infinite_if_it_counts(int objectives)
    {
        var point = Fill(objectives, 0.5);
        point[0] = double.NegativeInfinity;
        Assert.Equal(double.PositiveInfinity, Hypervolume.Compute(point, objectives, Fill(objectives, 1)));
        if (objectives > 1)
        {
            point[1] = 1;
            Assert.Equal(0, Hypervolume.Compute(point, objectives, Fill(objectives, 1)));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Values_of_very_different_sizes_are_sorted_right(int objectives)
    {
        // One far point puts all others into the first bucket of a sort by value.
        var random = new RandomGenerator(3);
        for (var repeat = 0; repeat < 5; repeat++)
        {
            var count = 60;
            var points = new double[count * objectives];
            for (var i = 0; i < points.Length; i++)
                points[i] = random.NextBoolean(0.1) ? -Math.Exp(random.NextDouble(0, 40)) : random.NextDouble();
            var reference = Fill(objectives, 1);
            AssertClose(Sliced(points, objectives, reference), Hypervolume.Compute(points, objectives, reference), 1e-10);
        }
    }

    [Fact]
    public void Bad_input_is_refused_with_the_reason()
    {
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => Hypervolume.Compute([0, double.NaN], 2, [1, 1])).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => Hypervolume.Compute([0, 0], 2, [1, double.NaN])).Message);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => Hypervolume.Compute([0, 0], 2, [1, double.PositiveInfinity])).Message);
        Assert.Contains("whole rows", Assert.Throws<ArgumentException>(() => Hypervolume.Compute([0, 0, 0], 2, [1, 1])).Message);
        Assert.Contains("one value per objective", Assert.Throws<ArgumentException>(() => Hypervolume.Compute([0, 0], 2, [1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Hypervolume.Compute([], 0, []));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Allocation_does_not_grow_with_the_number_of_points(int objectives)
    {
        var reference = Fill(objectives, 1.1);
        var few = Allocated(Simplex(20, objectives, 1));
        var many = Allocated(Simplex(600, objectives, 1));
        Assert.True(many <= few + 512, $"{few} bytes for 20 points, {many} for 600");

        long Allocated(double[] points)
        {
            var least = long.MaxValue;
            for (var i = 0; i < 5; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Hypervolume.Compute(points, objectives, reference);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least;
        }
    }
}
