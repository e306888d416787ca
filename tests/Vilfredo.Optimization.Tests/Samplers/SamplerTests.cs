using Vilfredo.Optimization.Problems;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Tests.Samplers;

public class SamplerTests
{
    private static readonly DecisionSpace Mixed = new(
        [Variable.Real("r", -1, 3), Variable.Integer("i", -2, 2), Variable.Categorical("c", 3)]);

    private static readonly DecisionSpace Ordered = DecisionSpace.Continuous(3, 0, 1).WithFilter(x => x[0] < x[1] && x[1] < x[2]);

    public static TheoryData<string> Names => ["random", "sobol", "halton", "grid"];

    private static ISampler Create(string name, DecisionSpace space, ulong seed) => name switch
    {
        "random" => new RandomSampler(space, seed),
        "sobol" => QuasiRandomSampler.Sobol(space, seed),
        "halton" => QuasiRandomSampler.Halton(space, seed),
        _ => new GridSampler(space, 9),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_proposal_depends_on_seed_and_index_only(string name)
    {
        foreach (var space in new[] { Mixed, Ordered })
        {
            var forward = Create(name, space, 7);
            var points = Enumerable.Range(0, 60).Select(i => Propose(forward, i)).ToArray();
            var backward = Create(name, space, 7);
            for (var i = 59; i >= 0; i--) Assert.Equal(points[i], Propose(backward, i));
            Assert.All(points, point => Assert.True(space.Contains(point) && space.Satisfies(point)));
            if (name != "grid") Assert.NotEqual(points[5], Propose(Create(name, space, 8), 5));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Proposals_can_be_made_from_many_threads(string name)
    {
        var expected = Create(name, Ordered, 7);
        var points = Enumerable.Range(0, 80).Select(i => Propose(expected, i)).ToArray();
        var shared = Create(name, Ordered, 7);
        Parallel.For(0, 80, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => Assert.Equal(points[i], Propose(shared, i)));
    }

    [Fact]
    public void Sobol_points_fill_every_cell_of_a_power_of_two()
    {
        var sampler = QuasiRandomSampler.Sobol(DecisionSpace.Continuous(2, 0, 1), 3);
        var cells = Enumerable.Range(0, 64).Select(i => Propose(sampler, i)).Select(p => (int)(p[0] * 8) * 8 + (int)(p[1] * 8));
        Assert.Equal(64, cells.Distinct().Count());
    }

    [Fact]
    public void Filtered_sobol_points_are_the_accepted_ones_in_order()
    {
        var all = QuasiRandomSampler.Sobol(DecisionSpace.Continuous(3, 0, 1), 7);
        var accepted = Enumerable.Range(0, 500).Select(i => Propose(all, i)).Where(p => p[0] < p[1] && p[1] < p[2]).ToArray();
        var filtered = QuasiRandomSampler.Sobol(Ordered, 7);
        for (var i = 0; i < accepted.Length; i++) Assert.Equal(accepted[i], Propose(filtered, i));
    }

    [Fact]
    public void A_region_the_sequence_does_not_meet_is_sampled_at_random()
    {
        var space = DecisionSpace.Continuous(12, 0, 1).WithFilter(x =>
        {
            var sum = 0.0;
            foreach (var value in x) sum += value;
            return sum <= 1;
        });
        var sampler = QuasiRandomSampler.Halton(space, 1);
        var point = Propose(sampler, 3);
        Assert.True(space.Satisfies(point));
        Assert.Equal(point, Propose(QuasiRandomSampler.Halton(space, 1), 3));
    }

    [Fact]
    public void A_grid_is_the_product_of_the_levels_and_then_ends()
    {
        var grid = new GridSampler(Mixed, [3, 10, 1]);
        Assert.Equal(3 * 5 * 3, grid.Size);
        var points = Enumerable.Range(0, 45).Select(i => Propose(grid, i)).ToArray();
        Assert.Equal([-1, -2, 0], points[0]);
        Assert.Equal([-1, -2, 1], points[1]);
        Assert.Equal([1, 0, 2], points[15 + 6 + 2]);
        Assert.Equal([3, 2, 2], points[44]);
        Assert.Equal(45, points.Select(p => string.Join(' ', p)).Distinct().Count());
        Assert.False(grid.Propose(45, new double[3]));
        Assert.False(grid.Propose(long.MaxValue, new double[3]));
    }

    [Fact]
    public void A_filtered_grid_ends_after_its_feasible_points()
    {
        var grid = new GridSampler(Ordered, 5);
        var count = 0;
        for (; grid.Propose(count, new double[3]); count++)
        {
        }

        Assert.Equal(10, count); // 5 choose 3
    }

    [Fact]
    public void One_level_is_the_middle_and_few_levels_of_an_integer_hold_its_bounds()
    {
        var grid = new GridSampler(new([Variable.Real("r", 0, 1), Variable.Integer("i", 0, 10)]), [1, 3]);
        Assert.Equal([0.5, 0], Propose(grid, 0));
        Assert.Equal([0.5, 5], Propose(grid, 1));
        Assert.Equal([0.5, 10], Propose(grid, 2));
    }

    [Fact]
    public void Grids_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new GridSampler(Mixed, [1, 2]));
        Assert.Throws<ArgumentException>(() => new GridSampler(Mixed, 0));
        Assert.Throws<ArgumentException>(() => new GridSampler(DecisionSpace.Continuous(64, 0, 1), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GridSampler(Mixed, 3).Propose(-1, new double[3]));
        Assert.Throws<ArgumentException>(() => new GridSampler(Mixed, 3).Propose(0, new double[2]));
    }

    [Fact]
    public void As_an_optimizer_a_sampler_proposes_in_order_and_keeps_the_non_dominated_points()
    {
        var problem = new Tnk();
        var optimizer = new SamplingOptimizer(QuasiRandomSampler.Sobol(problem.Space, 1), 2, 2);
        var result = Minimize.Run(problem, optimizer, Termination.AfterEvaluations(2_000));
        Assert.Equal(2_000, optimizer.NextIndex);
        Assert.InRange(result.Population.Count, 5, 200);
        Assert.Equal(result.Population.Count, result.Frontier.Count);
        Assert.All(Enumerable.Range(0, result.Population.Count), i => Assert.True(result.Population.IsFeasible(i)));

        var continued = new SamplingOptimizer(QuasiRandomSampler.Sobol(problem.Space, 1), 2, 2, firstIndex: 17);
        var point = new double[2];
        continued.Ask(point);
        Assert.Equal(Propose(QuasiRandomSampler.Sobol(problem.Space, 1), 17), point);
    }

    [Fact]
    public void Without_a_feasible_point_the_least_violation_is_kept()
    {
        var optimizer = new SamplingOptimizer(new RandomSampler(DecisionSpace.Continuous(1, 0, 1), 1), 1, 1);
        optimizer.Tell([0.1, 0.2, 0.3], [5, 1, 3], [2, 1, 1]);
        Assert.Equal([0.2, 0.3], optimizer.Population.Decisions.ToArray());
        optimizer.Tell([0.4], [9], [0]);
        Assert.Equal([0.4], optimizer.Population.Decisions.ToArray());
    }

    private static double[] Propose(ISampler sampler, long index)
    {
        var point = new double[sampler.Space.Count];
        Assert.True(sampler.Propose(index, point));
        return point;
    }
}
