using Vilfredo.Studies.Tests.Storage;

namespace Vilfredo.Studies.Tests.Running;

public class AskTellTests
{
    [Fact]
    public void The_last_trials_are_waited_for_and_then_the_budget_is_spent()
    {
        using var study = TestStudies.Create(2);
        var (first, second) = (study.AskTrial(), study.AskTrial());
        Assert.Equal(AskStatus.Wait, study.Ask().Status);
        study.Tell(first, 1, 2);
        Assert.Equal(AskStatus.Wait, study.Ask().Status);
        study.Tell(second, 1, 2);
        Assert.Equal(AskStatus.BudgetSpent, study.Ask().Status);
        Assert.Contains("all 2 trials", study.Ask().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deterministic_generation_waits_for_the_whole_of_the_one_before()
    {
        using var study = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options() with
        {
            Sampler = new SamplerDefinition("nsga2") { Options = new Dictionary<string, double> { ["population"] = 4 } },
            Deterministic = true,
        });
        var generation = Enumerable.Range(0, 4).Select(_ => study.AskTrial()).ToArray();
        Assert.Equal(AskStatus.Wait, study.Ask().Status);
        foreach (var trial in generation[..3]) study.Tell(trial, TestStudies.Measure(trial));
        Assert.Equal(AskStatus.Wait, study.Ask().Status);
        study.Tell(generation[3], TrialOutcome.Failed("broken"));
        Assert.Equal(AskStatus.Trial, study.Ask().Status);
    }

    [Fact]
    public void Without_deterministic_a_generation_does_not_wait()
    {
        using var study = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options() with
        {
            Sampler = new SamplerDefinition("nsga2") { Options = new Dictionary<string, double> { ["population"] = 4 } },
        });
        for (var i = 0; i < 20; i++) study.AskTrial();
    }

    [Fact]
    public void A_grid_is_exhausted_after_its_last_point()
    {
        using var study = Study.Create(new SearchSpace([new IntegerKnob("n", 1, 3)]), [Objective.Minimize("loss")], TestStudies.Options(sampler: "grid"));
        var summary = study.Run(trial => [trial.Integer("n")]);
        Assert.Equal((AskStatus.Exhausted, 3), (summary.Status, summary.Trials));
        Assert.Equal([1, 2, 3], study.Read(s => s.Trials.Select(t => t.Configuration["n"].Number).Order().ToArray()));
    }

    [Fact]
    public void A_cancelled_trial_is_given_out_again_before_new_ones()
    {
        using var study = TestStudies.Create(3);
        var first = study.AskTrial();
        study.Tell(first, TrialOutcome.Cancelled());
        var again = study.AskTrial();
        Assert.Equal((first.Number, 2), (again.Number, again.Attempt));
        Assert.Equal(first.Configuration, again.Configuration);
        study.Tell(again, 1, 2);
        Assert.Equal(TrialState.Completed, study.Read(s => s.Trials[0].State));
    }

    [Fact]
    public void A_lease_keeps_a_trial_as_long_as_it_is_extended()
    {
        using var directory = new TemporaryDirectory();
        using var storage = new SqliteStorage(directory.File("s.db"));
        var clock = new ManualClock();
        using var first = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options(9, storage) with { Clock = clock, Worker = "one" });
        using var second = Study.Open(storage, "study", new StudyOptions { Clock = clock, Worker = "two" });
        var given = first.AskTrial();
        clock.Advance(TimeSpan.FromSeconds(20));
        first.ExtendLeases();
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, second.AskTrial().Number);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal((given.Number, 2), second.AskTrial() is var again ? (again.Number, again.Attempt) : default);
    }

    [Fact]
    public void A_trial_whose_workers_vanish_three_times_has_failed()
    {
        using var directory = new TemporaryDirectory();
        using var storage = new SqliteStorage(directory.File("s.db"));
        var clock = new ManualClock();
        using var study = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options(2, storage) with { Clock = clock });
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal((0, attempt), study.AskTrial() is var given ? (given.Number, given.Attempt) : default);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, study.AskTrial().Number);
        var record = study.Read(s => s.Trials[0]);
        Assert.Equal(TrialState.Failed, record.State);
        Assert.Contains("worker was gone 3 times", record.Outcome!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Input_constraints_hold_for_every_proposal()
    {
        var space = new SearchSpace([new FloatKnob("a", 0, 1), new FloatKnob("b", 0, 1)], [KnobExpression.Parse("a < b"), KnobExpression.Parse("a + b <= 1")]);
        Assert.All(Samplers.Names, sampler =>
        {
            using var study = Study.Create(space, TestStudies.TwoObjectives, TestStudies.Options(100, sampler: sampler));
            study.Run(trial => [trial.Float("a"), trial.Float("b")]);
            Assert.All(study.Read(s => s.Trials.ToArray()), t =>
            {
                var (a, b) = (t.Configuration["a"].Number, t.Configuration["b"].Number);
                Assert.True(a < b && a + b <= 1, $"{sampler}: {t.Configuration}");
            });
        });
    }
}
