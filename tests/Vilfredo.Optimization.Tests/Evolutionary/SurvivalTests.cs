using CsCheck;
using Vilfredo.Optimization.Evolutionary;

namespace Vilfredo.Optimization.Tests.Evolutionary;

public class SurvivalTests
{
    [Fact]
    public void Ranks_agree_with_peeling_off_fronts_for_any_number_of_objectives_with_ties_and_repeats() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 40], Gen.Int[2, 6])
            .SelectMany((m, n, levels) => Gen.Int[0, levels].Select(i => (double)i).Array[m * n].Select(values => (m, values)))
            .Sample(
                sample =>
                {
                    var (m, values) = sample;
                    var ranks = new int[values.Length / m];
                    var sorting = new FrontSorting(m);
                    var fronts = sorting.Rank(values, ranks);
                    var expected = Peel(values, m);
                    return ranks.AsSpan().SequenceEqual(expected) && fronts == (expected.Length == 0 ? 0 : expected.Max() + 1);
                },
                iter: 3_000);

    [Fact]
    public void A_sorting_can_be_used_again_for_smaller_and_larger_sets()
    {
        var sorting = new FrontSorting(3);
        var random = new RandomGenerator(1);
        foreach (var count in new[] { 50, 3, 0, 200, 17, 201 })
        {
            var values = new double[3 * count];
            foreach (ref var value in values.AsSpan()) value = random.NextDouble();
            var ranks = new int[count];
            sorting.Rank(values, ranks);
            Assert.Equal(Peel(values, 3), ranks);
        }
    }

    [Fact]
    public void Large_sets_get_the_same_ranks_as_small_ones()
    {
        var random = new RandomGenerator(2);
        var values = new double[3 * 2_500];
        foreach (ref var value in values.AsSpan()) value = random.NextInt32(20);
        var (all, part) = (new int[2_500], new int[1_000]);
        new FrontSorting(3).Rank(values, all);
        new FrontSorting(3).Rank(values.AsSpan(0, 3_000), part);
        Assert.Equal(Vilfredo.Sorting.NonDominatedSorting.Rank(values, 3), all);
        Assert.Equal(Vilfredo.Sorting.NonDominatedSorting.Rank(values.AsSpan(0, 3_000), 3), part);
    }

    [Fact]
    public void Values_that_differ_in_their_last_bit_are_told_apart()
    {
        var above = Math.BitIncrement(1.0);
        var ranks = new int[4];
        Assert.Equal(3, new FrontSorting(2).Rank([above, above, 1, 1, above, 1, 1, above], ranks));
        Assert.Equal([2, 0, 1, 1], ranks);
    }

    [Fact]
    public void Crowding_distance_is_the_sum_of_gaps_over_the_range()
    {
        // One front.
        double[] f = [0, 10, 2, 6, 4, 3, 10, 0];
        var (indices, ranks, crowding) = Select(f, [], 4, 2);
        Assert.Equal([0, 1, 2, 3], indices.Order());
        Assert.All(ranks, rank => Assert.Equal(0, rank));
        Assert.Equal(double.PositiveInfinity, crowding[Array.IndexOf(indices, 0)]);
        Assert.Equal(double.PositiveInfinity, crowding[Array.IndexOf(indices, 3)]);
        Assert.Equal(4 / 10.0 + 7 / 10.0, crowding[Array.IndexOf(indices, 1)], 12);
        Assert.Equal(8 / 10.0 + 6 / 10.0, crowding[Array.IndexOf(indices, 2)], 12);
    }

    [Fact]
    public void The_most_crowded_points_of_the_last_front_go()
    {
        double[] f = [0, 10, 1, 8.9, 1.1, 8.8, 5, 5, 10, 0, /* dominated */ 11, 11];
        var (indices, _, _) = Select(f, [], 4, 2);
        Assert.Equal([0, 2, 3, 4], indices.Order()); // point 1 has the neighbours 0 and 2 at the smallest distance
    }

    [Fact]
    public void Feasible_points_come_before_infeasible_ones_and_these_by_violation()
    {
        double[] f = [9, 9, 0, 0, 1, 1, 8, 10, 2, 2];
        var (indices, ranks, _) = Select(f, [0, 3, 1, 0, 1], 5, 2);
        Assert.Equal([0, 3], indices[..2].Order());
        Assert.Equal([2, 4], indices[2..4].Order());
        Assert.Equal(1, indices[4]);
        Assert.Equal([0, 0, 1, 1, 2], ranks);
    }

    [Fact]
    public void Copies_survive_only_when_nothing_else_is_left()
    {
        double[] f = [0, 1, 0, 1, 1, 0, 5, 5];
        bool[] copies = [false, true, false, false];
        Assert.Equal([0, 2, 3], Select(f, [], 3, 2, copies).Indices.Order());
        Assert.Equal([0, 0, 1, 2], Select(f, [], 4, 2, copies).Ranks);
        Assert.Equal([0, 2, 3, 1], Select(f, [0, 0, 1, 1], 4, 2, copies).Indices);
    }

    [Fact]
    public void Infinite_objectives_are_worst_and_give_no_NaN()
    {
        var inf = double.PositiveInfinity;
        double[] f = [1, inf, 2, 5, 3, 4, 4, inf, inf, inf];
        var (indices, ranks, crowding) = Select(f, [], 5, 2);
        Assert.Equal([0, 1, 2], indices[..3].Order());
        Assert.Equal([3, 4], indices[3..]);
        Assert.Equal([0, 0, 0, 1, 2], ranks);
        Assert.DoesNotContain(crowding, double.IsNaN);
    }

    [Fact]
    public void Many_identical_points_survive_in_any_number()
    {
        var f = Enumerable.Repeat(1.0, 30).ToArray();
        var (indices, ranks, crowding) = Select(f, [], 4, 3);
        Assert.Equal(4, indices.Distinct().Count());
        Assert.All(ranks, rank => Assert.Equal(0, rank));
        Assert.DoesNotContain(crowding, double.IsNaN);
    }

    [Fact]
    public void With_one_objective_the_best_survive()
    {
        Assert.Equal([3, 1], Select([5, 2, 9, 1], [], 2, 1).Indices);
        Assert.Equal([1, 0, 2], Select([5, 2, 9], [], 7, 1).Indices);
        Assert.Empty(Select([], [], 3, 1).Indices);
    }

    [Fact]
    public void Shapes_that_do_not_agree_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Select([1, 2, 3], [], 2, 2));
        Assert.Throws<ArgumentException>(() => Select([1, 2], [0, 0], 2, 2));
        Assert.Throws<ArgumentException>(() => Select([1, double.NaN], [], 2, 2));
        Assert.Throws<ArgumentException>(() => new Nsga2Survival(1).Select([1, 2], default, 2, new int[1], new int[2], new double[2]));
    }

    [Fact]
    public void The_better_rank_wins_a_tournament_then_the_larger_distance_then_chance()
    {
        var random = new RandomGenerator(1);
        int[] ranks = [0, 1, 0, 0];
        double[] crowding = [1, 9, 2, 2];
        Assert.Equal(0, BinaryTournament.Winner(0, 1, ranks, crowding, random));
        Assert.Equal(0, BinaryTournament.Winner(1, 0, ranks, crowding, random));
        Assert.Equal(2, BinaryTournament.Winner(0, 2, ranks, crowding, random));
        var firsts = Enumerable.Range(0, 1_000).Count(_ => BinaryTournament.Winner(2, 3, ranks, crowding, random) == 2);
        Assert.InRange(firsts, 430, 570);
    }

    [Fact]
    public void One_by_one_truncation_agrees_with_measuring_everything_anew_after_each_removal()
    {
        var random = new RandomGenerator(4);
        foreach (var m in new[] { 2, 3, 4 })
        {
            for (var repeat = 0; repeat < 30; repeat++)
            {
                // Points on a simplex do not dominate each other.
                var f = new double[40 * m];
                for (var i = 0; i < 40; i++)
                {
                    var point = f.AsSpan(i * m, m);
                    foreach (ref var value in point) value = -Math.Log(1 - random.NextDouble());
                    var sum = 0.0;
                    foreach (var value in point) sum += value;
                    foreach (ref var value in point) value /= sum;
                }

                // More than there are extremes, which are all equally infinite.
                var survivors = 2 * m + 1 + random.NextInt32(39 - 2 * m);
                var (indices, _, crowding) = Select(f, [], survivors, m, truncation: CrowdingTruncation.OneByOne);
                var expected = PruneNaively(f, m, survivors);
                Assert.Equal(expected.Keys.Order(), indices.Order());
                for (var i = 0; i < survivors; i++) Assert.Equal(expected[indices[i]], crowding[i], 1e-9);
            }
        }
    }

    [Fact]
    public void One_by_one_truncation_keeps_one_of_a_close_pair_and_handles_copies_and_extremes()
    {
        double[] f = [0, 10, 4.9, 5.1, 5, 5, 10, 0];
        Assert.Equal(3, Select(f, [], 3, 2, truncation: CrowdingTruncation.OneByOne).Indices.Intersect([0, 1, 2, 3]).Count());
        Assert.Contains(0, Select(f, [], 3, 2, truncation: CrowdingTruncation.OneByOne).Indices);
        Assert.Single(Select(f, [], 1, 2, truncation: CrowdingTruncation.OneByOne).Indices);
        var same = Enumerable.Repeat(2.0, 20).ToArray();
        Assert.Equal(7, Select(same, [], 7, 2, truncation: CrowdingTruncation.OneByOne).Indices.Distinct().Count());
    }

    private static Dictionary<int, double> PruneNaively(double[] f, int m, int survivors)
    {
        var n = f.Length / m;
        var left = Enumerable.Range(0, n).ToList();
        var ranges = Enumerable.Range(0, m).Select(k => left.Max(i => f[i * m + k]) - left.Min(i => f[i * m + k])).ToArray();
        while (true)
        {
            var distance = left.ToDictionary(i => i, _ => 0.0);
            for (var k = 0; k < m; k++)
            {
                var order = left.OrderBy(i => f[i * m + k]).ToArray();
                distance[order[0]] = distance[order[^1]] = double.PositiveInfinity;
                for (var i = 1; i < order.Length - 1; i++)
                    distance[order[i]] += (f[order[i + 1] * m + k] - f[order[i - 1] * m + k]) / ranges[k];
            }

            if (left.Count == survivors) return distance;
            left.Remove(distance.OrderBy(d => d.Value).ThenBy(d => d.Key).First().Key);
        }
    }

    private static (int[] Indices, int[] Ranks, double[] Crowding) Select(
        double[] objectives,
        double[] violations,
        int survivors,
        int m,
        bool[]? copies = null,
        CrowdingTruncation truncation = CrowdingTruncation.AtOnce)
    {
        var count = Math.Min(survivors, objectives.Length / m);
        var (indices, ranks, crowding) = (new int[count], new int[count], new double[count]);
        Assert.Equal(count, new Nsga2Survival(m, truncation).Select(objectives, violations, survivors, indices, ranks, crowding, copies));
        return (indices, ranks, crowding);
    }

    private static int[] Peel(double[] values, int m)
    {
        var n = values.Length / m;
        var ranks = Enumerable.Repeat(-1, n).ToArray();
        for (var rank = 0; ranks.Contains(-1); rank++)
        {
            var left = Enumerable.Range(0, n).Where(i => ranks[i] == -1).ToArray();
            foreach (var i in left.Where(i => !left.Any(j => Dominates(j, i))).ToArray()) ranks[i] = rank;
        }

        return ranks;

        bool Dominates(int a, int b) =>
            Enumerable.Range(0, m).All(k => values[a * m + k] <= values[b * m + k])
            && Enumerable.Range(0, m).Any(k => values[a * m + k] < values[b * m + k]);
    }
}
