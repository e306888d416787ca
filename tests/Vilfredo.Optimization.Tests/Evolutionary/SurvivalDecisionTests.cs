using Vilfredo.Optimization.Evolutionary;

namespace Vilfredo.Optimization.Tests.Evolutionary;

/// <summary>Decisions of SPEA2, RVEA, AGE-MOEA-II and U-NSGA-III that can be made by hand.</summary>
public class SurvivalDecisionTests
{
    [Fact]
    public void SPEA2_drops_of_two_neighbours_the_one_whose_other_neighbour_is_nearer()
    {
        // (4, 6) and (5, 5) are nearest to each other; then (4, 6) has 4 steps to (0, 10), and (5, 5) 5 steps to either end.
        double[] front = [0, 10, 4, 6, 5, 5, 10, 0];
        Assert.Equal([0, 2, 3], Select(new Spea2Survival(2), front, 3).Order());
    }

    [Fact]
    public void SPEA2_fills_up_with_the_least_raw_fitness()
    {
        // (0, 0) dominates all three others, (1, 1) only (2, 2): raw fitness 3, 3 + 1 and 3.
        double[] points = [0, 0, 1, 1, 2, 2, 0.5, 3];
        Assert.Equal([0, 1, 3], Select(new Spea2Survival(2), points, 3).Order());
    }

    [Fact]
    public void SPEA2_puts_repeats_behind_and_infinite_values_apart()
    {
        double[] points = [0, 1, 0, 1, double.PositiveInfinity, 0, 1, 0.5];
        bool[] copies = [false, true, false, false];
        Assert.Equal([0, 2, 3], Select(new Spea2Survival(2), points, 3, copies).Order());
    }

    [Fact]
    public void RVEA_keeps_the_shortest_of_each_vector_at_first_and_the_straightest_at_last()
    {
        // Of those nearest to the diagonal, (1, 2) is shorter and (1.5, 1.9) nearer in angle.
        double[] points = [0, 4, 4, 0, 1.5, 1.9, 1, 2];
        var survival = new RveaSurvival(2, [1, 0, 1, 1, 0, 1], new RveaOptions { Generations = 1 });
        Assert.Equal([0, 1, 3], Select(survival, points, 3).Order());
        Assert.Equal([0, 1, 2], Select(survival, points, 3).Order());
    }

    [Fact]
    public void RVEA_has_one_survivor_for_each_vector_with_points_and_others_only_when_told_to()
    {
        double[] points = [0, 4, 4, 0, 1.5, 1.9, 1, 2, 5, 5];
        var options = new RveaOptions { Generations = 1 };
        Assert.Equal([0, 1, 3], Select(new RveaSurvival(2, [1, 0, 1, 1, 0, 1], options), points, 3, room: 5).Order());
        Assert.Equal([0, 1, 2, 3, 4], Select(new RveaSurvival(2, [1, 0, 1, 1, 0, 1], options with { FillPopulation = true }), points, 5).Order());
        bool[] copies = [false, false, false, false, true];
        Assert.Equal([0, 1, 3], Select(new RveaSurvival(2, [1, 0, 1, 1, 0, 1], options), points, 3, copies, room: 5).Order());
    }

    [Fact]
    public void RVEA_takes_infeasible_points_by_violation_where_feasible_ones_leave_room()
    {
        double[] points = [0, 4, 4, 0, 1, 1, 2, 2];
        double[] violations = [0, 0, 3, 1];
        var survival = new RveaSurvival(2, [1, 0, 1, 1, 0, 1], new RveaOptions { Generations = 1 });
        var (indices, ranks, crowding) = (new int[3], new int[3], new double[3]);
        Assert.Equal(3, survival.Select(points, violations, 3, indices, ranks, crowding, [], 1));
        Assert.Equal([0, 1, 3], indices.Order());
        Assert.True(ranks[Array.IndexOf(indices, 3)] > ranks[Array.IndexOf(indices, 0)]);
    }

    [Fact]
    public void RVEA_remembers_the_best_values_when_told_to()
    {
        // Seen from (0, 0) the two points are nearest to the diagonal, of which (2, 2) is shorter; seen from (2, 1.9) they lie on two axes.
        double[] before = [0, 9, 9, 0, 5, 5], after = [2, 2, 2.2, 1.9];
        foreach (var remembers in new[] { false, true })
        {
            var survival = new RveaSurvival(2, [1, 0, 1, 1, 0, 1], new RveaOptions { Generations = 1, AngleWeight = 0, RememberIdeal = remembers });
            Select(survival, before, 3);
            Assert.Equal(remembers ? [0] : [0, 1], Select(survival, after, remembers ? 1 : 2, room: 3).Order());
        }
    }

    [Fact]
    public void RVEA_with_no_weight_on_angles_keeps_the_shortest_of_each_vector_to_the_end()
    {
        double[] points = [0, 4, 4, 0, 1.5, 1.9, 1, 2];
        var survival = new RveaSurvival(2, [1, 0, 1, 1, 0, 1], new RveaOptions { Generations = 1, AngleWeight = 0 });
        for (var i = 0; i < 3; i++) Assert.Equal([0, 1, 3], Select(survival, points, 3).Order());
    }

