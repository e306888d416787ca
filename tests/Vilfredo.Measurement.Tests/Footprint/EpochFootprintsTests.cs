using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Tracking;

namespace Vilfredo.Measurement.Tests.Footprint;

public sealed class EpochFootprintsTests
{
    [Fact]
    public void Epochs_are_counted_from_their_beginning_to_their_end_and_what_is_between_is_not()
    {
        var clock = new SteppedClock(DateTimeOffset.UnixEpoch);
        using var epochs = Constant(clock, 200);
        foreach (var seconds in new[] { 1800, 5400, 3600 })
        {
            epochs.Begin();
            clock.Advance(seconds);
            epochs.End();
            clock.Advance(1000);
        }

        Assert.Equal([1800, 5400, 3600], epochs.Reports.Select(report => report.Seconds));

        // 200 W for 3 h = 0.6 kWh.
        Assert.Equal(0.6, epochs.Reports.Sum(report => report.Energy.KilowattHours), 1e-12);
        Assert.Equal(0.6 * 3.6e6, epochs.Cost.EnergyJoules!.Value, 1e-6);
        Assert.Equal(40 * 0.2, epochs.Forecast(40).Energy.KilowattHours, 1e-12);
    }

    [Fact]
    public void The_first_epoch_predicts_a_training_of_equal_ones_exactly()
    {
        var clock = new SteppedClock(DateTimeOffset.UnixEpoch);
        using var epochs = Constant(clock, 70);
        epochs.Begin();
        clock.Advance(12);
        epochs.End();
        var forecast = epochs.Forecast(5);
        for (var epoch = 1; epoch < 5; epoch++)
        {
            epochs.Begin();
            clock.Advance(12);
            epochs.End();
        }

        Assert.Equal(epochs.Cost.EnergyJoules!.Value, forecast.Energy.Joules, 1e-6);
        Assert.Equal(epochs.Cost.WallTimeSeconds!.Value, forecast.Seconds, 1e-9);
    }

    [Fact]
    public void Epochs_do_not_overlap_and_do_not_end_twice()
    {
        using var epochs = Constant(new SteppedClock(DateTimeOffset.UnixEpoch), 1);
        Assert.Throws<InvalidOperationException>(epochs.End);
        Assert.Throws<ArgumentException>(() => epochs.Forecast(3));
        epochs.Begin();
        Assert.Throws<InvalidOperationException>(epochs.Begin);
        epochs.End();
        Assert.Throws<InvalidOperationException>(epochs.End);
        Assert.True(new EpochFootprints(() => throw new NotSupportedException()).Cost.IsUnknown);
    }

    [Fact]
    public void Sampled_power_is_summed_by_trapezoids_which_are_exact_on_a_ramp()
    {
        // From 0 to 100 W in 10 s: 500 J. Steps that take the power at the end of each interval would count 550 J.
        var now = 0.0;
        var meter = new SampledPowerMeter(EnergyComponent.Accelerator, () => 10 * now, "a ramp");
        var (joules, steps) = (0.0, 0.0);
        while (now < 10)
        {
            now++;
            joules += meter.Advance(new ActivityInterval(1, 0, 0, 0));
            steps += 10 * now;
        }

        Assert.Equal(500, joules, 1e-9);
        Assert.Equal(550, steps, 1e-9);
        now = -1;
        Assert.Throws<InvalidDataException>(() => meter.Advance(new ActivityInterval(1, 0, 0, 0)));
    }

    [Fact]
    public void Other_models_of_the_processor_span_the_range_and_a_report_says_all_of_it_in_Markdown()
    {
        // 2 processors, TDP 100 W, one busy for 10 s: 500 J in proportion, 0.2125 x 1000 J cubic, 500 J half.
        var clock = new SteppedClock(DateTimeOffset.UnixEpoch);
        var activity = new ReplayActivity(2, new(0, 0, 1e9, 1), new(10, 10, 1e9, 1));
        using var meter = new FootprintMeter(new(), activity, EnergyMeters.Detect(FootprintScope.Process, 2, 100, memoryWattsPerGigabyte: 0.5, powercapFolder: null), clock);
        clock.Advance(10);
        var report = meter.Stop();
        Assert.Equal((212.5 + 5) / 3.6e6, report.KilowattHourRange.Low, 1e-12);
        Assert.Equal(505 / 3.6e6, report.KilowattHourRange.High, 1e-12);
        var page = FootprintMarkdown.Write("a training", report);
        Assert.Contains("## Footprint of a training\n\nEstimated for the process's share", page, StringComparison.Ordinal);
        Assert.Contains("| processor | 500 | estimated | TDP x load, TDP 100 W", page, StringComparison.Ordinal);
        Assert.Contains("| water | unknown |", page, StringComparison.Ordinal);
        Assert.All(report.Assumptions, assumption => Assert.Contains($"- {assumption}", page, StringComparison.Ordinal));
    }

    private static EpochFootprints Constant(SteppedClock clock, double watts) => new(() =>
        new(new(), new ReplayActivity(1, new ActivityTotals(0, 0, 0, 1)), new([new ConstantPowerMeter(EnergyComponent.Processor, watts, "test")], [], []), clock));
}
