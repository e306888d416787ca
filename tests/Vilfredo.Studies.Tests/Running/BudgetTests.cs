namespace Vilfredo.Studies.Tests.Running;

public class BudgetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void A_budget_of_trials_is_kept_exactly(int workers)
    {
        using var study = TestStudies.Create(50);
        var summary = study.Run(TestStudies.Measure, new RunOptions { Parallelism = workers });
        Assert.Equal((AskStatus.BudgetSpent, 50), (summary.Status, summary.Trials));
        Assert.Equal(50, study.Read(s => s.Finished));
    }

    [Fact]
    public void A_budget_of_time_is_overrun_by_the_running_trial_only()
    {
        var clock = new ManualClock();
        using var study = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options() with
        {
            Clock = clock,
            Budget = new StudyBudget { Time = TimeSpan.FromSeconds(35) },
        });
        var summary = study.Run(trial =>
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            return TestStudies.Measure(trial);
        });
        Assert.Equal((AskStatus.BudgetSpent, 4), (summary.Status, summary.Trials));
        Assert.Contains("time budget", summary.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_counts_only_while_trials_run()
    {
        var clock = new ManualClock();
        using var study = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options() with
        {
            Clock = clock,
            Budget = new StudyBudget { Time = TimeSpan.FromSeconds(35) },
        });
        for (var i = 0; i < 4; i++)
        {
            var trial = study.AskTrial();
            clock.Advance(TimeSpan.FromSeconds(10));
            study.Tell(trial, 1, 2);
            clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(TimeSpan.FromSeconds(40), study.Read(s => s.UsedTime));
        Assert.Equal(AskStatus.BudgetSpent, study.Ask().Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_budget_of_money_is_overrun_by_the_running_trials_only(int workers)
    {
        using var study = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options() with
        {
            Metrics = [new MetricDefinition("money", "USD")],
            Budget = new StudyBudget { Costs = new Dictionary<string, double> { ["money"] = 5 } },
        });
        var summary = study.Run(
            trial =>
            {
                trial.Metrics["money"] = 0.5;
                return TestStudies.Measure(trial);
            },
            new RunOptions { Parallelism = workers });
        Assert.Equal(AskStatus.BudgetSpent, summary.Status);
        Assert.InRange(study.Read(s => s.Cost("money")), 5, 5 + 0.5 * (workers - 1));
    }

    [Fact]
    public void A_larger_budget_goes_on_where_the_study_ended()
    {
        using var study = TestStudies.Create(5);
        study.Run(TestStudies.Measure);
        study.Change(d => d with { Budget = d.Budget with { Trials = 8 } }, "three more");
        Assert.Equal(3, study.Run(TestStudies.Measure).Trials);
        Assert.Equal(["", "three more"], study.Read(s => s.History.Select(h => h.Note).ToArray()));
    }
}
