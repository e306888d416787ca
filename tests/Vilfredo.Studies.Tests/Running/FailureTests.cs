using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies.Tests.Running;

public class FailureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_an_objective_throws_or_gives_wrongly_fails_the_trial_and_not_the_study(int workers)
    {
        using var study = TestStudies.Create(40);
        study.Run(
            trial => (trial.Number % 5) switch
            {
                0 => throw new InvalidOperationException("boom"),
                1 => [double.NaN, 1],
                2 => [1],
                3 => [1, double.PositiveInfinity],
                _ => TestStudies.Measure(trial),
            },
            new RunOptions { Parallelism = workers });
        var trials = study.Read(s => s.Trials.ToArray());
        Assert.Equal(40, trials.Length);
        Assert.All(trials, t => Assert.Equal(t.Number % 5 == 4 ? TrialState.Completed : TrialState.Failed, t.State));
        Assert.Equal("InvalidOperationException: boom", trials[0].Outcome!.Reason);
        Assert.Contains("NaN", trials[1].Outcome!.Reason, StringComparison.Ordinal);
        Assert.Contains("1 values but the study has 2 objectives", trials[2].Outcome!.Reason, StringComparison.Ordinal);
        Assert.Contains("not a finite number", trials[3].Outcome!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_beyond_its_limit_is_timed_out_and_its_late_result_counts()
    {
        using var release = new ManualResetEventSlim();
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var study = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options(3) with { TimeLimit = TimeSpan.FromMilliseconds(200) });
        var states = new List<TrialState>();
        var progress = new Reporter(p =>
        {
            lock (states) states.Add(p.Trial.State);
            if (p.Status == TellStatus.CountedLate) late.SetResult();
        });
        study.Run(
            trial =>
            {
                if (trial.Number == 1) release.Wait();
                return TestStudies.Measure(trial);
            },
            new RunOptions { Progress = progress });
        Assert.Equal([TrialState.Completed, TrialState.TimedOut, TrialState.Completed], states);
        Assert.Contains("time limit of 0.2 s", study.Read(s => s.Trials[1].Outcome!.Reason), StringComparison.Ordinal);

        release.Set();
        await late.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var record = study.Read(s => s.Trials[1]);
        Assert.Equal(TrialState.Late, record.State);
        Assert.Equal(2, record.Outcome!.Values.Length);
        Assert.Equal(TrialState.TimedOut.ToString(), Assert.Single(record.Uncounted).Outcome.Kind.ToString());
        Assert.Equal(3, study.Read(s => s.Finished));
    }

    [Fact]
    public void Measured_constraints_make_trials_infeasible_and_keep_them_off_the_frontier()
    {
        using var study = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options(60, sampler: "nsga2") with
        {
            Metrics = [new MetricDefinition("memory", "bytes")],
            MeasuredConstraints = [KnobExpression.Parse("memory <= 50"), KnobExpression.Parse("cost >= 0.1")],
        });
        study.Run(trial =>
        {
            trial.Metrics["memory"] = 10 * trial.Integer("n");
            return TestStudies.Measure(trial);
        });
        var trials = study.Read(s => s.Trials.ToArray());
        Assert.All(trials, t =>
        {
            var (memory, cost) = (10 * t.Configuration["n"].Number, t.Outcome!.Values[0]);
            Assert.Equal(memory <= 50 && cost >= 0.1 ? TrialState.Completed : TrialState.Infeasible, t.State);
            Assert.Equal([memory <= 50, cost >= 0.1], t.Outcome.Violations.Select(v => v == 0));
        });
        Assert.Contains(trials, t => t.State == TrialState.Infeasible);
        Assert.All(StudyFrontier.Of(study).Points, p => Assert.True(p.Configuration["n"].Number <= 5));
    }

    [Fact]
    public void A_constraint_on_something_that_was_not_measured_fails_the_trial()
    {
        using var study = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options(2) with
        {
            Metrics = [new MetricDefinition("memory")],
            MeasuredConstraints = [KnobExpression.Parse("memory <= 50")],
        });
        study.Run(TestStudies.Measure);
        Assert.All(study.Read(s => s.Trials.ToArray()), t => Assert.Contains("needs 'memory'", t.Outcome!.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_stopped_run_leaves_its_trials_to_the_next()
    {
        using var study = TestStudies.Create(10);
        using var stop = new CancellationTokenSource();
        var summary = study.Run(
            trial =>
            {
                if (trial.Number == 4) stop.Cancel();
                return TestStudies.Measure(trial);
            },
            cancellation: stop.Token);
        Assert.True(summary.IsStopped);
        Assert.Equal("stopped by the user", summary.Reason);
        Assert.Equal(5, study.Read(s => s.Finished));
        study.Run(TestStudies.Measure);
        Assert.Equal(10, study.Read(s => s.Finished));
    }

    [Fact]
    public void When_the_storage_fails_the_run_ends_with_its_error()
    {
        using var directory = new Storage.TemporaryDirectory();
        using var storage = new SqliteStorage(directory.File("s.db"));
        using var study = TestStudies.Create(1000, storage);
        var error = Assert.Throws<StudyStorageException>(() => study.Run(
            trial =>
            {
                if (trial.Number == 5) storage.Delete("study");
                return TestStudies.Measure(trial);
            },
            new RunOptions { Parallelism = 2 }));
        Assert.Contains("study", error.Message, StringComparison.Ordinal);
    }

    private sealed class Reporter(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }
}
