namespace Vilfredo.Measurement.Footprint.Carbon;

/// <summary>Greenhouse gases per kWh of a grid.</summary>
public sealed record CarbonIntensity
{
    /// <summary>The world's average of 2019 (IEA), for places that nobody has named.</summary>
    public static readonly CarbonIntensity World = new(475, "world average", 2019, "IEA, as CodeCarbon uses it");

    /// <summary>Creates an intensity.</summary>
    /// <param name="gramsPerKwh">g CO2e per kWh, at least 0.</param>
    /// <param name="place">The grid.</param>
    /// <param name="year">The year of the figure; <see langword="null"/> when unknown.</param>
    /// <param name="source">Who says so.</param>
    public CarbonIntensity(double gramsPerKwh, string place, int? year, string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(place);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        GramsPerKwh = Quantity.NotNegative(gramsPerKwh, nameof(gramsPerKwh), "g/kWh");
        (Place, Year, Source) = (place, year, source);
    }

    /// <summary>g CO2e per kWh.</summary>
    public double GramsPerKwh { get; }

    /// <summary>The grid.</summary>
    public string Place { get; }

    /// <summary>The year of the figure.</summary>
    public int? Year { get; }

    /// <summary>Who says so.</summary>
    public string Source { get; }

    /// <summary>The intensity with place, year and source, in words.</summary>
    public string Description => FormattableString.Invariant($"{GramsPerKwh:G6} g CO2e/kWh, {Place}{(Year is { } year ? $" {year}" : "")} ({Source})");

    /// <summary>Grams of CO2e that the energy causes.</summary>
    public double Grams(FacilityEnergy energy) => energy.KilowattHours * GramsPerKwh;

    /// <summary>The intensity of a mix of sources of electricity.</summary>
    /// <param name="place">The grid.</param>
    /// <param name="year">The year of the mix.</param>
    /// <param name="shares">Share by source; the sources are those of <see cref="GenerationIntensities"/>.</param>
    /// <exception cref="ArgumentException">A source is unknown, a share is negative, or they do not sum to 1 (within 1e-6).</exception>
    public static CarbonIntensity OfMix(string place, int? year, IReadOnlyDictionary<string, double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var sum = 0.0;
        var grams = 0.0;
        foreach (var (source, share) in shares)
        {
            sum += Quantity.Fraction(share, nameof(shares), $"'{source}'");
            grams += share * GenerationIntensities.Of(source);
        }

        if (Math.Abs(sum - 1) > 1e-6)
            throw new ArgumentException(FormattableString.Invariant($"The shares of the mix sum to {sum:G9}; they must sum to 1."), nameof(shares));
        return new CarbonIntensity(grams, place, year, "mix of sources x " + GenerationIntensities.Source);
    }
}
