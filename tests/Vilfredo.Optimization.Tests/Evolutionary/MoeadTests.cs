using Vilfredo.Indicators;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;
using Vilfredo.ReferenceDirections;

namespace Vilfredo.Optimization.Tests.Evolutionary;

public class MoeadTests
{
    [Theory]
    [InlineData("ZDT1", MoeadScalarization.Tchebycheff, 1, 0.95)]
    [InlineData("ZDT1", MoeadScalarization.Tchebycheff, 100, 0.95)]
    [InlineData("ZDT1", MoeadScalarization.PenaltyBoundaryIntersection, 1, 0.91)] // still on its way there
    [InlineData("DTLZ2", MoeadScalarization.PenaltyBoundaryIntersection, 1, 0.9)]
    [InlineData("DTLZ2", MoeadScalarization.Tchebycheff, 91, 0.85)]
    public void Reaches_the_stated_share_of_the_true_hypervolume(string name, MoeadScalarization scalarization, int batch, double share)
    {
        var problem = TestProblems.Named(name);
        var m = problem.ObjectiveCount;
        var reference = Enumerable.Repeat(1.1, m).ToArray();
        var best = Hypervolume.Compute(problem.SampleFront(4_000), m, reference);
        var options = new MoeadOptions { Scalarization = scalarization, Weights = m == 2 ? null : DasDennisDirections.Create(3, 12) };
        for (var seed = 1UL; seed <= 2; seed++)
        {
            var population = Run(problem, Moead.For(problem, seed, options), batch, 20_000);
            Assert.InRange(Hypervolume.Compute(population.Objectives, m, reference) / best, share, 1.001);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Differential_evolution_reaches_nine_tenths_of_the_true_hypervolume(int batch)
    {
        var problem = new Zdt1();
        var best = Hypervolume.Compute(problem.SampleFront(4_000), 2, [1.1, 1.1]);
        var population = Run(problem, Moead.For(problem, 1, new() { Children = MoeadVariation.DifferentialEvolution }), batch, 25_000);
        Assert.InRange(Hypervolume.Compute(population.Objectives, 2, [1.1, 1.1]) / best, 0.9, 1.001);
    }

    [Fact]
    public void The_default_weights_are_those_of_the_paper()
    {
        Assert.Equal(100, new MoeadSubproblems(2, new()).Count);
        Assert.Equal(300, new MoeadSubproblems(3, new()).Count);
    }

    [Fact]
    public void Neighbors_are_the_nearest_weights_and_the_subproblem_itself_comes_first()
    {
        var subproblems = new MoeadSubproblems(2, new() { Weights = DasDennisDirections.Create(2, 10), Neighborhood = 3 });
        Assert.Equal([5, 4, 6], subproblems.NeighborsOf(5));
        Assert.Equal([0, 1, 2], subproblems.NeighborsOf(0));
        Assert.Equal(2, new MoeadSubproblems(2, new() { Weights = [0, 1, 1, 0] }).NeighborhoodSize);
    }

    [Fact]
    public void Neighbors_are_those_of_a_sort_by_distance_and_then_by_place()
    {
        var weights = DasDennisDirections.Create(3, 12);
        var subproblems = new MoeadSubproblems(3, new() { Weights = weights, Neighborhood = 20 });
        for (var i = 0; i < subproblems.Count; i++)
        {
            var sorted = Enumerable.Range(0, subproblems.Count).OrderBy(other => other == i ? -1 : Square(i, other)).ThenBy(other => other).Take(20);
            Assert.Equal(sorted, subproblems.NeighborsOf(i).ToArray());
        }

        double Square(int a, int b)
        {
            var square = 0.0;
            for (var j = 0; j < 3; j++) square += (weights[3 * b + j] - weights[3 * a + j]) * (weights[3 * b + j] - weights[3 * a + j]);
            return square;
        }
    }

    [Fact]
    public void A_run_takes_one_point_at_a_time_as_published()
    {
        var problem = new Zdt1();
        var run = Minimize.Run(problem, Moead.For(problem, 3), Termination.AfterEvaluations(3_000)).Population;
        Assert.Equal(Run(problem, Moead.For(problem, 3), 1, 3_000).Objectives, run.Objectives);
        Assert.Equal(100, Moead.For(problem, 3).SubproblemCount);
    }

    [Fact]
    public void Scalarizations_have_the_values_of_their_formulas()
    {
        double[] weights = [0.25, 0.75, 0.5, 0.5];
        Assert.Equal(1.5, new MoeadSubproblems(2, new() { Weights = weights }).ValueOf(0, [4, 2]), 12);
        var options = new MoeadOptions { Weights = weights, Scalarization = MoeadScalarization.PenaltyBoundaryIntersection };
        // (3, 1) is 4 / sqrt 2 along the diagonal and sqrt 2 beside it.
        Assert.Equal((4 / Math.Sqrt(2)) + (5 * Math.Sqrt(2)), new MoeadSubproblems(2, options).ValueOf(1, [3, 1]), 12);
    }

    [Fact]
    public void A_better_point_replaces_those_of_the_neighborhood_only()
    {
        var options = new MoeadOptions { Weights = DasDennisDirections.Create(2, 4), Neighborhood = 2 };
        var optimizer = new Moead(DecisionSpace.Continuous(1, 0, 9), 2, 0, 1, options);
        optimizer.Tell([0, 1, 2, 3, 4], [9, 8, 9, 8, 8, 8, 8, 9, 8, 9], []);
        optimizer.Tell([5], [0, 0], []);
        Assert.Equal(2, optimizer.Population.Decisions.ToArray().Count(x => x == 5));
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        var problem = new Tnk();
        double[] Points(ulong seed) => Run(problem, Moead.For(problem, seed, new() { Normalize = true }), 10, 1_000).Decisions.ToArray();
        Assert.Equal(Points(5), Points(5));
        Assert.NotEqual(Points(5), Points(6));
    }

    [Fact]
    public void Normalization_makes_the_scale_of_objectives_irrelevant_and_constraints_hold()
    {
        var problem = new Bnh(); // ranges 136 and 46
        var population = Run(problem, Moead.For(problem, 1, new() { Normalize = true }), 1, 10_000);
        Assert.All(population.Violations.ToArray(), violation => Assert.Equal(0, violation));
        double[] reference = [149.6, 54.6];
        var share = Hypervolume.Compute(population.Objectives, 2, reference) / Hypervolume.Compute(problem.SampleFront(2_000), 2, reference);
        Assert.InRange(share, 0.97, 1);
    }

    [Fact]
    public void When_nothing_is_feasible_the_violation_is_minimised()
    {
        var problem = new FunctionProblem(
            "infeasible", DecisionSpace.Continuous(3, 0, 1), 2, (x, f, g) => (f[0], f[1], g[0]) = (x[1], x[2], 1 + x[0]), 1);
        var population = Run(problem, Moead.For(problem, 1), 10, 5_000);
        Assert.All(population.Violations.ToArray(), violation => Assert.InRange(violation, 1, 1.05));
    }

    [Fact]
    public void Mixed_variables_and_infinite_objectives_are_allowed()
    {
        var space = new DecisionSpace([Variable.Real("r", 0, 1), Variable.Integer("i", 0, 20), Variable.Categorical("c", 4)]);
        var problem = new FunctionProblem("mixed", space, 2, (x, f, _) =>
        {
            var distance = Math.Abs(x[0] - x[1] / 20) + (x[2] == 2 ? 0 : 1);
            f[0] = x[2] == 3 ? double.PositiveInfinity : x[1] / 20 + distance;
            f[1] = 1 - x[1] / 20 + distance;
        });
        foreach (var scalarization in Enum.GetValues<MoeadScalarization>())
        {
            var best = Run(problem, Moead.For(problem, 1, new() { Scalarization = scalarization }), 1, 6_000).NonDominated();
            for (var i = 0; i < best.Count; i++)
            {
                Assert.True(space.Contains(best.DecisionsOf(i)));
                Assert.Equal(2, best.DecisionsOf(i)[2]);
            }
        }
    }

    [Fact]
    public void Bad_options_are_refused()
    {
        var problem = new Zdt1();
        Assert.Throws<ArgumentException>(() => Moead.For(problem, 1, new() { Neighborhood = 1 }));
        Assert.Throws<ArgumentException>(() => Moead.For(problem, 1, new() { Penalty = double.NaN }));
        Assert.Throws<ArgumentException>(() => Moead.For(problem, 1, new() { Weights = [1, 0] }));
        Assert.Throws<ArgumentException>(() => Moead.For(problem, 1, new() { Weights = [1, 0, 0.5, 0.6] }));
        Assert.Throws<ArgumentException>(() => Moead.For(problem, 1, new() { Weights = [2, -1, 0, 1] }));
        Assert.Throws<ArgumentException>(() => Moead.For(problem, 1).Tell([.. new double[30]], [1, double.NaN], []));
    }

    private static Population Run(IProblem problem, Moead optimizer, int batch, int evaluations)
    {
        var (n, m, k) = (problem.Space.Count, problem.ObjectiveCount, problem.ConstraintCount);
        var (x, f, g) = (new double[batch * n], new double[batch * m], new double[batch * k]);
        for (var done = 0; done < evaluations; done += batch)
        {
            optimizer.Ask(x);
            problem.Evaluate(x, batch, f, g);
            optimizer.Tell(x, f, g);
        }

        return optimizer.Population;
    }
}
