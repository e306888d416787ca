using Vilfredo.Indicators;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Evolutionary;

/// <summary>What every generational algorithm has to do beside NSGA-II, whose own tests say more.</summary>
public class EvolutionaryAlgorithmTests
{
    public static TheoryData<string> Algorithms => ["nsga3", "smsemoa", "smsemoa batch", "unsga3", "spea2", "rvea", "agemoea2"];

    // The share of the true front's hypervolume, reference point 10 percent of the range beyond the nadir.
    [Theory]
    [InlineData("nsga3", "ZDT1", 100, 200, 0.98)]
    [InlineData("nsga3", "DTLZ2", 92, 150, 0.9)]
    [InlineData("nsga3", "BNH", 100, 60, 0.98)]
    [InlineData("smsemoa", "ZDT1", 100, 200, 0.985)]
    [InlineData("smsemoa", "DTLZ2", 92, 100, 0.92)]
    [InlineData("smsemoa", "BNH", 100, 60, 0.99)]
    [InlineData("smsemoa batch", "ZDT1", 100, 200, 0.985)]
    [InlineData("smsemoa batch", "DTLZ2", 92, 100, 0.92)]
    [InlineData("unsga3", "ZDT1", 100, 200, 0.98)]
    [InlineData("unsga3", "DTLZ2", 92, 150, 0.9)]
    [InlineData("spea2", "ZDT1", 100, 200, 0.98)]
    [InlineData("spea2", "DTLZ2", 92, 100, 0.9)]
    [InlineData("spea2", "BNH", 100, 60, 0.98)]
    [InlineData("rvea", "ZDT1", 100, 200, 0.88)] // the paper's weight of angles is for many objectives
    [InlineData("rvea", "DTLZ2", 92, 150, 0.9)]
    [InlineData("rvea", "BNH", 100, 200, 0.95)]
    [InlineData("agemoea2", "ZDT1", 100, 200, 0.98)]
    [InlineData("agemoea2", "DTLZ2", 92, 100, 0.9)]
    [InlineData("agemoea2", "BNH", 100, 60, 0.98)]
    public void Reaches_the_stated_share_of_the_true_hypervolume(string name, string problemName, int population, int generations, double share)
    {
        var problem = TestProblems.Named(problemName);
        var m = problem.ObjectiveCount;
        double[] reference = [.. Enumerable.Range(0, m).Select(k => problem.Nadir[k] + 0.1 * (problem.Nadir[k] - problem.Ideal[k]))];
        var best = Hypervolume.Compute(problem.SampleFront(m == 2 ? 2_000 : 4_000), m, reference);
        for (var seed = 1UL; seed <= 2; seed++)
        {
            var result = Minimize.Run(problem, Create(name, problem, seed, population), Termination.AfterEvaluations(population * generations));
            if (name == "rvea") Assert.InRange(result.Population.Count, population / 4, population); // one per vector that has points
            else Assert.Equal(population, result.Population.Count);
            Assert.All(Enumerable.Range(0, result.Frontier.Count), i => Assert.Equal(0, result.Frontier.Violations[i]));
            Assert.InRange(Hypervolume.Compute(result.Frontier.Objectives, m, reference) / best, share, 1.001);
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_same_seed_gives_the_same_run(string name)
    {
        var problem = new Tnk();
        double[] Run(ulong seed) =>
            Minimize.Run(problem, Create(name, problem, seed, 20), Termination.AfterEvaluations(400)).Population.Decisions.ToArray();
        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Looking_at_the_population_changes_nothing(string name)
    {
        var problem = new Zdt1(5);
        var (watched, alone) = (Create(name, problem, 3, 10), Create(name, problem, 3, 10));
        for (var i = 0; i < 60; i++)
        {
            Step(watched);
            _ = watched.Population.Count;
            Step(alone);
        }

        Assert.Equal(alone.Population.Decisions, watched.Population.Decisions);

        void Step(EvolutionaryOptimizer optimizer)
        {
            var (x, f) = (new double[15], new double[6]);
            optimizer.Ask(x);
            problem.Evaluate(x, 3, f, []);
            optimizer.Tell(x, f, []);
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_mixed_problem_is_solved(string name)
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
        var result = Minimize.Run(problem, Create(name, problem, 1, 40), Termination.AfterEvaluations(40 * 150));
        var best = result.Frontier;
        for (var i = 0; i < best.Count; i++)
        {
            var x = best.DecisionsOf(i);
            Assert.True(space.Contains(x));
            Assert.Equal((2, 1, 2), (x[2], x[3], x[4]));
            // RVEA keeps the only point of a vector, also one behind the front.
            Assert.Equal(x[1] / 20, x[0], name == "rvea" ? 0.1 : 0.06);
        }

        Assert.InRange(Enumerable.Range(0, best.Count).Select(i => best.DecisionsOf(i)[1]).Distinct().Count(), 11, 21); // at least half of all
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void When_nothing_is_feasible_the_violation_is_minimised(string name)
    {
        var problem = new FunctionProblem(
            "infeasible", DecisionSpace.Continuous(3, 0, 1), 2, (x, f, g) => (f[0], f[1], g[0]) = (x[1], x[2], 1 + x[0]), 1);
        var population = Minimize.Run(problem, Create(name, problem, 1, 20), Termination.AfterEvaluations(1_200)).Population;
        Assert.Equal(20, population.Count);
        Assert.All(Enumerable.Range(0, 20), i => Assert.InRange(population.Violations[i], 1, 1.05));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Generations_depend_on_the_results_only(string name)
    {
        var problem = new Bnh();
        var generation = EvolutionaryGeneration.First(problem.Space, 2, 2, 7, OptionsOf(name, 12));
        for (var g = 0; g < 5; g++)
        {
            var children = Children(generation);
            var next = generation.Next(children);
            Assert.Equal(next.Parents.Decisions, generation.Next(children).Parents.Decisions); // the earlier one is unchanged
            generation = next;
        }

        Assert.Equal((5, 12), (generation.Number, generation.Parents.Count));

        Population Children(EvolutionaryGeneration parents)
        {
            var children = new Population(2, 2, 2);
            var (x, f, g) = (new double[2], new double[2], new double[2]);
            for (var i = 0; i < parents.PopulationSize; i++)
            {
                parents.Propose(i, x);
                problem.Evaluate(x, 1, f, g);
                children.Add(x, f, g);
            }

            return children;
        }
    }

    [Fact]
    public void Many_objectives_work()
    {
        var problem = new Dtlz2(6);
        Assert.Equal(40, Minimize.Run(problem, Create("nsga3", problem, 1, 40), Termination.AfterEvaluations(800)).Population.Count);
        Assert.Equal(20, Minimize.Run(problem, Create("smsemoa", problem, 1, 20), Termination.AfterEvaluations(100)).Population.Count);
        Assert.InRange(Minimize.Run(problem, Create("rvea", problem, 1, 40), Termination.AfterEvaluations(800)).Population.Count, 10, 40);
        foreach (var name in new[] { "unsga3", "spea2", "agemoea2" })
            Assert.Equal(40, Minimize.Run(problem, Create(name, problem, 1, 40), Termination.AfterEvaluations(800)).Population.Count);
        Assert.Equal(4, Minimize.Run(problem, Create("nsga3", problem, 1, 4), Termination.AfterEvaluations(80)).Population.Count);
    }

    [Fact]
    public void Bad_options_are_refused()
    {
        var problem = new Zdt1();
        Assert.Throws<ArgumentException>(() => Nsga3.For(problem, 1, new() { PopulationSize = 1 }));
        Assert.Throws<ArgumentException>(() => Nsga3.For(problem, 1, new() { Directions = [1, 0, 1] }));
        Assert.Throws<ArgumentException>(() => SmsEmoa.For(problem, 1, new() { PopulationSize = 1 }));
        Assert.Throws<ArgumentException>(() => Spea2.For(problem, 1, new() { PopulationSize = 1 }));
        Assert.Throws<ArgumentException>(() => AgeMoea2.For(problem, 1, new() { PopulationSize = 1 }));
        Assert.Throws<ArgumentException>(() => Rvea.For(problem, 1, new() { Generations = 0 }));
        Assert.Throws<ArgumentException>(() => Rvea.For(problem, 1, new() { AdaptationShare = 0 }));
        Assert.Throws<ArgumentException>(() => Rvea.For(problem, 1, new() { Exponent = -1 }));
        Assert.Throws<ArgumentException>(() => Rvea.For(problem, 1, new() { AngleWeight = -1 }));
        Assert.Throws<ArgumentException>(() => Rvea.For(problem, 1, new() { AngleWeight = double.NaN }));
        Assert.Throws<ArgumentException>(() => Rvea.For(problem, 1, new() { Directions = [1, -1] }));
        Assert.Throws<ArgumentException>(() => SmsEmoa.For(problem, 1, new() { Children = 0 }));
        Assert.Throws<ArgumentException>(() => SmsEmoa.For(problem, 1, new() { Mating = (SmsEmoaMating)7 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmsEmoa(problem.Space, 0, 0, 1));
    }

    [Fact]
    public void Tournaments_by_dominance_change_the_run_of_SMS_EMOA_and_its_batches()
    {
        var problem = new Zdt1();
        double[] Run(SmsEmoaMating mating) =>
            Minimize.Run(problem, SmsEmoa.For(problem, 1, new() { PopulationSize = 20, Mating = mating }), Termination.AfterEvaluations(400)).Population.Objectives.ToArray();
        Assert.NotEqual(Run(SmsEmoaMating.Random), Run(SmsEmoaMating.Dominance));

        // Of two parents, one of which dominates the other, all children of a batch are copies of the better one.
        var space = DecisionSpace.Continuous(1, 0, 1);
        var options = new SmsEmoaOptions { PopulationSize = 2, Mating = SmsEmoaMating.Dominance, Variation = new() { CrossoverProbability = 0, MutationProbability = 0 } };
        var parents = new Population(1, 2, 0);
        parents.Add([0.1], [1, 1], []);
        parents.Add([0.9], [2, 2], []);
        var generation = EvolutionaryGeneration.First(space, 2, 0, 1, options).Next(parents);
        var child = new double[1];
        for (var i = 0; i < 20; i++)
        {
            generation.Propose(i, child);
            Assert.Equal(0.1, child[0]);
        }
    }

    private static EvolutionaryOptions OptionsOf(string name, int population) => name switch
    {
        "nsga3" => new Nsga3Options { PopulationSize = population },
        "unsga3" => new Nsga3Options { PopulationSize = population, Unified = true },
        "spea2" => new Spea2Options { PopulationSize = population },
        "rvea" => new RveaOptions { PopulationSize = population },
        "agemoea2" => new AgeMoea2Options { PopulationSize = population },
        "smsemoa" => new SmsEmoaOptions { PopulationSize = population },
        _ => new SmsEmoaOptions { PopulationSize = population, Children = population },
    };

    private static EvolutionaryOptimizer Create(string name, IProblem problem, ulong seed, int population) => OptionsOf(name, population) switch
    {
        Nsga3Options options => Nsga3.For(problem, seed, options),
        Spea2Options options => Spea2.For(problem, seed, options),
        RveaOptions options => Rvea.For(problem, seed, options),
        AgeMoea2Options options => AgeMoea2.For(problem, seed, options),
        var options => SmsEmoa.For(problem, seed, (SmsEmoaOptions)options),
    };
}
