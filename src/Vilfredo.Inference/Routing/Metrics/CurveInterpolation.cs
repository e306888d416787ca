namespace Vilfredo.Inference.Routing.Metrics;

/// <summary>What holds between the measured points of a curve.</summary>
public enum CurveInterpolation
{
    /// <summary>The quality of the last point that is not dearer: what a fixed threshold gives.</summary>
    Step,

    /// <summary>The line between neighbours: what drawing between their thresholds gives on average.</summary>
    Linear,
}
