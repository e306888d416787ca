using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.IO;
using Vilfredo.Measurement.Footprint.Carbon;

namespace Vilfredo.Cli.Commands.Footprint;

/// <summary>The options that say where electricity comes from and in which building it is used.</summary>
internal sealed class GridOptions
{
    private readonly Option<string?> location = new("--location")
    {
        HelpName = "CODE",
        Description = "Grid by ISO code (DEU), country, Google Cloud region (gcp:europe-west3) or WORLD; yearly averages.",
    };

    private readonly Option<double?> intensity = new("--intensity") { HelpName = "G", Description = "Grid by its carbon intensity, g CO2e/kWh." };

    private readonly Option<double> pue = new("--pue")
    {
        HelpName = "X",
        Description = "Energy of the building over that of its computers, at least 1; applied once.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<double?> siteWater = new("--wue") { HelpName = "L", Description = "Water on site, litres per kWh of the computers." };

    private readonly Option<double?> gridWater = new("--grid-water") { HelpName = "L", Description = "Water where electricity is made, litres per kWh of the building." };

    private readonly Option<string?> series = new("--intensity-file")
    {
        HelpName = "FILE",
        Description = "Grid over time: CSV with time and g_co2e_per_kwh; each figure holds until the next.",
    };

    private readonly bool hasSeries;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="hasSeries">Whether intensities over time make sense for it.</param>
    public GridOptions(Command command, bool hasSeries)
    {
        this.hasSeries = hasSeries;
        command.Add(location);
        command.Add(intensity);
        if (hasSeries) command.Add(series);
        foreach (var option in new Option[] { pue, siteWater, gridWater }) command.Add(option);
    }

    /// <summary>The building.</summary>
    public Facility Facility(ParseResult parse)
    {
        var facility = UserInput.Checked("--pue", () => new Facility { Pue = parse.GetValue(pue) });
        facility = UserInput.Checked("--wue", () => facility with { SiteLitresPerKwh = parse.GetValue(siteWater) });
        return UserInput.Checked("--grid-water", () => facility with { GridLitresPerKwh = parse.GetValue(gridWater) });
    }

    /// <summary>The grid as one figure.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="isAssumed">Whether nothing was said, so that it is the world's average.</param>
    public CarbonIntensity Intensity(ParseResult parse, out bool isAssumed)
    {
        var place = parse.GetValue(location);
        isAssumed = false;
        if (parse.GetValue(intensity) is { } grams)
        {
            if (place is not null) throw new UserErrorException("--location and --intensity both name the grid", "Give one of them.");
            return UserInput.Checked("--intensity", () => new CarbonIntensity(grams, "stated", null, "--intensity"));
        }

        if (place is not null) return UserInput.Checked("--location", () => CarbonIntensities.Published()[place]);
        isAssumed = true;
        return CarbonIntensity.World;
    }

    /// <summary>The grid, over time where a file says so.</summary>
    public ICarbonIntensitySource Source(ParseResult parse, out bool isAssumed)
    {
        if (!hasSeries || parse.GetValue(series) is not { } path) return new ConstantIntensity(Intensity(parse, out isAssumed));
        if (parse.GetValue(location) is not null || parse.GetValue(intensity) is not null)
            throw new UserErrorException("--intensity-file and another option both name the grid", "Give one of --intensity-file, --location, --intensity.");
        isAssumed = false;
        var read = InputFile.Open(path, p =>
        {
            using var reader = CsvReader.Open(p);
            return IntensitySeries.Read(reader);
        });
        UserInput.Checked("--intensity-file", () => read.GramsPerKwhAt(DateTimeOffset.UtcNow));
        return read;
    }
}
