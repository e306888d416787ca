using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Requests;

namespace Vilfredo.Measurement.Tests.Footprint;

public sealed class HardwareTests
{
    private static readonly ServerHardware Server = new()
    {
        Processors = 2,
        DieSquareMillimetres = 500,
        MemoryModules = 8,
        ModuleGigabytes = 32,
        MemoryDensity = 2,
        FlashDrives = 1,
        FlashGigabytes = 1000,
        FlashDensity = 50,
        Disks = 2,
        DiskGigabytes = 2000,
        PowerSupplyKilograms = 5,
    };

    [Fact]
    public void A_server_is_the_sum_of_its_parts()
    {
        var memory = 8 * (5.22 + 2.2 * 16);
        var storage = 6.34 + 2.2 * 20 + 2 * 31.11;
        var rest = 2 * (9.14 + 0.0197 * 500) + 66.1 + 24.3 * 5 + 150 + 6.68;
        Assert.Equal(memory, Server.Memory().Kilograms, 1e-9);
        Assert.Equal(storage, Server.Storage().Kilograms, 1e-9);
        Assert.Equal(memory + storage + rest, Server.Total().Kilograms, 1e-9);
        Assert.Equal(1000 * (memory + storage + rest) / 26_280, Server.Embodied().GramsPerHour, 1e-9);
        Assert.Equal(2 * 0.0204, (Server with { DieSquareMillimetres = 0 }).Total().AntimonyKilograms - (Server with { Processors = 0 }).Total().AntimonyKilograms, 1e-12);
    }

    [Fact]
    public void Tenants_of_all_of_it_have_all_of_it()
    {
        var whole = Server.CloudShare(1, 256, 5000);
        Assert.Equal(Server.Total().Kilograms, whole.Kilograms, 1e-9);
        Assert.Equal(Server.Total().Megajoules, whole.Megajoules, 1e-6);
        var quarter = Server.CloudShare(0.25, 64, 1250);
        Assert.Equal(whole.Kilograms / 4, quarter.Kilograms, 1e-9);
        Assert.Equal(Server.Memory().Kilograms, Server.CloudShare(0, 256).Kilograms, 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>(() => Server.CloudShare(1, 257));
    }

    [Fact]
    public void A_profile_of_power_rises_with_the_load_and_is_at_least_a_watt()
    {
        Assert.All(ProcessorPowerProfile.Published, profile =>
        {
            double[] watts = [.. Enumerable.Range(0, 101).Select(percent => profile.Watts(percent / 100.0))];
            Assert.Equal(watts.Order(), watts);
            Assert.True(watts[0] >= 1, profile.Name);
        });
        var platinum = ProcessorPowerProfile.Published[0];
        Assert.Equal(171.1813 * Math.Log(0.0354 * (50 + 36.8953)) - 10.1336, platinum.Watts(0.5), 1e-9);
        Assert.Equal(1, new ProcessorPowerProfile("x", 1, 1, 1, -10).Watts(0));
        var meter = new ProcessorModelMeter(platinum, packages: 2, cores: 4, FootprintScope.Process);
        Assert.Equal(2 * platinum.Watts(0.5) * 10 * 0.5, meter.Advance(new ActivityInterval(10, 10, 20, 0)), 1e-9);
    }

    [Fact]
    public void The_emissions_calculator_counts_accelerators_alone_and_shows_offsets_beside()
    {
        var run = new MlCo2Impact { Hours = 100, TdpWatts = 300, OffsetShare = 0.4 };
        var grid = new CarbonIntensity(500, "test", 2020, "test");
        Assert.Equal(30, run.Energy().KilowattHours, 1e-12);
        Assert.Equal(15_000, run.Grams(grid), 1e-9);
        Assert.Equal(6_000, run.OffsetGrams(grid), 1e-9);

        // The other calculator with nothing but those accelerators at full load in no building says the same.
        Assert.Equal(run.Grams(grid), new GreenAlgorithms { Hours = 100, Accelerators = 1, WattsPerAccelerator = 300 }.Grams(Facility.None, grid), 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>(() => (run with { Hours = -1 }).Energy());
        Assert.Throws<ArgumentOutOfRangeException>(() => (run with { OffsetShare = 1.1 }).OffsetGrams(grid));
    }
}
