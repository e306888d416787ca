namespace Vilfredo.Measurement.Footprint.Carbon;

/// <summary>The carbon intensity of the grid at a time.</summary>
public interface ICarbonIntensitySource
{
    /// <summary>What it is, in words for a report.</summary>
    string Description { get; }

    /// <summary>g CO2e per kWh at a time.</summary>
    double GramsPerKwhAt(DateTimeOffset time);
}
