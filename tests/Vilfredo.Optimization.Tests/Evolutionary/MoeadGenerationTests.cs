using Vilfredo.Indicators;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Evolutionary;

public class MoeadGenerationTests
{
    [Theory]
    [InlineData(MoeadScalarization.Tchebycheff, MoeadVariation.Genetic, 0.95)]
    [InlineData(MoeadScalarization.Tchebycheff, MoeadVariation.DifferentialEvolution, 0.9)]
    [InlineData(MoeadScalarization.PenaltyBoundaryIntersection, MoeadVariation.DifferentialEvolution, 0.9)]
    public void Reaches_the_stated_share_of_the_true_hypervolume_of_ZDT1(MoeadScalarization scalarization, MoeadVariation children, double share)
    {
        var problem = new Zdt1();
        var best = Hypervolume.Compute(problem.SampleFront(4_000), 2, [1.1, 1.1]);
        var options = new MoeadOptions { Scalarization = scalarization, Children = children, Differential = new() { CrossoverRate = 0.5 } };
        for (var seed = 1UL; seed <= 2; seed++)
        {
            var last = Run(problem, MoeadGeneration.First(problem.Space, 2, 0, seed, options), 250);
            Assert.InRange(Hypervolume.Compute(last.Parents.Objectives, 2, [1.1, 1.1]) / best, share, 1.001);
        }
    }

    [Fact]
    public void A_child_competes_in_its_own_subproblems_neighborhood()
    {
        var options = new MoeadOptions { Weights = MoeadOptions.LatticeOf(2, 5), Neighborhood = 2 };
        var space = DecisionSpace.Continuous(1, 0, 9);
        var first = MoeadGeneration.First(space, 2, 0, 1, options);
        var second = first.Next(Points(([0], [9, 8]), ([1], [9, 8]), ([2], [8, 8]), ([3], [8, 9]), ([4], [8, 9])), [0, 1, 2, 3, 4]);
        Assert.Equal(1, second.Number);
        Assert.Equal(5, second.Parents.Count);
        for (var child = 0; child < 5; child++)
        {
            var third = second.Next(Points(([5], [0, 0])), [child]);
            Assert.Equal(2, third.Parents.Decisions.ToArray().Count(x => x == 5));
        }
    }

    [Fact]
    public void Subproblems_whose_first_point_failed_start_with_the_best_of_the_others()
    {
        var options = new MoeadOptions { Weights = MoeadOptions.LatticeOf(2, 5), Neighborhood = 2 };
        var first = MoeadGeneration.First(DecisionSpace.Continuous(1, 0, 9), 2, 0, 1, options);
        var none = first.Next(Points(), []);
        Assert.Equal(0, none.Parents.Count);
        var child = new double[1];
        none.Propose(3, child);
        Assert.InRange(child[0], 0, 9);

        // Weights run from (0, 1) to (1, 0): the first keeps what it was given, the last wants a small first objective.
        var second = none.Next(Points(([1], [4, 0]), ([2], [0, 4])), [0, 3]);
        Assert.Equal([1, 2], second.Parents.Decisions[..2].ToArray());
        Assert.Equal(2, second.Parents.Decisions[4]);
    }

    [Fact]
    public void At_most_so_many_points_are_replaced_as_the_option_says()
    {
        var options = new MoeadOptions { Weights = MoeadOptions.LatticeOf(2, 10), MaximumReplacements = 3, NeighborhoodProbability = 0 };
        var generation = MoeadGeneration.First(DecisionSpace.Continuous(1, 0, 9), 2, 0, 1, options);
        generation = generation.Next(Points([.. Enumerable.Range(0, 10).Select(i => (new[] { i / 2.0 }, new double[] { 9, 9 }))]), [.. Enumerable.Range(0, 10).Select(i => (long)i)]);
        generation = generation.Next(Points(([9], [1, 1])), [4]);
        Assert.Equal(3, generation.Parents.Decisions.ToArray().Count(x => x == 9));
    }

    [Theory]
    [InlineData(MoeadVariation.Genetic)]
    [InlineData(MoeadVariation.DifferentialEvolution)]
    public void Children_depend_on_seed_index_and_results_only_and_satisfy_the_space(MoeadVariation children)
    {
        var space = new DecisionSpace(
            [Variable.Real("r", 0, 1), Variable.Integer("i", 0, 20), Variable.Categorical("c", 4)], x => x[0] * 20 <= x[1]);
        var problem = new FunctionProblem("mixed", space, 2, (x, f, _) => (f[0], f[1]) = (x[1] + x[2], 20 - x[1] + x[0]));
        MoeadGeneration Third(ulong seed) => Run(problem, MoeadGeneration.First(space, 2, 0, seed, new() { Children = children }), 3);
        var (one, same, other) = (Third(1), Third(1), Third(2));
        Assert.Equal(one.Parents.Decisions.ToArray(), same.Parents.Decisions.ToArray());
        Assert.NotEqual(one.Parents.Decisions.ToArray(), other.Parents.Decisions.ToArray());
        var (child, again) = (new double[3], new double[3]);
        for (var i = 199; i >= 0; i--)
        {
            one.Propose(i, child);
            same.Propose(i, again);
            Assert.Equal(child, again);
            Assert.True(space.Contains(child) && space.Satisfies(child));
        }
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        var first = MoeadGeneration.First(DecisionSpace.Continuous(1, 0, 9), 2, 0, 1);
        Assert.Throws<ArgumentException>(() => first.Next(Points(([1], [4, 0])), []));
        Assert.Throws<ArgumentException>(() => first.Next(new Population(2, 2), []));
        Assert.Throws<ArgumentException>(() => first.Next(Points(([10], [4, 0])), [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => first.Propose(-1, new double[1]));
        Assert.Throws<ArgumentException>(() => MoeadGeneration.First(DecisionSpace.Continuous(1, 0, 9), 2, 0, 1, new() { MaximumReplacements = 0 }));
    }

    private static Population Points(params (double[] X, double[] F)[] points)
    {
        var population = new Population(1, 2);
        foreach (var (x, f) in points) population.Add(x, f);
        return population;
    }

    private static MoeadGeneration Run(IProblem problem, MoeadGeneration generation, int generations)
    {
        var (n, m) = (problem.Space.Count, problem.ObjectiveCount);
        for (var g = 0; g < generations; g++)
        {
            var (x, f) = (new double[n], new double[m]);
            var children = new Population(n, m);
            for (var i = 0; i < generation.PopulationSize; i++)
            {
                generation.Propose(i, x);
                problem.Evaluate(x, 1, f, []);
                children.Add(x, f);
            }

            generation = generation.Next(children, [.. Enumerable.Range(0, generation.PopulationSize).Select(i => (long)i)]);
        }

        return generation;
    }
}
