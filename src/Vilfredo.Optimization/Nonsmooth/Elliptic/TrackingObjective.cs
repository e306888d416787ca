namespace Vilfredo.Optimization.Nonsmooth.Elliptic;

/// <summary>|y - target|^2 / 2 in the inner product of the grid, plus weight / 2 times |u|^2.</summary>
/// <param name="Target">The wanted state at the grid points.</param>
/// <param name="ControlWeight">sigma, at least 0.</param>
public sealed record TrackingObjective(IReadOnlyList<double> Target, double ControlWeight);
