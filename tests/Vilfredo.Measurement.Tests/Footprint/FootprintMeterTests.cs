using System.Diagnostics;
using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Tracking;

namespace Vilfredo.Measurement.Tests.Footprint;

public sealed class FootprintMeterTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_replayed_trace_gives_the_energy_integrated_by_hand()
    {
        // 2 processors, TDP 100 W: 50 W per busy processor; 10 s with one busy, then 20 s with both.
        var activity = new ReplayActivity(2, new(3, 100, 1e9, 1), new(13, 110, 1e9, 1), new(53, 150, 3e9, 2));
        var clock = new SteppedClock(Midnight);
        var meters = EnergyMeters.Detect(FootprintScope.Process, 2, 100, memoryWattsPerGigabyte: 0.5, powercapFolder: null);
        using var meter = new FootprintMeter(new FootprintOptions { Facility = new Facility { Pue = 1.5 }, Embodied = EmbodiedCarbon.OfMachine(3.6, 1) }, activity, meters, clock);
        clock.Advance(10);
        meter.Sample();
        clock.Advance(20);
        var report = meter.Stop();

        Assert.Equal(30, report.Seconds, 1e-9);
        Assert.Equal(50, report.CpuSeconds, 1e-9);
        Assert.Equal(50 * 50, report.Joules(EnergyComponent.Processor), 1e-9);
        Assert.Equal(0.5 * (10 * 1 + 20 * 2), report.Joules(EnergyComponent.Memory), 1e-9);
        Assert.Equal(2525 / 3.6e6, report.Energy.KilowattHours, 1e-15);
        Assert.Equal(2525 / 3.6e6 * 1.5 * 475, report.OperationalGrams, 1e-12);
        Assert.Equal(50.0 / 2 / 3600 * 3600, report.EmbodiedGrams!.Value, 1e-9);
        Assert.Equal(5.0 / 3 * 1e9, report.MeanResidentBytes, 1);
        Assert.True(report.IsEstimated);
        Assert.Equal(2, report.Samples);
        Assert.Contains("PUE 1.5, applied once to the energy of the computer", report.Assumptions);
        Assert.Contains(report.Assumptions, text => text.Contains("world average 2019"));
        Assert.Same(report, meter.Stop());
        Assert.Equal(2525 * 1.5, report.ToCost().EnergyJoules!.Value, 1e-9);
    }

    [Fact]
    public void Each_interval_takes_the_carbon_intensity_of_its_time()
    {
        var clock = new SteppedClock(Midnight);
        var activity = new ReplayActivity(1, new(0, 0, 0, 1), new(1800, 1800, 0, 1), new(5400, 5400, 0, 1));
        var options = new FootprintOptions { Intensity = new IntensitySeries("test", [(Midnight, 100), (Midnight.AddHours(1), 400)]) };
        using var meter = new FootprintMeter(options, activity, EnergyMeters.Detect(FootprintScope.Process, 1, 1000, powercapFolder: null), clock);
        clock.Advance(1800);
        meter.Sample();
        clock.Advance(3600);
        var report = meter.Stop();
        Assert.Equal(0.5 * 100 + 1.0 * 400, report.OperationalGrams, 1e-9);
        Assert.Equal(300, report.MeanGramsPerKwh!.Value, 1e-9);
    }

    [Fact]
    public void A_clock_that_is_set_does_not_change_the_energy()
    {
        var clock = new SteppedClock(Midnight);
        var activity = new ReplayActivity(1, new(0, 0, 0, 1), new(5, 5, 0, 1));
        using var meter = new FootprintMeter(new FootprintOptions(), activity, EnergyMeters.Detect(FootprintScope.Machine, 1, 10, powercapFolder: null), clock);
        clock.Set(Midnight.AddDays(-3));
        clock.Advance(10);
        var report = meter.Stop();
        Assert.Equal(10, report.Seconds, 1e-9);
        Assert.Equal(50, report.Joules(EnergyComponent.Processor), 1e-9);
    }

    [Fact]
    public void Other_models_of_the_processor_are_shown_and_not_counted()
    {
        var clock = new SteppedClock(Midnight);
        var activity = new ReplayActivity(4, new(0, 0, 0, 1), new(20, 20, 0, 1));
        using var meter = new FootprintMeter(new FootprintOptions(), activity, EnergyMeters.Detect(FootprintScope.Machine, 4, 100, powercapFolder: null), clock);
        clock.Advance(10);
        var report = meter.Stop();
        Assert.Equal([500, 212.5, 500], report.Alternatives.Select(reading => Math.Round(reading.Joules, 9)));
        Assert.Equal(500, report.Joules(EnergyComponent.Processor), 1e-9);
    }

    [Fact]
    public void A_run_of_no_length_uses_nothing()
    {
        using var meter = new FootprintMeter(new FootprintOptions(), new ReplayActivity(1, new ActivityTotals(1, 1, 1, 1)), EnergyMeters.Detect(FootprintScope.Process, 1, powercapFolder: null), new SteppedClock(Midnight));
        var report = meter.Stop();
        Assert.Equal(0, report.Energy.KilowattHours);
        Assert.Null(report.MeanGramsPerKwh);
    }

    [Fact]
    public void A_counter_that_fails_makes_the_report_fail()
    {
        var clock = new SteppedClock(Midnight);
        var meters = new EnergyMeters([new NvmlMeter(1, Failing())], [], []);
        using var meter = new FootprintMeter(new FootprintOptions(), new ReplayActivity(1, default(ActivityTotals)), meters, clock);
        clock.Advance(1);
        Assert.Throws<IOException>(meter.Stop);

        static Func<int, ulong> Failing()
        {
            var calls = 0;
            return _ => calls++ == 0 ? 0UL : throw new IOException("gone");
        }
    }

    [Fact]
    public void Assumed_power_is_named_and_a_stated_one_is_not_called_assumed()
    {
        Assert.Contains(EnergyMeters.Detect(FootprintScope.Process, 1, powercapFolder: null).Notes, note => note.StartsWith("TDP 85 W is assumed", StringComparison.Ordinal));
        Assert.Empty(EnergyMeters.Detect(FootprintScope.Process, 1, 10, powercapFolder: null).Notes);
    }

    [Fact]
    public void Processor_time_of_ended_children_counts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Children are observed on Linux only.");
        var activity = ProcessTreeActivity.OfChildren();
        var before = activity.Read();
        using var shell = Process.Start("/bin/sh", ["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"]);
        shell.WaitForExit();
        var after = activity.Read();
        Assert.True(after.ProcessCpuSeconds > before.ProcessCpuSeconds, $"{before} {after}");
        Assert.True(after.MachineCpuSeconds >= before.MachineCpuSeconds);
    }

    [Fact]
    public void A_grandchild_that_is_alive_is_observed_with_its_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Children are observed on Linux only.");
        var activity = ProcessTreeActivity.OfThisProcess();
        var alone = activity.Read();
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "cat; :"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        shell.StandardInput.WriteLine("ready");
        shell.StandardInput.Flush();
        Assert.Equal("ready", shell.StandardOutput.ReadLine()); // cat, the grandchild, is running
        var together = activity.Read();
        shell.StandardInput.Close();
        shell.WaitForExit();
        Assert.True(together.Processes >= alone.Processes + 2, $"{alone} {together}");
        Assert.True(together.ResidentBytes > 0);
    }

    [Fact]
    public void More_children_than_fit_into_one_read_are_all_observed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Children are observed on Linux only.");
        const int count = 300;
        var activity = ProcessTreeActivity.OfChildren();
        var alone = activity.Read();

        // A shell with children that all wait for the end of one input.
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec 3<&0; i=0; while [ $i -lt {count} ]; do cat <&3 & i=$((i+1)); done; echo ready; wait"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", shell.StandardOutput.ReadLine());
        var together = activity.Read();
        shell.StandardInput.Close();
        shell.WaitForExit();
        Assert.True(together.Processes >= alone.Processes + count + 1, $"{alone} {together}");
    }

    [Fact]
    public void A_sample_that_takes_more_than_its_share_is_followed_by_a_later_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The time of samples is known on Linux only.");
        var clock = new SteppedClock(Midnight);
        var options = new FootprintOptions { LargestOverhead = 0.01, Interval = TimeSpan.FromSeconds(1) };
        using var meter = new FootprintMeter(options, new BusyActivity(0.03), EnergyMeters.Detect(FootprintScope.Process, 1, powercapFolder: null), clock);
        Assert.InRange(clock.Timer!.Due, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        for (var i = 0; i < 4; i++) clock.Timer.Fire();
        Assert.InRange(clock.Timer.Due, TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(1)); // 0.03 s are 1 % of 3 s
        clock.Advance(10);
        Assert.InRange(meter.Stop().SamplingCpuSeconds, 0.15, double.MaxValue);
    }

    [Fact]
    public void A_quick_sample_keeps_the_interval()
    {
        var clock = new SteppedClock(Midnight);
        using var meter = new FootprintMeter(
            new FootprintOptions { LargestOverhead = 1, Interval = TimeSpan.FromSeconds(2) }, new ReplayActivity(1, default(ActivityTotals)), EnergyMeters.Detect(FootprintScope.Process, 1, powercapFolder: null), clock);
        for (var i = 0; i < 4; i++) clock.Timer!.Fire();
        Assert.Equal(TimeSpan.FromSeconds(2), clock.Timer!.Due);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FootprintOptions { LargestOverhead = 0 });
    }

    /// <summary>An activity that takes processor time to read.</summary>
    private sealed class BusyActivity(double seconds) : IActivitySource
    {
        public int Processors => 1;

        public string Description => "busy";

        public ActivityTotals Read()
        {
            var end = LinuxProcessFiles.ThreadSeconds()!.Value + seconds;
            while (LinuxProcessFiles.ThreadSeconds() < end) Thread.SpinWait(100);
            return default;
        }
    }
}
