namespace Vilfredo.Studies.Tests.Running;

/// <summary>Budgets that depend on what was found.</summary>
public class GoalTests
{
    private static Study Create(StudyBudget budget, string name = "study", IStudyStorage? storage = null) =>
        Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options(name: name, storage: storage) with { Budget = budget });

    [Fact]
    public void A_study_ends_when_one_trial_is_as_good_as_the_target_in_every_named_objective()
    {
        using var study = Create(new() { Trials = 10, Target = new Dictionary<string, double> { ["cost"] = 2, ["quality"] = 5 } });
        double[][] values = [[1, 4], [3, 9], [2, 5], [0, 0]];
        var summary = study.Run(trial => values[trial.Number]);
        Assert.Equal((AskStatus.BudgetSpent, 3), (summary.Status, summary.Trials));
        Assert.Equal("trial 2 reaches the target", summary.Reason);
    }

    [Fact]
    public void A_target_of_one_objective_leaves_the_others_free_and_infeasible_trials_do_not_reach_it()
    {
        var options = TestStudies.Options() with
        {
            Budget = new() { Trials = 10, Target = new Dictionary<string, double> { ["quality"] = 5 } },
            MeasuredConstraints = [KnobExpression.Parse("cost <= 50")],
        };
        using var study = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, options);
        double[][] values = [[1, 4], [99, 9], [50, 5]];
        Assert.Equal(3, study.Run(trial => values[trial.Number]).Trials);
    }

    [Fact]
    public void A_target_counts_although_an_earlier_trial_is_still_running()
    {
        using var study = Create(new() { Target = new Dictionary<string, double> { ["cost"] = 1 } });
        study.AskTrial();
        study.Tell(study.AskTrial(), 0.5, 0);
        Assert.Equal(AskStatus.BudgetSpent, study.Ask().Status);
    }

    [Fact]
    public void A_study_ends_at_a_hypervolume()
    {
        // Reference point (10, 0): the points (9, 1), (8, 2), (5, 2) have the hypervolumes 1, 4, 10.
        using var study = Create(new()
        {
            Trials = 9,
            Hypervolume = new(10, new Dictionary<string, double> { ["cost"] = 10, ["quality"] = 0 }),
        });
        double[][] values = [[9, 1], [8, 2], [5, 2], [0, 9]];
        var summary = study.Run(trial => values[trial.Number]);
        Assert.Equal(3, summary.Trials);
        Assert.Contains("hypervolume 10", summary.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_study_ends_when_its_frontier_stands_still(int workers)
    {
        using var study = Create(new() { Trials = 500, Stagnation = new(20) });
        // It grows for 40 trials and never after.
        var summary = study.Run(trial => [100 - Math.Min(trial.Number, 40), 1], new RunOptions { Parallelism = workers });
        Assert.InRange(summary.Trials, 61, 64 + workers);
        Assert.Contains("last 20 trials", summary.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frontier_that_grows_does_not_stand_still_and_one_that_grows_too_little_does()
    {
        using var growing = Create(new() { Trials = 200, Stagnation = new(20) });
        Assert.Equal(200, growing.Run(trial => [1000 - trial.Number, 1]).Trials);
        using var creeping = Create(new() { Trials = 200, Stagnation = new(20, 0.5) });
        Assert.InRange(creeping.Run(trial => [1000 - trial.Number, 1]).Trials, 21, 199);
    }

    [Fact]
    public void A_study_without_a_feasible_trial_is_not_said_to_stand_still()
    {
        using var study = Create(new() { Trials = 60, Stagnation = new(10) });
        Assert.Equal(60, study.Run(_ => throw new InvalidOperationException("always")).Trials);
    }

    [Fact]
    public void Goals_that_were_reached_stay_reached_until_the_budget_changes()
    {
        using var storage = new MemoryStorage();
        using (var study = Create(new() { Target = new Dictionary<string, double> { ["cost"] = 1 } }, "kept", storage)) study.Run(_ => [1, 1]);
        using var again = Study.Open(storage, "kept");
        Assert.Equal(AskStatus.BudgetSpent, again.Ask().Status);
        again.Change(old => old with { Budget = new() { Trials = 2 } }, "more");
        Assert.NotNull(again.Ask().Trial);
    }

    [Theory]
    [InlineData("names 'speed'", "unknown")]
    [InlineData("must be finite", "infinite")]
    [InlineData("no value for 'quality'", "partial")]
    [InlineData("above 0", "empty")]
    [InlineData("'trials' must be at least 1", "short")]
    [InlineData("'tolerance' must be", "tolerance")]
    public void What_makes_no_sense_is_refused(string message, string mistake)
    {
        StudyBudget budget = mistake switch
        {
            "unknown" => new() { Target = new Dictionary<string, double> { ["speed"] = 1 } },
            "infinite" => new() { Target = new Dictionary<string, double> { ["cost"] = double.NegativeInfinity } },
            "partial" => new() { Hypervolume = new(1, new Dictionary<string, double> { ["cost"] = 1 }) },
            "empty" => new() { Hypervolume = new(0, new Dictionary<string, double> { ["cost"] = 1, ["quality"] = 0 }) },
            "short" => new() { Stagnation = new(0) },
            _ => new() { Stagnation = new(5, 1) },
        };
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Create(budget)).Message, StringComparison.Ordinal);
    }
}
