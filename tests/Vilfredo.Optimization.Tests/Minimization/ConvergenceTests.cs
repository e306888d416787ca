using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Tests.Minimization;

/// <summary>Runs that end by what they found.</summary>
public class ConvergenceTests
{
    private static readonly Zdt1 Problem = new(5);

    [Fact]
    public void A_run_ends_when_one_point_is_as_good_as_the_target()
    {
        var result = Minimize.Run(Problem, Nsga2.For(Problem, 1), new Termination { Target = [0.6, 0.6], Evaluations = 50_000 });
        Assert.Equal(StopReason.Target, result.StopReason);
        Assert.InRange(result.Evaluations, 200, 20_000);
        var last = Enumerable.Range(0, result.Population.Count).Select(i => result.Population.ObjectivesOf(i).ToArray());
        Assert.Contains(last, f => f[0] <= 0.6 && f[1] <= 0.6);
    }

    [Fact]
    public void An_objective_that_does_not_matter_is_infinity()
    {
        var result = Minimize.Run(Problem, Nsga2.For(Problem, 1), new Termination { Target = [0.05, double.PositiveInfinity] });
        Assert.Equal((StopReason.Target, 1), (result.StopReason, result.Generations));
    }

    [Fact]
    public void A_run_ends_at_a_hypervolume_that_it_has_then()
    {
        // ZDT1 has 2/3 below the reference point (1, 1).
        var result = Minimize.Run(Problem, Nsga2.For(Problem, 2), new Termination { Hypervolume = new(0.6, [1, 1]), Evaluations = 50_000 });
        Assert.Equal(StopReason.Target, result.StopReason);
        Assert.InRange(Vilfredo.Indicators.Hypervolume.Compute(result.Frontier.Objectives, 2, [1, 1]), 0.58, 0.67);
        Assert.Equal(StopReason.Evaluations, Minimize.Run(Problem, Nsga2.For(Problem, 2), new Termination { Hypervolume = new(0.7, [1, 1]), Evaluations = 5_000 }).StopReason);
    }

    [Fact]
    public void A_run_ends_when_the_hypervolume_stands_still_and_not_before_it_is_near_the_front()
    {
        var result = Minimize.Run(Problem, Nsga2.For(Problem, 3), new Termination { Stagnation = new(20), Evaluations = 200_000 });
        Assert.Equal(StopReason.Stagnation, result.StopReason);
        Assert.InRange(result.Evaluations, 2_000, 100_000);
        Assert.InRange(Vilfredo.Indicators.Hypervolume.Compute(result.Frontier.Objectives, 2, [1, 1]), 0.63, 0.67);
        // A looser tolerance ends earlier.
        Assert.True(Minimize.Run(Problem, Nsga2.For(Problem, 3), new Termination { Stagnation = new(20, 0.05), Evaluations = 200_000 }).Evaluations < result.Evaluations);
    }

    [Fact]
    public void Constant_objectives_stand_still_at_once_and_infeasible_points_never_do()
    {
        var constant = new FunctionProblem("constant", DecisionSpace.Continuous(2, 0, 1), 2, (x, f, _) => (f[0], f[1]) = (1, 2));
        Assert.Equal((StopReason.Stagnation, 4), Ended(constant, new Termination { Stagnation = new(3), Generations = 50 }));
        var infeasible = new FunctionProblem("infeasible", DecisionSpace.Continuous(2, 0, 1), 2, (x, f, g) => (f[0], f[1], g[0]) = (x[0], x[1], 1), constraintCount: 1);
        Assert.Equal((StopReason.Generations, 50), Ended(infeasible, new Termination { Stagnation = new(3), Target = [5, 5], Hypervolume = new(0.1, [2, 2]), Generations = 50 }));

        static (StopReason, long) Ended(IProblem problem, Termination termination)
        {
            var result = Minimize.Run(problem, Nsga2.For(problem, 1, new() { PopulationSize = 20 }), termination);
            return (result.StopReason, result.Generations);
        }
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        void Refused(Termination termination) =>
            Assert.ThrowsAny<ArgumentException>(() => Minimize.Run(Problem, new SamplingOptimizer(new RandomSampler(Problem.Space, 1), 2), termination));
        Refused(new() { Target = [1] });
        Refused(new() { Target = [1, double.NaN] });
        Refused(new() { Hypervolume = new(0, [1, 1]) });
        Refused(new() { Hypervolume = new(1, [1]) });
        Refused(new() { Stagnation = new(0) });
        Refused(new() { Stagnation = new(5, 1) });
        Refused(new() { Stagnation = new(5) { ReferencePoint = [1, double.NaN] } });
        Refused(new());
    }
}
