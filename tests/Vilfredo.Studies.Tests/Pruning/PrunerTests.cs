using CsCheck;
using Vilfredo.Studies.Tests.Storage;

namespace Vilfredo.Studies.Tests.Pruning;

public class PrunerTests
{
    private static readonly SearchSpace Space = new([new FloatKnob("x", 0, 1)]);

    [Fact]
    public void The_median_rule_ends_what_is_worse_than_half_of_the_others_at_its_step()
    {
        using var study = OneObjective(new("median") { Options = new Dictionary<string, double> { ["startup_trials"] = 3 } });
        foreach (var loss in (double[])[1, 2, 3])
        {
            var trial = study.AskTrial();
            Assert.False(trial.Report(1, loss + 10));
            Assert.False(trial.Report(2, loss));
            study.Tell(trial, loss);
        }

        var good = study.AskTrial();
        Assert.False(good.Report(2, 2));
        var bad = study.AskTrial();
        Assert.False(bad.Report(1, 11.9)); // the median at step 1 is 12
        Assert.True(bad.Report(2, 2.1));
        Assert.Contains("step 2", bad.PruningReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_enough_trials_have_ended_nothing_is_pruned()
    {
        using var study = OneObjective(new("median"));
        for (var i = 0; i < 4; i++)
        {
            var trial = study.AskTrial();
            Assert.False(trial.Report(1, i));
            study.Tell(trial, i);
        }

        Assert.False(study.AskTrial().Report(1, 1e9));
    }

    [Fact]
    public void Halving_keeps_the_best_third_of_each_rung_and_always_the_best()
    {
        using var study = OneObjective(new("asha"));
        // At rung 1: the first is the best of one; a worse second is ended, and a better third goes on.
        Assert.False(study.AskTrial().Report(1, 5));
        Assert.True(study.AskTrial().Report(1, 6));
        Assert.False(study.AskTrial().Report(1, 4));
        var trials = Enumerable.Range(0, 3).Select(_ => study.AskTrial()).ToArray();
        Assert.True(trials[0].Report(1, 4.5)); // 2nd of 4: one of four goes on
        Assert.True(trials[1].Report(1, 9));
        Assert.False(trials[2].Report(1, 4.2)); // 2nd of 6: two of six go on
    }

    [Fact]
    public void Steps_between_rungs_are_not_judged()
    {
        using var study = OneObjective(new("asha"));
        var first = study.AskTrial();
        Assert.False(first.Report(1, 5));
        Assert.False(first.Report(3, 1));
        var second = study.AskTrial();
        Assert.False(second.Report(1, 4));
        Assert.False(second.Report(2, 100));
        Assert.True(second.Report(4, 100)); // judged at rung 3
        Assert.Contains("step 3", second.PruningReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_objectives_are_ranked_by_fronts_and_cover_the_front_first()
    {
        // The front (0, 4), (1, 2), (2, 1.9), (4, 0) begins with one end, then the other, then what is farthest from both.
        double[] values = [1, 2, 4, 0, 5, 5, 0, 4, 2, 1.9];
        Assert.Equal([3, 1, 4, 0, 2], RungOrder.Of(values, 2));
        Assert.Equal([1, 2, 0], RungOrder.Of([3, 1, 2], 1));
    }

    [Fact]
    public void The_order_of_a_rung_is_a_permutation_that_never_puts_a_dominated_point_first() =>
        Gen.Double[0, 1].Array[2, 40].Where(values => values.Length % 2 == 0).Sample(values =>
        {
            var order = RungOrder.Of(values, 2);
            Assert.Equal(Enumerable.Range(0, values.Length / 2), order.Order());
            for (var a = 0; a < order.Length; a++)
            {
                for (var b = a + 1; b < order.Length; b++)
                    Assert.False(Sorting.Dominance.Dominates(values.AsSpan(2 * order[b], 2), values.AsSpan(2 * order[a], 2)));
            }
        }, iter: 200);

    [Fact]
    public void Hyperband_begins_later_brackets_at_later_steps()
    {
        using var study = OneObjective(new("hyperband") { Options = new Dictionary<string, double> { ["max_steps"] = 9 } });
        // 9, 5 and 3 trials: those of bracket 0 are judged from step 1 on, of bracket 1 from 3, of bracket 2 at 9.
        var trials = Enumerable.Range(0, 17).Select(_ => study.AskTrial()).ToArray();
        bool[] judgedAt(long step) => [.. trials.Select((trial, i) => trial.Report(step, i))];
        Assert.Equal(Enumerable.Range(0, 17).Select(i => i is > 0 and < 9), judgedAt(1));
        Assert.Equal(Enumerable.Range(0, 17).Select(i => i is > 0 and < 9 or > 9 and < 14), judgedAt(3));
    }

    [Fact]
    public void A_run_with_a_pruner_spends_less_and_finds_the_same_best()
    {
        (double Best, int Steps, int Pruned) Run(PrunerDefinition? pruner)
        {
            var steps = 0;
            using var study = OneObjective(pruner, trials: 60);
            study.Run(trial =>
            {
                var loss = double.NaN;
                for (var step = 1; step <= 27; step++)
                {
                    steps++;
                    loss = Math.Abs(trial.Float("x") - 0.3) + 1.0 / step;
                    if (trial.Report(step, loss)) trial.Prune();
                }

                return [loss];
            });
            return study.Read(s => (s.Trials.Where(t => t.IsFeasible).Min(t => t.Outcome!.Values[0]), steps, s.Trials.Count(t => t.State == TrialState.Pruned)));
        }

        var (all, pruned) = (Run(null), Run(new("asha")));
        Assert.Equal(all.Best, pruned.Best);
        Assert.Equal((60 * 27, 0), (all.Steps, all.Pruned));
        Assert.True(pruned.Steps < all.Steps / 3);
        Assert.True(pruned.Pruned > 30);
    }

    [Theory]
    [InlineData(0, new double[] { 1 }, "grow")]
    [InlineData(2, new double[] { 1, 2 }, "one finite number per objective")]
    [InlineData(2, new double[] { double.NaN }, "one finite number per objective")]
    public void Reports_that_make_no_sense_are_refused_and_change_nothing(long step, double[] values, string message)
    {
        using var study = OneObjective(null);
        var trial = study.AskTrial();
        trial.Report(1, 5);
        Assert.Contains(message, Assert.Throws<InvalidResultException>(() => trial.Report(step, values)).Message, StringComparison.Ordinal);
        Assert.Single(study.Read(s => s.Trials[0].Reports));
    }

    [Fact]
    public void Reports_outlive_the_process_and_a_new_attempt_begins_without_them()
    {
        var clock = new ManualClock();
        using var folder = new TemporaryDirectory();
        var path = folder.File("studies.db");
        using (var storage = new SqliteStorage(path))
        {
            using var study = Study.Create(Space, [Objective.Minimize("loss")], new StudyOptions { Storage = storage, Clock = clock, Worker = "one" });
            var trial = study.AskTrial();
            trial.Report(1, 5);
            trial.Report(2, 4);
        }

        using var reopened = new SqliteStorage(path);
        using var later = Study.Open(reopened, "study", new StudyOptions { Clock = clock, Worker = "two" });
        Assert.Equal([1L, 2L], later.Read(s => s.Trials[0].Reports.Select(report => report.Step).ToArray()));
        clock.Advance(StudyLease.Duration + TimeSpan.FromSeconds(1));
        var again = later.AskTrial();
        Assert.Equal((0, 2), (again.Number, again.Attempt));
        Assert.Empty(later.Read(s => s.Trials[0].Reports));
        Assert.NotNull(later.Report(0, 1, new StepReport(9, [1])));
        Assert.Empty(later.Read(s => s.Trials[0].Reports));
    }

    [Fact]
    public void Pruners_that_do_not_fit_are_refused_with_what_does()
    {
        string Message(Func<StudyDefinition, StudyDefinition> change) =>
            Assert.Throws<ArgumentException>(() => Study.Create(change(OneObjective(null).Definition with { Name = "other" }))).Message;
        Assert.Contains("asha", Message(d => d with { Pruner = new("best") }), StringComparison.Ordinal);
        Assert.Contains("reduction", Message(d => d with { Pruner = new("asha") { Options = new Dictionary<string, double> { ["eta"] = 3 } } }), StringComparison.Ordinal);
        Assert.Contains("from 2", Message(d => d with { Pruner = new("asha") { Options = new Dictionary<string, double> { ["reduction"] = 1 } } }), StringComparison.Ordinal);
        Assert.Contains("max_steps", Message(d => d with { Pruner = new("hyperband") { Options = new Dictionary<string, double> { ["max_steps"] = 1, ["min_steps"] = 2 } } }), StringComparison.Ordinal);
        Assert.Contains("asha", Message(d => d with { Pruner = new("median"), Objectives = [.. d.Objectives, new(Objective.Minimize("time"))] }), StringComparison.Ordinal);
        Assert.Contains("deterministic", Message(d => d with { Pruner = new("asha"), Deterministic = true }), StringComparison.Ordinal);
        Assert.Contains("repeats", Message(d => d with { Pruner = new("asha"), Repeats = new() { PerTrial = 2 } }), StringComparison.Ordinal);
    }

    private static Study OneObjective(PrunerDefinition? pruner, int? trials = null) =>
        Study.Create(Space, [Objective.Minimize("loss")], new StudyOptions { Pruner = pruner, Budget = new() { Trials = trials }, Sampler = new("halton") });
}
