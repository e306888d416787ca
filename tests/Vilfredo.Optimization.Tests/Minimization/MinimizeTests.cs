using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Problems;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Tests.Minimization;

public class MinimizeTests
{
    private static readonly Zdt1 Problem = new(5);

    private static SamplingOptimizer RandomSearch() => new(new RandomSampler(Problem.Space, 1), 2);

    [Fact]
    public void The_budget_of_evaluations_is_met_exactly()
    {
        var result = Minimize.Run(Problem, Nsga2.For(Problem, 1), Termination.AfterEvaluations(250));
        Assert.Equal((250, 3, StopReason.Evaluations), (result.Evaluations, result.Generations, result.StopReason));
    }

    [Fact]
    public void Generations_are_batches_of_the_optimizer()
    {
        var result = Minimize.Run(Problem, Nsga2.For(Problem, 1, new() { PopulationSize = 20 }), Termination.AfterGenerations(7));
        Assert.Equal((140, 7, StopReason.Generations), (result.Evaluations, result.Generations, result.StopReason));
    }

    [Fact]
    public void Time_is_read_from_the_given_clock()
    {
        var clock = new SteppingClock();
        var result = Minimize.Run(Problem, RandomSearch(), Termination.AfterTime(TimeSpan.FromSeconds(10)), clock);
        Assert.Equal((StopReason.Time, 10), (result.StopReason, result.Generations));
    }

    [Fact]
    public void The_first_limit_that_is_reached_ends_the_run()
    {
        var termination = new Termination { Evaluations = 10_000, Generations = 5, Until = p => p.Evaluations >= 128 };
        var result = Minimize.Run(Problem, RandomSearch(), termination);
        Assert.Equal((StopReason.Condition, 128), (result.StopReason, result.Evaluations));
    }

    [Fact]
    public void An_exhausted_grid_ends_the_run()
    {
        var grid = new SamplingOptimizer(new GridSampler(Problem.Space, 2), 2);
        var result = Minimize.Run(Problem, grid, Termination.AfterEvaluations(1_000));
        Assert.Equal((StopReason.Exhausted, 32), (result.StopReason, result.Evaluations));
    }

    [Fact]
    public void A_cancelled_run_returns_what_it_has_and_can_be_continued()
    {
        using var source = new CancellationTokenSource();
        var optimizer = Nsga2.For(Problem, 3);
        var reports = new List<MinimizeProgress>();
        var progress = new Reporter(p =>
        {
            reports.Add(p);
            if (p.Generations == 4) source.Cancel();
        });
        var result = Minimize.Run(Problem, optimizer, new Termination(), progress: progress, cancellationToken: source.Token);
        Assert.Equal((StopReason.Canceled, 400), (result.StopReason, result.Evaluations));
        Assert.Equal([1, 2, 3, 4], reports.Select(r => r.Generations));

        var continued = Minimize.Run(Problem, optimizer, Termination.AfterGenerations(6));
        var whole = Minimize.Run(Problem, Nsga2.For(Problem, 3), Termination.AfterGenerations(10));
        Assert.Equal(whole.Population.Objectives.ToArray(), continued.Population.Objectives.ToArray());
    }

    [Fact]
    public void The_frontier_holds_feasible_non_dominated_points_only()
    {
        var result = Minimize.Run(new Osy(), Nsga2.For(new Osy(), 1), Termination.AfterGenerations(15));
        Assert.NotEqual(0, result.Frontier.Count);
        for (var i = 0; i < result.Frontier.Count; i++) Assert.True(result.Frontier.IsFeasible(i));
    }

    [Fact]
    public void Runs_that_cannot_end_and_optimizers_that_do_not_fit_are_refused()
    {
        Assert.Contains("never end", Assert.Throws<ArgumentException>(() => Minimize.Run(Problem, RandomSearch(), new Termination())).Message);
        Assert.Throws<ArgumentException>(() => Minimize.Run(Problem, RandomSearch(), Termination.AfterEvaluations(0)));
        Assert.Throws<ArgumentException>(() => Minimize.Run(Problem, RandomSearch(), Termination.AfterGenerations(-1)));
        Assert.Throws<ArgumentException>(() => Minimize.Run(Problem, RandomSearch(), Termination.AfterTime(TimeSpan.Zero)));
        Assert.Contains("other variables", Assert.Throws<ArgumentException>(
            () => Minimize.Run(new Zdt1(6), RandomSearch(), Termination.AfterEvaluations(10))).Message);
        Assert.Contains("constraints", Assert.Throws<ArgumentException>(
            () => Minimize.Run(new Bnh(), new SamplingOptimizer(new RandomSampler(new Bnh().Space, 1), 2), Termination.AfterEvaluations(10))).Message);
    }

    [Fact]
    public void A_problem_that_gives_NaN_is_reported()
    {
        var problem = new FunctionProblem("nan", DecisionSpace.Continuous(1, 0, 1), 1, (_, f, _) => f[0] = double.NaN);
        var optimizer = new SamplingOptimizer(new RandomSampler(problem.Space, 1), 1);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => Minimize.Run(problem, optimizer, Termination.AfterEvaluations(5))).Message);
    }

    [Fact]
    public void Populations_check_their_rows_and_sum_violations()
    {
        var population = new Population(2, 1, 2);
        population.Add([1, 2, 3, 4], [5, 6], [-1, 2, 3, 4]);
        Assert.Equal([2.0, 7.0], population.Violations.ToArray());
        Assert.False(population.IsFeasible(0));
        Assert.Equal([3, 4], population.DecisionsOf(1).ToArray());
        Assert.Throws<ArgumentException>(() => population.Add([1, 2], [1, 2], [0, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => population.Add([1, 2], [1], []));
        Assert.Throws<ArgumentException>(() => population.Add([1, 2], [double.NaN], [0, 0]));
        Assert.Throws<ArgumentException>(() => population.Add([1, 2], [1], [0, double.NaN]));
        Assert.Equal(2, population.Count);
    }

    private sealed class Reporter(Action<MinimizeProgress> report) : IProgress<MinimizeProgress>
    {
        public void Report(MinimizeProgress value) => report(value);
    }

    /// <summary>A clock that moves on by a second with every reading.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private long seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => seconds++;
    }
}
