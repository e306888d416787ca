namespace Vilfredo.Measurement.Footprint.Carbon;

/// <summary>Energy at the meter of a building, overhead included. Made by <see cref="Facility.Total"/> only.</summary>
public readonly record struct FacilityEnergy
{
    internal FacilityEnergy(double kilowattHours) => KilowattHours = kilowattHours;

    /// <summary>The energy in kWh, at least 0.</summary>
    public double KilowattHours { get; }
}
