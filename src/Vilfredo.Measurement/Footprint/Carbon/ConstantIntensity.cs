namespace Vilfredo.Measurement.Footprint.Carbon;

/// <summary>The same intensity at all times.</summary>
/// <param name="intensity">The intensity.</param>
public sealed class ConstantIntensity(CarbonIntensity intensity) : ICarbonIntensitySource
{
    /// <inheritdoc/>
    public string Description => intensity.Description;

    /// <inheritdoc/>
    public double GramsPerKwhAt(DateTimeOffset time) => intensity.GramsPerKwh;
}
