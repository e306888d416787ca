namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>Where an amount of energy comes from. An estimate never passes for a measurement.</summary>
public enum EnergyOrigin
{
    /// <summary>Read from a counter of the hardware.</summary>
    Measured,

    /// <summary>Computed from a stated model; also a measured total of which only a computed share is counted.</summary>
    Estimated,
}
