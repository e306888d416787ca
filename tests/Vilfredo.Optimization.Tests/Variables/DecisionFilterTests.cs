namespace Vilfredo.Optimization.Tests.Variables;

public class DecisionFilterTests
{
    private static readonly DecisionFilter SumAtMostOne = x =>
    {
        var sum = 0.0;
        foreach (var value in x) sum += value;
        return sum <= 1;
    };

    [Fact]
    public void Samples_of_an_ordered_pair_are_uniform_on_the_triangle()
    {
        var space = DecisionSpace.Continuous(2, 0, 1).WithFilter(x => x[0] < x[1]);
        var random = new RandomGenerator(1);
        var point = new double[2];
        var (first, second) = (0.0, 0.0);
        for (var i = 0; i < 20_000; i++)
        {
            space.Sample(random, point);
            Assert.True(point[0] < point[1]);
            first += point[0] / 20_000;
            second += point[1] / 20_000;
        }

        Assert.InRange(first, 0.325, 0.342);
        Assert.InRange(second, 0.658, 0.675);
    }

    [Fact]
    public void A_simplex_that_uniform_points_never_hit_is_found_from_its_corner_and_spread_over()
    {
        var space = DecisionSpace.Continuous(12, 0, 1).WithFilter(SumAtMostOne); // one point in 12! is feasible
        var random = new RandomGenerator(1);
        var means = new double[12];
        var point = new double[12];
        for (var i = 0; i < 500; i++)
        {
            space.Sample(random, point);
            Assert.True(SumAtMostOne(point) && space.Contains(point));
            for (var j = 0; j < 12; j++) means[j] += point[j] / 500;
        }

        // The mean of each coordinate over the simplex is 1 / 13.
        Assert.All(means, mean => Assert.InRange(mean, 0.055, 0.1));
    }

    [Fact]
    public void A_known_feasible_point_opens_a_region_that_no_search_finds()
    {
        DecisionFilter tiny = x => Math.Abs(x[0] - 0.123456) < 1e-7 && Math.Abs(x[1] - 0.654321) < 1e-7;
        var space = DecisionSpace.Continuous(2, 0, 1).WithFilter(tiny, [0.123456, 0.654321]);
        var point = new double[2];
        space.Sample(new RandomGenerator(1), point);
        Assert.True(tiny(point));

        var unaided = DecisionSpace.Continuous(2, 0, 1).WithFilter(tiny);
        Assert.Throws<NoFeasibleDecisionException>(() => unaided.Sample(new RandomGenerator(1), point));
        Assert.Throws<ArgumentException>(() => DecisionSpace.Continuous(2, 0, 1).WithFilter(tiny, [0.5, 0.5]));
    }

    [Fact]
    public void All_feasible_points_of_a_small_finite_space_are_found_with_equal_chance()
    {
        var space = new DecisionSpace(
            [.. Enumerable.Range(0, 4).Select(i => Variable.Integer($"x{i}", 0, 15))],
            x => x[0] + x[1] + x[2] + x[3] == 1);
        var random = new RandomGenerator(1);
        var counts = new int[4];
        var point = new double[4];
        for (var i = 0; i < 800; i++)
        {
            space.Sample(random, point);
            counts[Array.IndexOf(point, 1.0)]++;
        }

        Assert.All(counts, n => Assert.InRange(n, 150, 250));
    }

    [Fact]
    public void An_unsatisfiable_filter_is_reported_with_what_to_do()
    {
        var finite = new DecisionSpace([Variable.Integer("a", 1, 3), Variable.Binary("b")], _ => false);
        var error = Assert.Throws<NoFeasibleDecisionException>(() => finite.Sample(new RandomGenerator(1), new double[2]));
        Assert.Contains("None of the 6 points", error.Message);

        var infinite = DecisionSpace.Continuous(2, 0, 1).WithFilter(_ => false);
        error = Assert.Throws<NoFeasibleDecisionException>(() => infinite.Sample(new RandomGenerator(1), new double[2]));
        Assert.Contains("Loosen the filter", error.Message);
    }

    [Fact]
    public void A_walk_stays_feasible_and_moves_every_kind_of_variable()
    {
        var space = new DecisionSpace(
            [Variable.Real("r", 0, 1), Variable.Integer("i", 0, 9), Variable.Categorical("c", 4)],
            x => x[0] * 10 <= x[1] && x[2] != 2);
        var random = new RandomGenerator(1);
        double[] point = [0.1, 5, 0];
        var seen = new HashSet<double>[] { [], [], [] };
        for (var i = 0; i < 600; i++)
        {
            space.Walk(random, point);
            Assert.True(space.Contains(point) && space.Satisfies(point));
            for (var j = 0; j < 3; j++) seen[j].Add(point[j]);
        }

        Assert.True(seen[0].Count > 50);
        Assert.Superset(new HashSet<double> { 2, 3, 4, 5, 6, 7, 8, 9 }, seen[1]); // below 2 the real variable leaves little room
        Assert.Equal([0, 1, 3], seen[2].Order());
    }
}
