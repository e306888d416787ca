using Vilfredo.Optimization.Bayesian;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.ParzenEstimators;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Tests.Evolutionary;

/// <summary>Every optimiser on problems that leave it little to go by, and on results that make no sense.</summary>
public class DegenerateProblemTests
{
    public static TheoryData<string> All => ["nsga2", "nsga3", "unsga3", "smsemoa", "spea2", "agemoea2", "rvea", "moead", "gde3", "mopso", "mocmaes", "ctaea", "rnsga2", "rnsga3", "random", "bayesian", "tpe"];

    [Theory]
    [MemberData(nameof(All))]
    public void One_constant_objective_leaves_the_minimum_of_the_other(string name)
    {
        var problem = Problem((x, f, _) => (f[0], f[1]) = (3, x[0]));
        var result = Minimize.Run(problem, Create(name, problem), Termination.AfterEvaluations(IsModel(name) ? 24 : 1_200));
        Assert.True(result.Frontier.Count > 0);
        Assert.InRange(Enumerable.Range(0, result.Frontier.Count).Min(i => result.Frontier.ObjectivesOf(i)[1]), 0, 0.1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void All_results_alike_end_nothing(string name)
    {
        var problem = Problem((_, f, _) => (f[0], f[1]) = (1, 2));
        var result = Minimize.Run(problem, Create(name, problem), Termination.AfterEvaluations(IsModel(name) ? 16 : 300));
        Assert.Equal(IsModel(name) ? 16 : 300, result.Evaluations);
        Assert.Equal([1.0, 2.0], result.Population.ObjectivesOf(0).ToArray());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_result_that_is_NaN_is_refused_and_changes_nothing(string name)
    {
        var problem = Problem((x, f, _) => (f[0], f[1]) = (x[0], 1 - x[0]));
        var optimizer = Create(name, problem);
        var decisions = new double[4];
        optimizer.Ask(decisions);
        Assert.ThrowsAny<ArgumentException>(() => optimizer.Tell(decisions, [0, double.NaN, 1, 1], []));
        Assert.ThrowsAny<ArgumentException>(() => optimizer.Tell(decisions, [0, 1, 1], []));
        Assert.Equal(0, optimizer.Population.Count);
        optimizer.Tell(decisions, [0, 1, 1, 0], []);
        Assert.Equal(2, optimizer.Population.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Where_every_point_is_infeasible_the_least_violation_is_sought(string name)
    {
        var problem = new FunctionProblem("infeasible", DecisionSpace.Continuous(2, 0, 1), 2, (x, f, g) => (f[0], f[1], g[0]) = (x[1], 1 - x[1], 0.5 + x[0]), 1);
        var budget = IsModel(name) ? 24 : 1_200;
        var result = Minimize.Run(problem, Create(name, problem), Termination.AfterEvaluations(budget));
        Assert.Equal(budget, result.Evaluations);
        Assert.InRange(result.Population.Count, 1, int.MaxValue);
        Assert.All(result.Population.Violations.ToArray(), violation => Assert.InRange(violation, 0.5, 1.5));
        Assert.InRange(result.Population.Violations.ToArray().Min(), 0.5, IsModel(name) ? 0.8 : 0.6);
    }

    // A factor of a power of two changes no rounding, so that whole runs agree.
    [Theory]
    [InlineData("nsga2")]
    [InlineData("nsga3")]
    [InlineData("unsga3")]
    [InlineData("agemoea2")]
    [InlineData("gde3")]
    [InlineData("moead")]
    [InlineData("random")]
    public void The_scale_of_objectives_does_not_matter_to_those_that_say_so(string name)
    {
        double[] Run(double factor)
        {
            var problem = Problem((x, f, _) => (f[0], f[1]) = (x[0] + x[1] * x[1], factor * (1 - x[0] + x[1])));
            return Minimize.Run(problem, Create(name, problem), Termination.AfterEvaluations(600)).Population.Decisions.ToArray();
        }

        Assert.Equal(Run(1), Run(1024));
    }

    private static bool IsModel(string name) => name is "bayesian" or "tpe";

    private static FunctionProblem Problem(PointEvaluation values) => new("degenerate", DecisionSpace.Continuous(2, 0, 1), 2, values);

    private static IOptimizer Create(string name, FunctionProblem problem) => name switch
    {
        "nsga2" => Nsga2.For(problem, 1, new() { PopulationSize = 40 }),
        "nsga3" => Nsga3.For(problem, 1, new() { PopulationSize = 40 }),
        "unsga3" => Nsga3.For(problem, 1, new() { PopulationSize = 40, Unified = true }),
        "smsemoa" => SmsEmoa.For(problem, 1, new() { PopulationSize = 40 }),
        "spea2" => Spea2.For(problem, 1, new() { PopulationSize = 40 }),
        "agemoea2" => AgeMoea2.For(problem, 1, new() { PopulationSize = 40 }),
        "rvea" => Rvea.For(problem, 1, new() { PopulationSize = 40, Generations = 30 }),
        "moead" => Moead.For(problem, 1, new() { Weights = MoeadOptions.LatticeOf(2, 40), Normalize = true }),
        "gde3" => Gde3.For(problem, 1, new() { PopulationSize = 40 }),
        "mopso" => Mopso.For(problem, 1, new() { PopulationSize = 40, ArchiveSize = 40 }),
        "mocmaes" => MoCmaEs.For(problem, 1, new() { PopulationSize = 40 }),
        "ctaea" => Ctaea.For(problem, 1, new() { PopulationSize = 40 }),
        "rnsga2" => RNsga2.For(problem, 1, new() { PopulationSize = 40, ReferencePoints = [1, 0] }),
        "rnsga3" => RNsga3.For(problem, 1, new() { PopulationSize = 40, Weights = [1, 1] }),
        "bayesian" => BayesianOptimizer.For(problem, 1),
        "tpe" => TreeParzenOptimizer.For(problem, 1),
        _ => new SamplingOptimizer(new RandomSampler(problem.Space, 1), 2, problem.ConstraintCount),
    };
}
