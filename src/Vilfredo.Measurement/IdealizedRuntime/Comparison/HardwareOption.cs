namespace Vilfredo.Measurement.IdealizedRuntime.Comparison;

/// <summary>A way to run a model: its profile on some hardware, and what that hardware costs.</summary>
/// <param name="Profile">The model's profile there.</param>
/// <param name="Setup">The accelerators it occupies.</param>
public sealed record HardwareOption(RuntimeProfile Profile, AcceleratorSetup Setup);
