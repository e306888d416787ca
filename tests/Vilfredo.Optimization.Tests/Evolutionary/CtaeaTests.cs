using Vilfredo.Optimization.Evolutionary;

namespace Vilfredo.Optimization.Tests.Evolutionary;

public class CtaeaTests
{
    [Fact]
    public void The_convergence_archive_takes_feasible_points_first_and_fills_up_with_the_least_violation()
    {
        var generation = First(4).Next(Points(([1], [1, 4], 0), ([2], [4, 1], 0), ([3], [0, 0], 5), ([4], [0, 0], 1), ([5], [0, 1], 3), ([6], [9, 9], 0)));
        Assert.Subset(new HashSet<double> { 1, 2, 4, 6 }, generation.Parents.Decisions.ToArray().ToHashSet());
        Assert.Equal(4, generation.Parents.Count);
    }

    [Fact]
    public void The_diversity_archive_keeps_infeasible_points_that_lead_the_objectives()
    {
        var generation = First(3).Next(Points(([1], [5, 5], 0), ([2], [6, 4], 0), ([3], [4, 6], 0), ([4], [0, 1], 9), ([5], [1, 0], 9)));
        Assert.Equal([1.0, 2, 3], generation.Parents.Decisions.ToArray().Order());
        Assert.Subset(generation.DiversityArchive.Decisions.ToArray().ToHashSet(), new HashSet<double> { 4, 5 });
    }

    [Fact]
    public void Crowded_subregions_are_thinned_first()
    {
        // Three of four feasible points lie together at the first axis; one of them goes.
        var generation = First(3).Next(Points(([1], [10, 0.1], 0), ([2], [9.9, 0.2], 0), ([3], [9.8, 0.3], 0), ([4], [0, 10], 0)));
        Assert.Equal(3, generation.Parents.Count);
        Assert.Contains(4, generation.Parents.Decisions.ToArray());
    }

    [Fact]
    public void A_feasible_region_behind_a_barrier_is_found()
    {
        // f = (x0 + g, 1 - x0 + g) with the distance g = x1; points with 0.1 < g < 0.6 are infeasible, so the front g = 0 lies behind a barrier.
        var problem = new FunctionProblem("barrier", DecisionSpace.Continuous(2, 0, 1), 2, (x, f, g) =>
        {
            (f[0], f[1]) = (x[0] + x[1], 1 - x[0] + x[1]);
            g[0] = Math.Min(x[1] - 0.1, 0.6 - x[1]);
        }, 1);
        var result = Minimize.Run(problem, Ctaea.For(problem, 1, new() { PopulationSize = 20 }), Termination.AfterEvaluations(4_000));
        Assert.All(Enumerable.Range(0, result.Population.Count), i => Assert.InRange(result.Population.DecisionsOf(i)[1], 0, 0.01));
    }

    private static CtaeaGeneration First(int size) => CtaeaGeneration.First(DecisionSpace.Continuous(1, 0, 99), 2, 1, 1, new() { PopulationSize = size });

    private static Population Points(params (double[] X, double[] F, double Violation)[] points)
    {
        var population = new Population(1, 2, 1);
        foreach (var (x, f, violation) in points) population.Add(x, f, [violation]);
        return population;
    }
}
