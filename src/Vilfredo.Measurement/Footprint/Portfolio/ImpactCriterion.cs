namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>What is counted over a life cycle.</summary>
public enum ImpactCriterion
{
    /// <summary>Final energy, kWh.</summary>
    Energy,

    /// <summary>Climate change over 100 years, kg CO2e.</summary>
    Climate,

    /// <summary>Water weighted by its scarcity (AWARE), m3 e.</summary>
    Water,

    /// <summary>Primary energy (fossil resources), MJ.</summary>
    PrimaryEnergy,

    /// <summary>Metals and minerals (ADPe), kg Sb e.</summary>
    Resources,
}
