using System.Globalization;

namespace Vilfredo.Measurement.Footprint.Carbon;

/// <summary>The building that computers stand in: what it adds to their energy, and its water.</summary>
public sealed record Facility
{
    /// <summary>A desk or a room without cooling of its own: no overhead, water unknown.</summary>
    public static readonly Facility None = new();

    /// <summary>Power usage effectiveness: energy of the building over energy of its computers, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or not finite.</exception>
    public double Pue
    {
        get;
        init => field = double.IsFinite(value) && value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), string.Create(CultureInfo.InvariantCulture, $"A PUE is at least 1 (energy of the building over that of its computers), not {value}."));
    } = 1;

    /// <summary>Water used on site per kWh of computers' energy (WUE), in litres; <see langword="null"/> when unknown.</summary>
    public double? SiteLitresPerKwh { get; init => field = value is { } litres ? Quantity.NotNegative(litres, nameof(value), "l/kWh") : null; }

    /// <summary>Water used to generate electricity per kWh at the building's meter, in litres; <see langword="null"/> when unknown.</summary>
    public double? GridLitresPerKwh { get; init => field = value is { } litres ? Quantity.NotNegative(litres, nameof(value), "l/kWh") : null; }

    /// <summary>Energy at the meter of the building.</summary>
    public FacilityEnergy Total(ItEnergy energy) => new(energy.KilowattHours * Pue);

    /// <summary>
    /// Litres of water: on site per kWh of the computers, where electricity is generated per kWh at the meter.
    /// <see langword="null"/> unless both are known: half of it is not the water of a run.
    /// </summary>
    public double? Water(ItEnergy energy) => SiteLitresPerKwh is { } site && GridLitresPerKwh is { } grid
        ? energy.KilowattHours * site + Total(energy).KilowattHours * grid
        : null;
}
