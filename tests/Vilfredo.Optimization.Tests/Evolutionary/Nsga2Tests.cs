using Vilfredo.Indicators;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Tests.Evolutionary;

public class Nsga2Tests
{
    // The share of the true front's hypervolume, reference point 10 percent of the range beyond the nadir.
    [Theory]
    [InlineData("ZDT1", 100, 200, 0.985)]
    [InlineData("ZDT2", 100, 200, 0.975)]
    [InlineData("ZDT3", 100, 200, 0.96)]
    [InlineData("ZDT4", 100, 300, 0.98)]
    [InlineData("ZDT5", 100, 200, 0.9)]
    [InlineData("ZDT6", 100, 300, 0.97)]
    [InlineData("DTLZ2", 200, 100, 0.9)]
    [InlineData("DTLZ7", 200, 200, 0.92)]
    [InlineData("BNH", 100, 60, 0.99)]
    [InlineData("SRN", 100, 60, 0.99)]
    [InlineData("TNK", 100, 100, 0.975)]
    [InlineData("OSY", 100, 200, 0.92)]
    public void Reaches_the_stated_share_of_the_true_hypervolume(string name, int population, int generations, double share)
    {
        var problem = TestProblems.Named(name);
        var m = problem.ObjectiveCount;
        double[] reference = [.. Enumerable.Range(0, m).Select(k => problem.Nadir[k] + 0.1 * (problem.Nadir[k] - problem.Ideal[k]))];
        var best = Hypervolume.Compute(problem.SampleFront(m == 2 ? 2_000 : 4_000), m, reference);
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var result = Minimize.Run(
                problem, Nsga2.For(problem, seed, new() { PopulationSize = population }), Termination.AfterGenerations(generations));
            Assert.Equal(population, result.Population.Count);
            Assert.NotEqual(0, result.Frontier.Count);
            Assert.All(Enumerable.Range(0, result.Frontier.Count), i => Assert.Equal(0, result.Frontier.Violations[i]));
            var reached = Hypervolume.Compute(result.Frontier.Objectives, m, reference) / best;
            Assert.InRange(reached, share, 1.001);
        }
    }

    [Fact]
    public void One_by_one_truncation_gives_a_larger_hypervolume_on_every_seed_of_ZDT1()
    {
        var problem = new Zdt1();
        for (var seed = 1UL; seed <= 5; seed++)
        {
            var values = Enum.GetValues<CrowdingTruncation>().Select(truncation =>
            {
                var optimizer = Nsga2.For(problem, seed, new() { Truncation = truncation });
                var result = Minimize.Run(problem, optimizer, Termination.AfterGenerations(200));
                return Hypervolume.Compute(result.Population.Objectives, 2, [1.1, 1.1]);
            }).ToArray();
            Assert.True(values[1] > values[0]);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_whatever_the_size_of_asks_and_tells()
    {
        var problem = new Tnk();
        var options = new Nsga2Options { PopulationSize = 20 };
        var whole = Run(problem, Nsga2.For(problem, 5, options), 20, 400);
        foreach (var batch in new[] { 1, 2, 5, 10 })
            Assert.Equal(whole, Run(problem, Nsga2.For(problem, 5, options), batch, 400));
        Assert.NotEqual(whole, Run(problem, Nsga2.For(problem, 6, options), 20, 400));
    }

    [Theory]
    [InlineData(CrowdingTruncation.AtOnce)]
    [InlineData(CrowdingTruncation.OneByOne)]
    public void Nothing_is_allocated_after_the_first_generations(CrowdingTruncation truncation)
    {
        var problem = new Zdt1();
        var optimizer = Nsga2.For(problem, 1, new() { Truncation = truncation });
        var (x, f) = (new double[100 * 30], new double[200]);
        Generations(20);

        // The runtime itself allocates now and then while it compiles better code for what runs often.
        Assert.Contains(0, Enumerable.Range(0, 5).Select(_ => Allocated()));

        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Generations(20);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Generations(int count)
        {
            for (var i = 0; i < count; i++)
            {
                optimizer.Ask(x);
                problem.Evaluate(x, 100, f, []);
                optimizer.Tell(x, f, []);
            }
        }
    }

    [Fact]
    public void Results_may_come_late_be_missing_or_be_strangers()
    {
        var problem = new Zdt1(6);
        var optimizer = Nsga2.For(problem, 1, new() { PopulationSize = 12 });
        var random = new RandomGenerator(3);
        var waiting = new List<double[]>();
        for (var step = 0; step < 400; step++)
        {
            var x = new double[6];
            optimizer.Ask(x);
            waiting.Add(x);
            if (waiting.Count < 30) continue;
            var done = waiting[random.NextInt32(30)];
            waiting.Remove(done);
            if (random.NextBoolean(0.2)) continue; // failed
            Tell(done);
        }

        Tell([0.5, 0, 0, 0, 0, 0]);
        Assert.True(optimizer.Generation > 20);
        Assert.Equal(12, optimizer.Population.Count);
        var frontier = optimizer.Population.NonDominated();
        Assert.Contains(0.5, Enumerable.Range(0, frontier.Count).Select(i => frontier.DecisionsOf(i)[0]));

        void Tell(double[] x)
        {
            var f = new double[2];
            problem.Evaluate(x, 1, f, []);
            optimizer.Tell(x, f, []);
        }
    }

    [Fact]
    public void Children_told_since_the_last_generation_count_in_the_population()
    {
        var optimizer = new Nsga2(DecisionSpace.Continuous(1, 0, 1), 1, 0, 1, new() { PopulationSize = 4 });
        optimizer.Tell([0.1, 0.2, 0.3, 0.4], [1, 2, 3, 4], []);
        optimizer.Tell([0.5], [0], []);
        Assert.Equal([0.0, 1.0, 2.0, 3.0], optimizer.Population.Objectives.ToArray().Order());
        Assert.Equal(1, optimizer.Generation);
    }

    [Fact]
    public void A_mixed_problem_is_solved()
    {
        // Category 2 and bit 1 are best; the integer trades against the real variable along r = i / 20.
        var space = new DecisionSpace(
            [Variable.Real("r", 0, 1), Variable.Integer("i", 0, 20), Variable.Categorical("c", 4), Variable.Binary("b"), Variable.Real("fixed", 2, 2)]);
        var problem = new FunctionProblem(
            "mixed",
            space,
            2,
            (x, f, _) =>
            {
                var distance = Math.Abs(x[0] - x[1] / 20) + (x[2] == 2 ? 0 : 1 + x[2]) + (1 - x[3]);
                f[0] = x[1] / 20 + distance;
                f[1] = 1 - x[1] / 20 + distance;
            });
        foreach (var crossover in Enum.GetValues<CategoricalCrossover>())
        {
            var options = new Nsga2Options { PopulationSize = 40, Variation = new() { CategoricalCrossover = crossover }, EliminateDuplicates = true };
            var result = Minimize.Run(problem, Nsga2.For(problem, 1, options), Termination.AfterGenerations(150));
            for (var i = 0; i < result.Population.Count; i++)
            {
                var x = result.Population.DecisionsOf(i);
                Assert.True(space.Contains(x));
                Assert.Equal((2, 1, 2), (x[2], x[3], x[4]));
                Assert.Equal(x[1] / 20, x[0], 0.05);
            }

            var integers = Enumerable.Range(0, result.Population.Count).Select(i => result.Population.DecisionsOf(i)[1]).Distinct();
            Assert.InRange(integers.Count(), 19, 21);
        }
    }

    [Fact]
    public void Every_proposal_satisfies_the_filter()
    {
        var space = new DecisionSpace(
            [Variable.Integer("low", 0, 30), Variable.Integer("high", 0, 30), Variable.Real("a", 0, 1), Variable.Real("b", 0, 1)],
            x => x[0] < x[1] && x[2] + x[3] <= 1);
        var problem = new FunctionProblem("filtered", space, 2, (x, f, _) =>
        {
            Assert.True(space.Satisfies(x) && space.Contains(x));
            f[0] = x[0] - x[1] - x[2];
            f[1] = x[1] - x[3];
        });
        var result = Minimize.Run(problem, Nsga2.For(problem, 1, new() { PopulationSize = 30 }), Termination.AfterGenerations(40));
        Assert.Equal(30, result.Population.Count);
    }

    [Fact]
    public void Duplicates_are_avoided_when_asked_for()
    {
        var space = new DecisionSpace([Variable.Integer("a", 0, 9), Variable.Integer("b", 0, 9)]);
        var problem = new FunctionProblem("grid", space, 2, (x, f, _) => (f[0], f[1]) = (x[0], -x[0] + x[1]));
        int Different(bool eliminate)
        {
            var optimizer = Nsga2.For(problem, 1, new() { PopulationSize = 20, EliminateDuplicates = eliminate });
            var population = Minimize.Run(problem, optimizer, Termination.AfterGenerations(40)).Population;
            return Enumerable.Range(0, 20).Select(i => (population.DecisionsOf(i)[0], population.DecisionsOf(i)[1])).Distinct().Count();
        }

        Assert.Equal(20, Different(true));
        Assert.InRange(Different(false), 1, 15);
    }

    [Fact]
    public void A_sampling_of_your_own_gives_the_first_generation_even_when_it_ends_early()
    {
        var space = DecisionSpace.Continuous(2, 0, 1);
        var grid = new GridSampler(space, 2);
        var optimizer = new Nsga2(space, 1, 0, 1, new() { PopulationSize = 6, Sampling = grid });
        var x = new double[12];
        Assert.Equal(6, optimizer.Ask(x));
        Assert.Equal([0, 0, 0, 1, 1, 0, 1, 1], x[..8]);
        Assert.True(space.Contains(x.AsSpan(8, 2)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Very_small_populations_work(int population)
    {
        var problem = new Zdt1(4);
        var result = Minimize.Run(problem, Nsga2.For(problem, 1, new() { PopulationSize = population }), Termination.AfterEvaluations(500));
        Assert.Equal(population, result.Population.Count);
        Assert.True(result.Population.Objectives[1] < 2);
    }

    [Fact]
    public void One_variable_and_one_objective_find_the_minimum()
    {
        var problem = new FunctionProblem("parabola", DecisionSpace.Continuous(1, -3, 5), 1, (x, f, _) => f[0] = x[0] * x[0]);
        var result = Minimize.Run(problem, Nsga2.For(problem, 1, new() { PopulationSize = 20 }), Termination.AfterGenerations(60));
        Assert.All(result.Population.Decisions.ToArray(), x => Assert.Equal(0, x, 0.01));
    }

    [Fact]
    public void When_nothing_is_feasible_the_violation_is_minimised()
    {
        var problem = new FunctionProblem(
            "infeasible", DecisionSpace.Continuous(3, 0, 1), 2, (x, f, g) => (f[0], f[1], g[0]) = (x[1], x[2], 1 + x[0]), 1);
        var result = Minimize.Run(problem, Nsga2.For(problem, 1, new() { PopulationSize = 20 }), Termination.AfterGenerations(60));
        Assert.Equal(20, result.Population.Count);
        Assert.All(Enumerable.Range(0, 20), i => Assert.InRange(result.Population.Violations[i], 1, 1.05));
    }

    [Fact]
    public void Variables_without_a_range_keep_their_value()
    {
        var space = new DecisionSpace([Variable.Real("r", 2, 2), Variable.Integer("i", 3, 3), Variable.Categorical("c", 1)]);
        var problem = new FunctionProblem("fixed", space, 2, (x, f, _) => (f[0], f[1]) = (x[0], x[1]));
        var result = Minimize.Run(problem, Nsga2.For(problem, 1, new() { PopulationSize = 8, EliminateDuplicates = true }), Termination.AfterGenerations(10));
        for (var i = 0; i < 8; i++) Assert.Equal([2, 3, 0], result.Population.DecisionsOf(i).ToArray());
    }

    [Fact]
    public void Infinite_objectives_do_not_stop_the_search()
    {
        var problem = new FunctionProblem("timeouts", DecisionSpace.Continuous(2, 0, 1), 2, (x, f, _) =>
        {
            f[0] = x[0] > 0.5 ? double.PositiveInfinity : x[0] + x[1];
            f[1] = 1 - x[0] + x[1];
        });
        var result = Minimize.Run(problem, Nsga2.For(problem, 1, new() { PopulationSize = 20 }), Termination.AfterGenerations(40));
        Assert.InRange(result.Frontier.Objectives.ToArray().Count(double.IsFinite), 36, 40);
    }

    [Fact]
    public void Bad_options_and_results_are_refused()
    {
        var problem = new Bnh();
        Assert.Throws<ArgumentException>(() => Nsga2.For(problem, 1, new() { PopulationSize = 1 }));
        Assert.Throws<ArgumentException>(() => Nsga2.For(problem, 1, new() { Sampling = new RandomSampler(new Zdt1().Space, 1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Nsga2.For(problem, 1, new() { Variation = new() { MutationProbability = 2 } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Nsga2(problem.Space, 0, 0, 1));
        var optimizer = Nsga2.For(problem, 1);
        Assert.Throws<ArgumentException>(() => optimizer.Ask(new double[3]));
        Assert.Throws<ArgumentException>(() => optimizer.Tell([1, 1], [1, double.NaN], [0, 0]));
        Assert.Throws<ArgumentException>(() => optimizer.Tell([1, 1], [1, 1], [double.NaN, 0]));
        Assert.Throws<ArgumentException>(() => optimizer.Tell([1, 9], [1, 1], [0, 0]));
        Assert.Throws<ArgumentException>(() => optimizer.Tell([1, 1], [1, 1], [0]));
        Assert.Throws<ArgumentException>(() => optimizer.Tell([1, 1, 2], [1, 1], [0, 0]));
        Assert.Equal(0, optimizer.Population.Count);
    }

    private static double[] Run(TestProblem problem, Nsga2 optimizer, int batch, int evaluations)
    {
        var (n, m, k) = (problem.Space.Count, problem.ObjectiveCount, problem.ConstraintCount);
        var (x, f, g) = (new double[batch * n], new double[batch * m], new double[batch * k]);
        for (var done = 0; done < evaluations; done += batch)
        {
            optimizer.Ask(x);
            problem.Evaluate(x, batch, f, g);
            optimizer.Tell(x, f, g);
        }

        return optimizer.Population.Decisions.ToArray();
    }
}
