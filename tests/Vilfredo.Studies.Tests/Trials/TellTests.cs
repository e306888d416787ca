using Vilfredo.Studies.Tests.Storage;

namespace Vilfredo.Studies.Tests.Trials;

public class TellTests
{
    [Fact]
    public void Telling_twice_keeps_the_first_result_and_the_second_beside_it()
    {
        using var study = TestStudies.Create();
        var trial = study.AskTrial();
        Assert.Equal(TellStatus.Counted, study.Tell(trial, 1, 2));
        Assert.Equal(TellStatus.Duplicate, study.Tell(trial, 3, 4));
        var record = study.Read(s => s.Trials[0]);
        Assert.Equal([1, 2], record.Outcome!.Values);
        Assert.Equal([3, 4], Assert.Single(record.Uncounted).Outcome.Values);
        Assert.Equal(1, study.Read(s => s.Finished));
    }

    [Fact]
    public void A_result_after_the_lease_counts_when_there_is_no_other_and_the_next_one_is_superseded()
    {
        using var directory = new TemporaryDirectory();
        using var storage = new SqliteStorage(directory.File("s.db"));
        var clock = new ManualClock();
        using var first = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options(5, storage) with { Clock = clock, Worker = "one" });
        using var second = Study.Open(storage, "study", new StudyOptions { Clock = clock, Worker = "two" });
        var given = first.AskTrial();
        clock.Advance(TimeSpan.FromMinutes(1));
        var again = second.AskTrial();
        Assert.Equal((given.Number, 2), (again.Number, again.Attempt));

        Assert.Equal(TellStatus.CountedLate, first.Tell(given, 1, 2));
        Assert.Equal(TrialState.Late, first.Read(s => s.Trials[0].State));
        Assert.Equal(TellStatus.Superseded, second.Tell(again, 3, 4));
        Assert.Equal([1, 2], second.Read(s => s.Trials[0].Outcome!.Values));
        Assert.Equal([3, 4], Assert.Single(second.Read(s => s.Trials[0].Uncounted)).Outcome.Values);
    }

    [Fact]
    public void A_late_result_after_the_new_workers_result_is_superseded()
    {
        using var directory = new TemporaryDirectory();
        using var storage = new SqliteStorage(directory.File("s.db"));
        var clock = new ManualClock();
        using var first = Study.Create(TestStudies.Space, TestStudies.TwoObjectives, TestStudies.Options(5, storage) with { Clock = clock, Worker = "one" });
        using var second = Study.Open(storage, "study", new StudyOptions { Clock = clock, Worker = "two" });
        var given = first.AskTrial();
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TellStatus.Counted, second.Tell(second.AskTrial(), 3, 4));
        Assert.Equal(TellStatus.Superseded, first.Tell(given, 1, 2));
        Assert.Equal([3, 4], first.Read(s => s.Trials[0].Outcome!.Values));
    }

    [Fact]
    public void A_result_after_the_time_limit_counts_since_a_timeout_is_no_result()
    {
        using var study = TestStudies.Create();
        var trial = study.AskTrial();
        study.Tell(trial, TrialOutcome.TimedOut(TimeSpan.FromSeconds(1)));
        Assert.Equal(TrialState.TimedOut, study.Read(s => s.Trials[0].State));
        Assert.Equal(TellStatus.CountedLate, study.Tell(trial, 1, 2));
        Assert.Equal(TrialState.Late, study.Read(s => s.Trials[0].State));
        Assert.Equal(1, study.Read(s => s.Finished));
    }

    [Theory]
    [InlineData(new double[] { 1 })]
    [InlineData(new double[] { 1, 2, 3 })]
    [InlineData(new double[] { })]
    [InlineData(new[] { 1, double.NaN })]
    [InlineData(new[] { double.PositiveInfinity, 1 })]
    [InlineData(new[] { 1, double.NegativeInfinity })]
    public void Bad_values_are_refused_and_leave_the_trial_running(double[] values)
    {
        using var study = TestStudies.Create();
        var trial = study.AskTrial();
        Assert.Throws<InvalidResultException>(() => study.Tell(trial, values));
        Assert.Equal(TrialState.Running, study.Read(s => s.Trials[0].State));
        Assert.Equal(TellStatus.Counted, study.Tell(trial, 1, 2));
    }

    [Fact]
    public void A_trial_or_attempt_that_was_never_given_out_is_refused()
    {
        using var study = TestStudies.Create();
        study.AskTrial();
        Assert.Contains("There is no trial 7", Assert.Throws<InvalidResultException>(() => study.Tell(7, 1, TrialOutcome.Measured(1, 2))).Message);
        Assert.Contains("no attempt 2", Assert.Throws<InvalidResultException>(() => study.Tell(0, 2, TrialOutcome.Measured(1, 2))).Message);
        Assert.Throws<InvalidResultException>(() => study.Tell(-1, 1, TrialOutcome.Measured(1, 2)));
        Assert.Throws<InvalidResultException>(() => study.Tell(0, 0, TrialOutcome.Measured(1, 2)));
    }

    [Fact]
    public void After_a_thousand_random_bad_tells_the_stored_study_loads_with_the_same_results()
    {
        using var directory = new TemporaryDirectory();
        using var storage = new SqliteStorage(directory.File("s.db"));
        using var study = TestStudies.Create(20, storage);
        study.Run(TestStudies.Measure);
        var before = study.Read(s => s.Trials.Select(t => t.Outcome!.Values).ToArray());
        var random = new RandomGenerator(5);
        double[] bad = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        for (var i = 0; i < 1000; i++)
        {
            var values = Enumerable.Range(0, random.NextInt32(4)).Select(_ => random.NextBoolean() ? random.NextNormal() : bad[random.NextInt32(3)]).ToArray();
            var (trial, attempt) = (random.NextInt32(30) - 5, random.NextInt32(4) - 1);
            var isBad = values.Length != 2 || values.Any(v => !double.IsFinite(v)) || trial is < 0 or >= 20 || attempt != 1;
            if (isBad) Assert.Throws<InvalidResultException>(() => study.Tell(trial, attempt, TrialOutcome.Measured(values)));
            else Assert.Equal(TellStatus.Duplicate, study.Tell(trial, attempt, TrialOutcome.Measured(values)));
        }

        using var reopened = Study.Open(storage, "study");
        Assert.Equal(before, reopened.Read(s => s.Trials.Select(t => t.Outcome!.Values).ToArray()));
        Assert.Equal(20, reopened.Read(s => s.Finished));
    }
}
