namespace Vilfredo.Optimization;

/// <summary>A hypervolume at which a run ends: that of all feasible points evaluated in it.</summary>
/// <param name="AtLeast">The hypervolume, finite and above 0.</param>
/// <param name="ReferencePoint">One finite value per objective, from which on a point counts nothing.</param>
public sealed record HypervolumeTarget(double AtLeast, IReadOnlyList<double> ReferencePoint);
