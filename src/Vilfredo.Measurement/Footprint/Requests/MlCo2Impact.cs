using Vilfredo.Measurement.Footprint.Carbon;

namespace Vilfredo.Measurement.Footprint.Requests;

/// <summary>A computation as the Machine Learning Emissions Calculator counts it (Lacoste et al., ML CO2 Impact): the accelerators' thermal design power for all of the time, no processor, no overhead of the building.</summary>
public sealed record MlCo2Impact
{
    /// <summary>Hours, at least 0.</summary>
    public required double Hours { get; init; }

    /// <summary>Thermal design power of all accelerators, W.</summary>
    public required double TdpWatts { get; init; }

    /// <summary>The share of the emissions that the provider says it offsets, 0 to 1; shown beside the emissions and never taken from them.</summary>
    public double OffsetShare { get; init; }

    /// <summary>TDP x time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public ItEnergy Energy() => ItEnergy.FromKilowattHours(
        Quantity.NotNegative(TdpWatts, nameof(TdpWatts), "W") * Quantity.NotNegative(Hours, nameof(Hours), "h") / 1000);

    /// <summary>g CO2e on a grid, offsets left aside.</summary>
    public double Grams(CarbonIntensity intensity)
    {
        ArgumentNullException.ThrowIfNull(intensity);
        return intensity.Grams(Facility.None.Total(Energy()));
    }

    /// <summary>g CO2e that the provider says it offsets.</summary>
    public double OffsetGrams(CarbonIntensity intensity) => Grams(intensity) * Quantity.Fraction(OffsetShare, nameof(OffsetShare), "The offset");
}
