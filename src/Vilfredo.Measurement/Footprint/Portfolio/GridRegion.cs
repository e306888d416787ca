namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>Electricity of a region and its share in what the data centres use.</summary>
/// <param name="Name">The region.</param>
/// <param name="PerKilowattHour">Impacts of a kWh; its energy is not read.</param>
/// <param name="Share">Share in all energy, 0 to 1.</param>
public sealed record GridRegion(string Name, Impacts PerKilowattHour, double Share);
