using Vilfredo.Indicators;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Evolutionary;

/// <summary>GDE3, MOPSO, MO-CMA-ES and C-TAEA.</summary>
public class GenerationalOptimizerTests
{
    public static TheoryData<string> Algorithms => ["gde3", "mopso", "mocmaes", "ctaea"];

    public static TheoryData<string> AlgorithmsForMixedVariables => ["gde3", "mopso", "ctaea"];

    [Theory]
    [InlineData("gde3", "ZDT1", 250, 0.97)]
    [InlineData("gde3", "DTLZ2", 150, 0.88)]
    [InlineData("gde3", "BNH", 60, 0.98)]
    [InlineData("mopso", "ZDT1", 200, 0.97)]
    [InlineData("mopso", "DTLZ2", 150, 0.78)]
    [InlineData("mopso", "BNH", 60, 0.97)]
    [InlineData("mocmaes", "ZDT1", 250, 0.78)]
    [InlineData("mocmaes", "DTLZ2", 150, 0.9)]
    [InlineData("mocmaes", "BNH", 60, 0.97)]
    [InlineData("ctaea", "ZDT1", 250, 0.95)]
    [InlineData("ctaea", "DTLZ2", 150, 0.88)]
    [InlineData("ctaea", "BNH", 100, 0.95)]
    public void Reaches_the_stated_share_of_the_true_hypervolume(string name, string problemName, int generations, double share)
    {
        var problem = TestProblems.Named(problemName);
        var m = problem.ObjectiveCount;
        double[] reference = [.. Enumerable.Range(0, m).Select(k => problem.Nadir[k] + 0.1 * (problem.Nadir[k] - problem.Ideal[k]))];
        var best = Hypervolume.Compute(problem.SampleFront(m == 2 ? 2_000 : 4_000), m, reference);
        for (var seed = 1UL; seed <= 2; seed++)
        {
            var result = Minimize.Run(problem, Create(name, problem, seed, 100), Termination.AfterEvaluations(100 * generations));
            Assert.All(result.Population.Violations.ToArray(), violation => Assert.Equal(0, violation));
            Assert.InRange(Hypervolume.Compute(result.Population.Objectives, m, reference) / best, share, 1.001);
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_same_seed_gives_the_same_run_however_many_are_asked_for_at_once(string name)
    {
        var problem = new Tnk();
        double[] Points(ulong seed, int batch)
        {
            var optimizer = Create(name, problem, seed, 20);
            var (x, f, g) = (new double[batch * 2], new double[batch * 2], new double[batch * 2]);
            for (var i = 0; i < 400; i += batch)
            {
                optimizer.Ask(x);
                problem.Evaluate(x, batch, f, g);
                optimizer.Tell(x, f, g);
                _ = optimizer.Population; // looking changes nothing
            }

            return optimizer.Population.Decisions.ToArray();
        }

        Assert.Equal(Points(5, 1), Points(5, 20));
        Assert.NotEqual(Points(5, 1), Points(6, 1));
    }

    [Theory]
    [MemberData(nameof(AlgorithmsForMixedVariables))]
    public void Mixed_variables_with_a_filter_stay_inside_and_find_the_best_category(string name)
    {
        var space = new DecisionSpace(
            [Variable.Real("r", 0, 1), Variable.Integer("i", 0, 20), Variable.Categorical("c", 4)], x => x[0] <= (x[1] + 1) / 20);
        var problem = new FunctionProblem("mixed", space, 2, (x, f, _) =>
        {
            Assert.True(space.Contains(x) && space.Satisfies(x));
            var distance = Math.Abs(x[0] - x[1] / 20) + (x[2] == 2 ? 0 : 1);
            (f[0], f[1]) = (x[1] / 20 + distance, 1 - x[1] / 20 + distance);
        });
        var best = Minimize.Run(problem, Create(name, problem, 1, 40), Termination.AfterEvaluations(8_000)).Population.NonDominated();
        Assert.InRange(Enumerable.Range(0, best.Count).Select(i => best.DecisionsOf(i)[1]).Distinct().Count(), 8, 21);
        for (var i = 0; i < best.Count; i++) Assert.Equal(2, best.DecisionsOf(i)[2]);
    }

    [Theory]
    [InlineData("gde3", 1.05)]
    [InlineData("mopso", 1.05)]
    [InlineData("mocmaes", 1.05)]
    [InlineData("ctaea", 1.3)] // which keeps what is good in the objectives too
    public void When_nothing_is_feasible_the_violation_is_minimised(string name, double worst)
    {
        var problem = new FunctionProblem(
            "infeasible", DecisionSpace.Continuous(3, 0, 1), 2, (x, f, g) => (f[0], f[1], g[0]) = (x[1], x[2], 1 + x[0]), 1);
        var population = Minimize.Run(problem, Create(name, problem, 1, 20), Termination.AfterEvaluations(2_000)).Population;
        Assert.All(population.Violations.ToArray(), violation => Assert.InRange(violation, 1, worst));
    }

    [Fact]
    public void A_child_of_GDE3_replaces_its_target_leaves_or_stays_beside_it()
    {
        var space = DecisionSpace.Continuous(1, 0, 99);
        var first = Gde3Generation.First(space, 2, 0, 1, new() { PopulationSize = 4 });
        var second = first.Next(Points(([0], [0, 9]), ([1], [3, 6]), ([2], [6, 3]), ([3], [9, 0])), [0, 1, 2, 3]);
        Assert.Equal([0, 1, 2, 3], second.Parents.Decisions.ToArray());

        // 11 is better than target 1, 12 worse than target 2, and 13 is neither with target 3. That is one too many: 2 is dominated by 11 and 13.
        var third = second.Next(Points(([11], [3, 1]), ([12], [7, 4]), ([13], [4, 2])), [1, 2, 3]);
        Assert.Equal([0, 11, 3, 13], third.Parents.Decisions.ToArray());

        // The same objectives again: the child replaces the target.
        Assert.Equal([20, 1, 2, 3], second.Next(Points(([20], [0, 9])), [0]).Parents.Decisions.ToArray());
    }

    [Fact]
    public void The_archive_of_MOPSO_holds_what_is_not_dominated_up_to_its_size()
    {
        var space = DecisionSpace.Continuous(1, 0, 99);
        var first = MopsoGeneration.First(space, 2, 0, 1, new() { PopulationSize = 4, ArchiveSize = 3 });
        var second = first.Next(Points(([0], [0, 10]), ([1], [5, 6]), ([2], [10, 0]), ([3], [11, 1])), [0, 1, 2, 3]);
        Assert.Equal([0, 1, 2], second.Parents.Decisions.ToArray().Order());

        // (4.9, 6.1) and (5, 6) crowd each other; one of them goes.
        var third = second.Next(Points(([4], [4.9, 6.1])), [-1]);
        Assert.Equal(3, third.Parents.Count);
        Assert.Contains(0, third.Parents.Decisions.ToArray());
        Assert.Contains(2, third.Parents.Decisions.ToArray());
    }

    [Fact]
    public void Particles_move_no_farther_than_half_the_range_and_unevaluated_ones_stay()
    {
        var space = DecisionSpace.Continuous(2, 0, 1);
        var first = MopsoGeneration.First(space, 2, 0, 1, new() { PopulationSize = 3, MutatedShare = 0 });
        var start = new Population(2, 2);
        start.Add([0, 0, 1, 1, 0.5, 0], [0, 3, 1, 1, 3, 0]);
        var generation = first.Next(start, [0, 1, 2]);
        var child = new double[2];
        for (var i = 0; i < 60; i++)
        {
            generation.Propose(i, child);
            for (var j = 0; j < 2; j++) Assert.InRange(Math.Abs(child[j] - start.DecisionsOf(i % 3)[j]), 0, 0.5);
        }

        // No result at all: the next generation flies from the same places.
        Assert.Equal(generation.Parents.Decisions.ToArray(), generation.Next(new Population(2, 2), []).Parents.Decisions.ToArray());
    }

    [Fact]
    public void Bad_options_are_refused()
    {
        var problem = new Zdt1();
        Assert.Throws<ArgumentException>(() => Gde3.For(problem, 1, new() { PopulationSize = 3 }));
        Assert.Throws<ArgumentException>(() => Gde3.For(problem, 1, new() { Differential = new() { Scale = 0 } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Gde3.For(problem, 1, new() { Differential = new() { CrossoverRate = 2 } }));
        Assert.Throws<ArgumentException>(() => Mopso.For(problem, 1, new() { PopulationSize = 1 }));
        Assert.Throws<ArgumentException>(() => Mopso.For(problem, 1, new() { ArchiveSize = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mopso.For(problem, 1, new() { Inertia = 2 }));
        Assert.Throws<ArgumentException>(() => Mopso.For(problem, 1).Tell([.. new double[30]], [1, double.NaN], []));
    }

    private static Population Points(params (double[] X, double[] F)[] points)
    {
        var population = new Population(1, 2);
        foreach (var (x, f) in points) population.Add(x, f);
        return population;
    }

    private static GenerationalOptimizer Create(string name, IProblem problem, ulong seed, int population) => name switch
    {
        "gde3" => Gde3.For(problem, seed, new() { PopulationSize = population }),
        "mopso" => Mopso.For(problem, seed, new() { PopulationSize = population, ArchiveSize = population }),
        "mocmaes" => MoCmaEs.For(problem, seed, new() { PopulationSize = population }),
        _ => Ctaea.For(problem, seed, new() { PopulationSize = population }),
    };
}
