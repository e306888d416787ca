using Vilfredo.IO;

namespace Vilfredo.Measurement.Footprint.Carbon;

/// <summary>Greenhouse gases per kWh by how electricity is generated.</summary>
/// <remarks>Fossil figures are emissions of the stacks and not medians over life cycles.</remarks>
public static class GenerationIntensities
{
    /// <summary>Where the figures come from.</summary>
    public const string Source = "carbon_intensity_per_source of CodeCarbon (2011 to 2019)";

    private static readonly Dictionary<string, double> GramsPerKwh = new(StringComparer.OrdinalIgnoreCase)
    {
        ["coal"] = 995,
        ["petroleum"] = 816,
        ["gas"] = 743,
        ["fossil"] = 635,
        ["geothermal"] = 38,
        ["hydro"] = 26,
        ["nuclear"] = 29,
        ["solar"] = 48,
        ["wind"] = 26,
    };

    /// <summary>The names of the sources.</summary>
    public static IReadOnlyCollection<string> Names => GramsPerKwh.Keys;

    /// <summary>g CO2e per kWh of a source.</summary>
    /// <exception cref="ArgumentException">There is no such source.</exception>
    public static double Of(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (GramsPerKwh.TryGetValue(source, out var grams)) return grams;
        var hint = NearestName.Find(source, GramsPerKwh.Keys) is { } nearest ? $"did you mean '{nearest}'?" : $"known are {string.Join(", ", GramsPerKwh.Keys)}.";
        throw new ArgumentException($"There is no source of electricity '{source}'; {hint}", nameof(source));
    }
}
