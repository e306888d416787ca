using Vilfredo.Measurement.Footprint.Power;

namespace Vilfredo.Measurement.Tests.Footprint;

/// <summary>RAPL counters in a folder that looks like the one of Linux.</summary>
public sealed class RaplTests : IDisposable
{
    private const long Range = 262_143_328_850;
    private readonly string folder = Directory.CreateTempSubdirectory("vilfredo-rapl-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Packages_are_summed_and_the_domains_within_them_are_not()
    {
        Domain("intel-rapl:0", "package-0", 1_000_000);
        Domain("intel-rapl:0:0", "core", 500_000);
        Domain("intel-rapl:0:1", "dram", 100_000);
        Domain("intel-rapl:1", "package-1", 0);
        Domain("intel-rapl-mmio:0", "package-0", 1_000_000);
        var meter = Open(FootprintScope.Machine);
        foreach (var domain in (string[])["intel-rapl:0", "intel-rapl:0:0", "intel-rapl:0:1", "intel-rapl:1", "intel-rapl-mmio:0"]) Set(domain, 4_000_000);
        Assert.Equal(3 + 4, meter.Advance(new ActivityInterval(1, 0, 0, 0)), 1e-9);
        Assert.Equal(EnergyOrigin.Measured, meter.Origin);
    }

    [Fact]
    public void A_counter_that_wraps_around_goes_on()
    {
        Domain("intel-rapl:0", "package-0", Range - 2_000_000);
        var meter = Open(FootprintScope.Machine);
        Set("intel-rapl:0", 3_000_000);
        Assert.Equal(5, meter.Advance(new ActivityInterval(1, 0, 0, 0)), 1e-6);
        Set("intel-rapl:0", 4_500_000);
        Assert.Equal(1.5, meter.Advance(new ActivityInterval(1, 0, 0, 0)), 1e-6);
    }

    [Fact]
    public void The_share_of_a_process_is_an_estimate_on_top_of_the_counter()
    {
        Domain("intel-rapl:0", "package-0", 0);
        var meter = Open(FootprintScope.Process);
        Set("intel-rapl:0", 40_000_000);
        Assert.Equal(10, meter.Advance(new ActivityInterval(2, 0.5, 2, 0)), 1e-9);
        Assert.Equal(EnergyOrigin.Estimated, meter.Origin);
        Assert.Contains("share", meter.Method);
    }

    [Fact]
    public void Without_counters_it_is_said_why()
    {
        Assert.Null(RaplMeter.TryOpen(FootprintScope.Machine, Path.Combine(folder, "absent"), out var problem));
        Assert.Contains("absent does not exist", problem);
        Domain("intel-rapl:0:0", "core", 1);
        Assert.Null(RaplMeter.TryOpen(FootprintScope.Machine, folder, out problem));
        Assert.Contains("no package domain", problem);
        Domain("intel-rapl:0", "package-0", 1);
        File.WriteAllText(Path.Combine(folder, "intel-rapl:0", "energy_uj"), "?");
        Assert.Null(RaplMeter.TryOpen(FootprintScope.Machine, folder, out problem));
        Assert.Contains("cannot be read", problem);
    }

    private RaplMeter Open(FootprintScope scope)
    {
        var meter = RaplMeter.TryOpen(scope, folder, out var problem);
        Assert.Equal("", problem);
        return meter!;
    }

    private void Domain(string domain, string name, long microjoules)
    {
        Directory.CreateDirectory(Path.Combine(folder, domain));
        File.WriteAllText(Path.Combine(folder, domain, "name"), name + "\n");
        File.WriteAllText(Path.Combine(folder, domain, "max_energy_range_uj"), $"{Range}\n");
        Set(domain, microjoules);
    }

    private void Set(string domain, long microjoules) => File.WriteAllText(Path.Combine(folder, domain, "energy_uj"), $"{microjoules}\n");
}
