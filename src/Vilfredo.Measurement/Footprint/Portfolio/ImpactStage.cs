namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>A stage of a life cycle.</summary>
public enum ImpactStage
{
    /// <summary>Use: electricity and water.</summary>
    Operational,

    /// <summary>Making and discarding the hardware.</summary>
    Embodied,
}
