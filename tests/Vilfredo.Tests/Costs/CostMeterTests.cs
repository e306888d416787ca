namespace Vilfredo.Tests.Costs;

public class CostMeterTests
{
    [Fact]
    public void A_fresh_meter_knows_nothing() => Assert.True(new CostMeter().Total.IsUnknown);

    [Fact]
    public void Reports_add_up_and_each_adds_what_it_knows()
    {
        var meter = new CostMeter();
        meter.Report(new CostVector { PromptTokens = 10, CompletionTokens = 5 });
        meter.Report(new CostVector { PromptTokens = 1, Money = new Money(0.5, "USD"), PeakMemoryBytes = 9 });
        meter.Report(new CostVector { PeakMemoryBytes = 4 });
        meter.Report(CostKind.Evaluations, 2);
        Assert.Equal(
            new CostVector { PromptTokens = 11, CompletionTokens = 5, Money = new Money(0.5, "USD"), PeakMemoryBytes = 9, Evaluations = 2 },
            meter.Total);
    }

    [Fact]
    public void A_phase_measures_wall_time_and_keeps_its_own_reports()
    {
        var time = new ManualTime();
        var meter = new CostMeter(time);
        using (var scope = meter.Measure("train"))
        {
            time.Advance(2);
            scope.Report(CostKind.Flops, 100);
        }

        time.Advance(50);
        using (meter.Measure("train")) time.Advance(1);
        using (meter.Measure("evaluate")) time.Advance(4);

        var snapshot = meter.Snapshot();
        Assert.Equal(new CostVector { WallTimeSeconds = 7, Flops = 100 }, snapshot.Total);
        Assert.Equal(new CostVector { WallTimeSeconds = 3, Flops = 100 }, snapshot.Phases["train"]);
        Assert.Equal(new CostVector { WallTimeSeconds = 4 }, snapshot.Phases["evaluate"]);
    }

    [Fact]
    public void Overlapping_phases_do_not_count_a_second_twice()
    {
        var time = new ManualTime();
        var meter = new CostMeter(time);
        var outer = meter.Measure("outer");
        time.Advance(1);
        var inner = meter.Measure("inner");
        var same = meter.Measure("inner");
        time.Advance(2);
        outer.Dispose();
        time.Advance(4);
        inner.Dispose();
        same.Dispose();

        var snapshot = meter.Snapshot();
        Assert.Equal(7, snapshot.Total.WallTimeSeconds);
        Assert.Equal(3, snapshot.Phases["outer"].WallTimeSeconds);
        Assert.Equal(6, snapshot.Phases["inner"].WallTimeSeconds);
    }

    [Fact]
    public void An_open_phase_counts_up_to_now_and_a_second_dispose_does_nothing()
    {
        var time = new ManualTime();
        var meter = new CostMeter(time);
        var scope = meter.Measure("run");
        time.Advance(3);
        Assert.Equal(3, meter.Total.WallTimeSeconds);
        Assert.Equal(3, meter.Snapshot().Phases["run"].WallTimeSeconds);
        scope.Dispose();
        scope.Dispose();
        time.Advance(3);
        Assert.Equal(3, meter.Total.WallTimeSeconds);
    }

    [Fact]
    public void A_nested_meter_passes_everything_on_under_its_name()
    {
        var time = new ManualTime();
        var parent = new CostMeter(time);
        var first = new CostMeter(parent, "worker 1");
        var second = new CostMeter(parent, "worker 2");
        var anonymous = new CostMeter(parent);
        using (first.Measure("step"))
        using (second.Measure("step"))
        {
            time.Advance(2);
            first.Report(CostKind.Labels, 3);
            second.Report(new CostVector { Labels = 4 });
        }

        anonymous.Report(CostKind.Labels, 10);
        var snapshot = parent.Snapshot();
        Assert.Equal(new CostVector { WallTimeSeconds = 2, Labels = 17 }, snapshot.Total);
        Assert.Equal(new CostVector { WallTimeSeconds = 2, Labels = 3 }, snapshot.Phases["worker 1"]);
        Assert.Equal(new CostVector { WallTimeSeconds = 2, Labels = 4 }, snapshot.Phases["worker 2"]);
        Assert.Equal(["worker 1", "worker 2"], snapshot.Phases.Keys.Order());
        Assert.Equal(new CostVector { WallTimeSeconds = 2 }, first.Snapshot().Phases["step"]);
    }

    [Fact]
    public void Reports_from_many_threads_are_all_counted()
    {
        var parent = new CostMeter();
        var meter = new CostMeter(parent, "all");
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, _ =>
        {
            for (var i = 0; i < 5000; i++)
            {
                using var scope = meter.Measure("phase");
                scope.Report(CostKind.Evaluations, 1);
            }
        });
        Assert.Equal(20_000, meter.Total.Evaluations);
        Assert.Equal(20_000, meter.Snapshot().Phases["phase"].Evaluations);
        Assert.Equal(20_000, parent.Snapshot().Phases["all"].Evaluations);
    }

    [Fact]
    public void Another_currency_is_refused_and_leaves_no_trace()
    {
        var parent = new CostMeter();
        var meter = new CostMeter(parent, "calls");
        parent.Report(new CostVector { Money = new Money(1, "USD") });
        var report = new CostVector { Labels = 1, Money = new Money(1, "EUR") };
        Assert.Contains("USD", Assert.Throws<InvalidOperationException>(() => meter.Report(report, "phase")).Message);
        Assert.True(meter.Total.IsUnknown);
        Assert.Equal(new CostVector { Money = new Money(1, "USD") }, parent.Total);
        Assert.Empty(parent.Snapshot().Phases);
    }

    [Fact]
    public void A_snapshot_does_not_move_with_the_meter()
    {
        var meter = new CostMeter();
        meter.Report(CostKind.Labels, 1, "a");
        var before = meter.Snapshot();
        meter.Report(CostKind.Labels, 1, "b");
        Assert.Equal(1, before.Total.Labels);
        Assert.Single(before.Phases);
        Assert.Equal(new CostVector { Labels = 1 }, meter.Total.Since(before.Total));
    }

    [Fact]
    public void Bad_reports_are_refused()
    {
        var meter = new CostMeter();
        Assert.Throws<ArgumentOutOfRangeException>(() => meter.Report(CostKind.Labels, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => meter.Report((CostKind)99, 1));
        Assert.Throws<ArgumentException>(() => meter.Report(CostKind.Money, 1));
        Assert.Throws<ArgumentException>(() => meter.Measure(" "));
        Assert.Throws<ArgumentNullException>(() => meter.Report(null!));
    }
}
