using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Problems;

public class CombinatorialProblemTests
{
    [Fact]
    public void A_knapsack_adds_up_profits_and_weights()
    {
        var problem = new Knapsack(5, 2, seed: 3);
        var (f, g) = (new double[2], new double[2]);
        problem.Evaluate([1, 0, 1, 0, 0], 1, f, g);
        for (var k = 0; k < 2; k++)
        {
            Assert.Equal(-(problem.ProfitOf(k, 0) + problem.ProfitOf(k, 2)), f[k]);
            Assert.Equal((problem.WeightOf(k, 0) + problem.WeightOf(k, 2)) / problem.CapacityOf(k) - 1, g[k], 1e-12);
            Assert.Equal(0.5 * Enumerable.Range(0, 5).Sum(i => problem.WeightOf(k, i)), problem.CapacityOf(k));
            Assert.All(Enumerable.Range(0, 5), i => Assert.InRange(problem.WeightOf(k, i), 10, 100));
        }
    }

    [Fact]
    public void A_tour_visits_cities_in_the_order_of_their_keys_and_comes_back()
    {
        var problem = new TravelingSalesman(4);
        Assert.Equal([0, 3, 1, 2], problem.TourOf([0.5, 0.9, 0.1]));
        Assert.Equal([0, 1, 2, 3], problem.TourOf([0.5, 0.5, 0.5]));
        var f = new double[2];
        problem.Evaluate([0.5, 0.9, 0.1], 1, f, []);
        for (var map = 0; map < 2; map++)
        {
            var expected = problem.DistanceOf(map, 0, 3) + problem.DistanceOf(map, 3, 1) + problem.DistanceOf(map, 1, 2) + problem.DistanceOf(map, 2, 0);
            Assert.Equal(expected, f[map], 1e-12);
        }
    }

    [Fact]
    public void A_bit_of_an_NK_landscape_changes_the_contributions_of_itself_and_of_those_that_depend_on_it()
    {
        var problem = new NkLandscape(8, 2);
        double[] Value(double[] x)
        {
            var f = new double[2];
            problem.Evaluate(x, 1, f, []);
            return f;
        }

        // Without neighbours bits add up: what a bit changes does not depend on the others.
        var separable = new NkLandscape(4, 0);
        var (a, b, c, d) = (new double[2], new double[2], new double[2], new double[2]);
        separable.Evaluate([0, 0, 0, 0], 1, a, []);
        separable.Evaluate([1, 0, 0, 0], 1, b, []);
        separable.Evaluate([0, 1, 1, 1], 1, c, []);
        separable.Evaluate([1, 1, 1, 1], 1, d, []);
        for (var m = 0; m < 2; m++) Assert.Equal(b[m] - a[m], d[m] - c[m], 1e-12);

        Assert.All(Value([0, 1, 0, 1, 0, 1, 0, 1]), value => Assert.InRange(value, -1, 0));
        for (var bit = 0; bit < 8; bit++)
        {
            var near = problem.NeighborsOf(0, bit).ToArray();
            Assert.Equal(2, near.Distinct().Count());
            Assert.DoesNotContain(bit, near);
        }
    }

    public static TheoryData<string> Small => ["knapsack", "tour", "nk"];

    // All decisions were tried, so no search finds anything better, and a long one finds much of it.
    [Theory]
    [MemberData(nameof(Small))]
    public void A_search_finds_points_of_the_front_and_nothing_beyond(string name)
    {
        CombinatorialProblem problem = name switch { "knapsack" => new Knapsack(12), "tour" => new TravelingSalesman(7), _ => new NkLandscape(12, 3) };
        var front = problem.SampleFront(10_000).Chunk(2).ToArray();
        Assert.True(front.Length > 2);
        for (var i = 1; i < front.Length; i++) Assert.True(front[i][0] > front[i - 1][0] && front[i][1] < front[i - 1][1]);

        var found = Minimize.Run(problem, Nsga2.For(problem, 1, new() { PopulationSize = 60, EliminateDuplicates = true }), Termination.AfterEvaluations(6_000)).Frontier;
        var reached = 0;
        for (var i = 0; i < found.Count; i++)
        {
            var f = found.ObjectivesOf(i).ToArray();
            Assert.Equal(0, found.Violations[i]);
            Assert.DoesNotContain(front, point => f[0] < point[0] - 1e-9 && f[1] < point[1] - 1e-9);
        }

        foreach (var point in front)
        {
            for (var i = 0; i < found.Count; i++)
            {
                if (Math.Abs(found.ObjectivesOf(i)[0] - point[0]) + Math.Abs(found.ObjectivesOf(i)[1] - point[1]) > 1e-9) continue;
                reached++;
                break;
            }
        }

        Assert.InRange(reached, (front.Length + 1) / 2, front.Length);
    }

    [Fact]
    public void The_same_seed_gives_the_same_instance_and_large_ones_have_no_known_front()
    {
        Assert.Equal(new Knapsack(10).SampleFront(50), new Knapsack(10).SampleFront(50));
        Assert.NotEqual(new Knapsack(10, seed: 1).SampleFront(50), new Knapsack(10, seed: 2).SampleFront(50));
        Assert.False(new Knapsack().HasKnownFront);
        Assert.False(new TravelingSalesman().HasKnownFront);
        Assert.False(new NkLandscape().HasKnownFront);
        Assert.Throws<InvalidOperationException>(() => new Knapsack().SampleFront(5));
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Knapsack(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Knapsack(5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TravelingSalesman(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NkLandscape(4, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NkLandscape(4, 2, 0));
        Assert.Throws<ArgumentException>(() => new TravelingSalesman(5).TourOf([0.5]));
    }
}
