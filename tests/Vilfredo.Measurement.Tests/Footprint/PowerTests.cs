using CsCheck;
using Vilfredo.Measurement.Footprint.Power;

namespace Vilfredo.Measurement.Tests.Footprint;

public sealed class PowerTests
{
    [Fact]
    public void Two_hundred_watts_for_three_hours_are_0_6_kWh()
    {
        var meter = new ConstantPowerMeter(EnergyComponent.Accelerator, 200, "stated");
        Assert.Equal(0.6 * 3.6e6, meter.Advance(Interval(3 * 3600)), 1e-6);
        Assert.Equal(EnergyOrigin.Estimated, meter.Origin);
    }

    [Theory]
    [InlineData(ProcessorPowerLaw.Proportional, 0, 0)]
    [InlineData(ProcessorPowerLaw.Proportional, 0.5, 50)]
    [InlineData(ProcessorPowerLaw.Cubic, 0, 10)]
    [InlineData(ProcessorPowerLaw.Cubic, 0.5, 21.25)]
    [InlineData(ProcessorPowerLaw.Cubic, 1, 100)]
    [InlineData(ProcessorPowerLaw.Half, 0.9, 50)]
    [InlineData(ProcessorPowerLaw.Proportional, 1.7, 100)]
    public void Power_follows_the_law(ProcessorPowerLaw law, double load, double watts) =>
        Assert.Equal(watts, new ProcessorPowerModel(100, law).Watts(load), 1e-12);

    [Fact]
    public void Proportional_power_of_a_process_is_TDP_per_processor_times_its_processor_time() =>
        Gen.Select(Gen.Double[0.1, 100], Gen.Double[0, 3], Gen.Double[0, 1]).Sample((seconds, busy, others) =>
        {
            var meter = new ProcessorModelMeter(new ProcessorPowerModel(80), 4, FootprintScope.Process);
            var own = busy * seconds;
            Assert.Equal(20 * own, meter.Advance(new ActivityInterval(seconds, own, own + others * seconds, 0)), 1e-9 * (1 + own));
        });

    [Fact]
    public void A_whole_machine_is_charged_for_the_load_of_everything()
    {
        var interval = new ActivityInterval(10, 5, 20, 0);
        Assert.Equal(500, new ProcessorModelMeter(new ProcessorPowerModel(100), 4, FootprintScope.Machine).Advance(interval), 1e-9);
        Assert.Equal(125, new ProcessorModelMeter(new ProcessorPowerModel(100), 4, FootprintScope.Process).Advance(interval), 1e-9);
    }

    [Theory]
    [InlineData(2, 10)]
    [InlineData(24, 20)]
    [InlineData(128, 38)]
    [InlineData(256, 38)]
    [InlineData(2048, 70)]
    public void Modules_of_memory_draw_the_watts_of_the_model(double gigabytes, double watts) =>
        Assert.Equal(watts, MemoryPower.OfModules(gigabytes), 1e-12);

    [Fact]
    public void Memory_of_a_process_costs_by_what_it_holds() =>
        Assert.Equal(0.3725 * 2 * 60, MemoryModelMeter.OfProcesses().Advance(new ActivityInterval(60, 0, 0, 2e9)), 1e-9);

    [Fact]
    public void Counters_of_graphics_processors_are_summed_and_may_begin_anew()
    {
        ulong[] counters = [5000, 100_000];
        var meter = new NvmlMeter(2, device => counters[device]);
        counters = [7000, 3000];
        Assert.Equal(2 + 3, meter.Advance(Interval(1)), 1e-12);
        Assert.Equal(0, meter.Advance(Interval(1)), 1e-12);
        Assert.Equal(EnergyOrigin.Measured, meter.Origin);
    }

    [Fact]
    public void What_is_no_power_or_time_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessorPowerModel(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantPowerMeter(EnergyComponent.Accelerator, -1, "x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ActivityInterval(-1, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ActivityInterval(double.NaN, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryPower.OfModules(0));
    }

    private static ActivityInterval Interval(double seconds) => new(seconds, 0, 0, 0);
}
