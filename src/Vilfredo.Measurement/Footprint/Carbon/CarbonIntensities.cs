using Vilfredo.IO;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Measurement.Footprint.Carbon;

/// <summary>Carbon intensities by place, one figure per place.</summary>
/// <remarks>An unknown place is an error: the world's average is never taken in its stead.</remarks>
public sealed class CarbonIntensities
{
    private readonly Dictionary<string, CarbonIntensity> places = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates a table.</summary>
    /// <param name="places">Intensity by code.</param>
    /// <exception cref="ArgumentException">A code is there twice.</exception>
    public CarbonIntensities(IEnumerable<KeyValuePair<string, CarbonIntensity>> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        foreach (var (code, intensity) in places)
        {
            if (!this.places.TryAdd(code, intensity)) throw new ArgumentException($"The place '{code}' is there twice; keep one figure.", nameof(places));
        }
    }

    /// <summary>The codes there are, sorted.</summary>
    public IReadOnlyList<string> Codes => [.. places.Keys.Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The intensity of a place: by code, such as <c>DEU</c> (ISO 3166 alpha-3), <c>gcp:europe-west3</c> or <c>WORLD</c>, or by the name of a country.</summary>
    /// <exception cref="ArgumentException">The place is unknown; the message names the nearest one.</exception>
    public CarbonIntensity this[string place]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(place);
            if (places.TryGetValue(place, out var intensity)) return intensity;
            var byName = places.Values.FirstOrDefault(known => string.Equals(known.Place, place, StringComparison.OrdinalIgnoreCase));
            if (byName is not null) return byName;
            var names = places.Keys.Concat(places.Values.Select(known => known.Place)).Distinct();
            var hint = NearestName.Find(place, names) is { } nearest ? $"did you mean '{nearest}'?" : "give an ISO code of three letters such as DEU, or the figure itself.";
            throw new ArgumentException($"No carbon intensity is known for '{place}'; {hint}", nameof(place));
        }
    }

    /// <summary>213 countries, regions of Google Cloud, and the world: yearly averages with their years (sources in Carbon/Data/SOURCE.md).</summary>
    public static CarbonIntensities Published() => new(
    [
        KeyValuePair.Create("WORLD", CarbonIntensity.World),
        .. Read("intensity-countries.csv", csv => new CarbonIntensity(csv.Number("g_co2e_per_kwh"), csv.Text("place"), csv.Integer("year"), "Our World in Data, from Ember and Energy Institute")),
        .. Read("intensity-cloud-regions.csv", csv => new CarbonIntensity(csv.Number("g_co2e_per_kwh"), $"{csv.Text("code")}, {csv.Text("place")}", null, "the provider's figure for 2022 to 2024")),
    ]);

    private static List<KeyValuePair<string, CarbonIntensity>> Read(string name, Func<HeaderedCsv, CarbonIntensity> read)
    {
        using var stream = typeof(CarbonIntensities).Assembly.GetManifestResourceStream(name)!;
        using var reader = new CsvReader(new StreamReader(stream), name);
        var csv = new HeaderedCsv(reader);
        var rows = new List<KeyValuePair<string, CarbonIntensity>>();
        while (csv.Read()) rows.Add(KeyValuePair.Create(csv.Text("code"), read(csv)));
        return rows;
    }
}
