namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>How the power of processors is taken to follow their load.</summary>
public enum ProcessorPowerLaw
{
    /// <summary>TDP x load: idle costs nothing, as Green Algorithms counts (Lannelongue et al., usage factor x power of the cores).</summary>
    Proportional,

    /// <summary>TDP x (0.1 + 0.9 load^3), the model of CodeCarbon where there is no counter.</summary>
    Cubic,

    /// <summary>TDP / 2 whatever the load, what CarbonTracker takes where there is no counter.</summary>
    Half,
}
