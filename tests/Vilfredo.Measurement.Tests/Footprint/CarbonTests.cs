using Vilfredo.IO;
using Vilfredo.Measurement.Footprint.Carbon;

namespace Vilfredo.Measurement.Tests.Footprint;

public sealed class CarbonTests
{
    [Fact]
    public void A_mix_of_sources_has_their_weighted_intensity()
    {
        var mix = CarbonIntensity.OfMix("somewhere", 2020, new Dictionary<string, double> { ["coal"] = 0.25, ["petroleum"] = 0.35, ["gas"] = 0.26, ["nuclear"] = 0.14 });
        Assert.Equal(731.59, mix.GramsPerKwh, 1e-9);
    }

    [Fact]
    public void A_mix_whose_shares_do_not_sum_to_1_is_refused()
    {
        Assert.Contains("sum to 0.9", Assert.Throws<ArgumentException>(() => CarbonIntensity.OfMix("x", null, new Dictionary<string, double> { ["coal"] = 0.9 })).Message);
        Assert.Contains("did you mean 'solar'", Assert.Throws<ArgumentException>(() => CarbonIntensity.OfMix("x", null, new Dictionary<string, double> { ["solr"] = 1 })).Message);
    }

    [Fact]
    public void Places_are_found_by_code_and_name_with_year_and_source()
    {
        var table = CarbonIntensities.Published();
        Assert.Equal(380.95, table["DEU"].GramsPerKwh);
        Assert.Same(table["DEU"], table["germany"]);
        Assert.Equal(2023, table["DEU"].Year);
        Assert.Contains("Our World in Data", table["DEU"].Description);
        Assert.Equal(345, table["gcp:europe-west3"].GramsPerKwh);
        Assert.Equal(475, table["WORLD"].GramsPerKwh);
        Assert.Equal(213 + 40 + 1, table.Codes.Count);
    }

    [Fact]
    public void An_unknown_place_is_never_the_world()
    {
        var error = Assert.Throws<ArgumentException>(() => CarbonIntensities.Published()["Germny"]);
        Assert.Contains("did you mean 'Germany'?", error.Message);
    }

    [Fact]
    public void The_overhead_of_a_building_is_applied_once()
    {
        var facility = new Facility { Pue = 1.5 };
        var total = facility.Total(ItEnergy.FromKilowattHours(2));
        Assert.Equal(3, total.KilowattHours, 1e-12);
        Assert.Equal(1200, new CarbonIntensity(400, "x", 2024, "y").Grams(total), 1e-9);

        // Nothing takes a building's energy as energy of computers.
        Assert.DoesNotContain(typeof(Facility).GetMethods(), method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(FacilityEnergy)));
        Assert.Equal(2, Facility.None.Total(ItEnergy.FromKilowattHours(2)).KilowattHours);
    }

    [Fact]
    public void Water_on_site_goes_by_the_computers_and_of_the_grid_by_the_building()
    {
        var energy = ItEnergy.FromKilowattHours(10);
        Assert.Equal(10 * 0.5 + 12 * 2, new Facility { Pue = 1.2, SiteLitresPerKwh = 0.5, GridLitresPerKwh = 2 }.Water(energy)!.Value, 1e-12);
        Assert.Null(new Facility { Pue = 1.2, SiteLitresPerKwh = 0.5 }.Water(energy));
    }

    [Theory]
    [InlineData(0.99)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_PUE_below_1_is_refused(double pue) => Assert.Throws<ArgumentOutOfRangeException>(() => new Facility { Pue = pue });

    [Fact]
    public void Each_figure_of_a_series_holds_until_the_next()
    {
        using var reader = new CsvReader(new StringReader("time,g_co2e_per_kwh\n2026-01-01T00:00Z,100\n2026-01-01T02:00+01:00,300\n"), "grid.csv");
        var series = IntensitySeries.Read(reader);
        Assert.Equal(100, series.GramsPerKwhAt(At(0)));
        Assert.Equal(100, series.GramsPerKwhAt(At(59)));
        Assert.Equal(300, series.GramsPerKwhAt(At(60)));
        Assert.Equal(300, series.GramsPerKwhAt(At(10_000)));
        Assert.Throws<ArgumentOutOfRangeException>(() => series.GramsPerKwhAt(At(-1)));

        static DateTimeOffset At(double minutes) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes);
    }

    [Theory]
    [InlineData("time,g_co2e_per_kwh\nnoon,100\n", "grid.csv:2: time: \"noon\" is not a time")]
    [InlineData("time,g_co2e_per_kwh\n2026-01-02,100\n2026-01-01,100\n", "is not after")]
    [InlineData("time\n2026-01-02\n", "there is no column \"g_co2e_per_kwh\"")]
    [InlineData("time,g_co2e_per_kwh\n2026-01-02,-5\n", "-5 g/kWh is not a finite amount")]
    public void What_is_no_series_is_refused(string text, string message)
    {
        using var reader = new CsvReader(new StringReader(text), "grid.csv");
        Assert.Contains(message, Assert.Throws<InputFormatException>(() => IntensitySeries.Read(reader)).Message);
    }

    [Fact]
    public void Making_a_machine_is_spread_over_its_life()
    {
        Assert.Equal(100, EmbodiedCarbon.OfMachine(876, 8760).GramsPerHour, 1e-12);
        Assert.Equal(96 * 0.167, EmbodiedCarbon.OfProcessors(96).GramsPerHour, 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => EmbodiedCarbon.OfMachine(876, 0));
    }
}
