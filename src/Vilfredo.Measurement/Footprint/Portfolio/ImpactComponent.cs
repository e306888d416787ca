namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>What in an information system has an impact.</summary>
public enum ImpactComponent
{
    /// <summary>Processors and graphics processors that infer.</summary>
    Compute,

    /// <summary>Storage of inputs and outputs.</summary>
    Storage,

    /// <summary>Sending them.</summary>
    Network,

    /// <summary>Fitting traditional models.</summary>
    FineTuning,
}
