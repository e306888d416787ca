namespace Vilfredo.Measurement.IdealizedRuntime.Comparison;

/// <summary>What requests take on one way to run a model.</summary>
/// <param name="Option">The way.</param>
/// <param name="Seconds">All requests one after another.</param>
/// <param name="Cost">What the accelerators cost meanwhile.</param>
/// <param name="Joules">What they draw meanwhile; 0 when their power is not given.</param>
public sealed record HardwareCost(HardwareOption Option, double Seconds, Money Cost, double Joules);