    [Fact]
    public void RVEA_copies_go_their_own_way()
    {
        double[] points = [0, 4, 4, 0, 1.5, 1.9, 1, 2];
        var survival = new RveaSurvival(2, [1, 0, 1, 1, 0, 1], new RveaOptions { Generations = 1 });
        var copy = survival.Copy();
        Select(survival, points, 3);
        Assert.Equal([0, 1, 3], Select(copy, points, 3).Order()); // still before its first generation
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0.5)]
    public void The_curvature_of_a_front_is_found(double power)
    {
        // Points on a^p + b^p = 1, in other units.
        var points = new double[2 * 9];
        for (var i = 0; i < 9; i++)
        {
            points[2 * i] = 3 + 100 * Math.Pow(i / 8.0, 1 / power);
            points[2 * i + 1] = Math.Pow(1 - i / 8.0, 1 / power);
        }

        var surface = FrontSurface.Of(points, 2, [.. Enumerable.Range(0, 9)]);
        Assert.Equal(power, surface.Power, 1e-6);
        Assert.Equal([0, 8], surface.Extremes.Order());
        for (var i = 0; i < 9; i++) Assert.Equal(1, surface.LengthOf(i), 1e-6);
        Assert.Equal(2, surface.DistanceOf([203, 0]), 1e-6);
    }

    [Fact]
    public void Distance_along_a_quarter_circle_goes_by_way_of_its_middle()
    {
        double[] points = [1, 0, Math.Sqrt(0.5), Math.Sqrt(0.5), 0, 1, Math.Cos(0.3), Math.Sin(0.3)];
        var surface = FrontSurface.Of(points, 2, [0, 1, 2, 3]);
        Assert.Equal(4 * Math.Sin(Math.PI / 8), surface.Between(0, 2), 1e-6); // two chords of 45 degrees
    }

    [Fact]
    public void AGE_MOEA_II_keeps_extremes_and_one_of_two_neighbours()
    {
        double[] front = [0, 1, 1, 0, 0.5, 0.5, 0.52, 0.48, 0.25, 0.75, 0.75, 0.25];
        var survivors = Select(new AgeMoea2Survival(2), front, 5);
        Assert.Superset(new HashSet<int> { 0, 1, 4, 5 }, survivors.ToHashSet());
        Assert.True(survivors.Contains(2) ^ survivors.Contains(3));
    }

    [Fact]
    public void AGE_MOEA_II_prefers_of_a_later_front_what_is_nearer_to_the_ideal_point()
    {
        double[] points = [0, 1, 1, 0, 0.3, 0.3, 2, 2, 1.5, 1.5, 0.3, 1.9];
        Assert.Equal([0, 1, 2, 4], Select(new AgeMoea2Survival(2), [.. points[..10]], 4).Order());
    }

    [Fact]
    public void Parents_of_one_niche_meet_by_rank_and_those_of_two_by_chance()
    {
        var random = new RandomGenerator(1);
        int Winner(int first, int second, int[] niches) => BinaryTournament.Winner(first, second, [1, 0, 0], [0, -2, -1], niches, random);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(1, Winner(0, 1, [5, 5, 5]));
            Assert.Equal(2, Winner(1, 2, [5, 5, 5])); // nearer to the line
            Assert.Equal(1, Winner(0, 1, [-1, 5, 5])); // an infeasible point is in no niche
        }

        Assert.Equal([0, 1], Enumerable.Range(0, 40).Select(_ => Winner(0, 1, [4, 5, 5])).Distinct().Order());
    }

    [Fact]
    public void Unified_NSGA3_gives_each_survivor_the_niche_of_its_direction()
    {
        double[] points = [0, 1, 1, 0, 0.5, 0.5, 0.45, 0.56];
        var survival = new Nsga3Survival(2, [1, 0, 1, 1, 0, 1], isUnified: true);
        var (indices, niches) = (Select(survival, points, 4), new int[4]);
        Assert.True(((ISurvival)survival).Niches(points, [0, 0, 0, 3], indices, niches));
        int[] expected = [2, 0, 1, -1];
        for (var i = 0; i < 4; i++) Assert.Equal(expected[indices[i]], niches[i]);
        Assert.False(((ISurvival)new Spea2Survival(2)).Niches(points, [], indices, niches));
    }

    private static int[] Select(ISurvival survival, double[] objectives, int survivors, bool[]? copies = null, int? room = null)
    {
        var places = room ?? survivors;
        var (indices, ranks, crowding) = (new int[places], new int[places], new double[places]);
        var count = survival.Select(objectives, [], places, indices, ranks, crowding, copies ?? [], 1);
        Assert.Equal(survivors, count);
        Assert.Equal(survivors, indices[..count].Distinct().Count());
        return indices[..count];
    }
}
