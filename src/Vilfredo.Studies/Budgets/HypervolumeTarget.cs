namespace Vilfredo.Studies;

/// <summary>A hypervolume to reach.</summary>
/// <param name="AtLeast">The hypervolume, above 0, in the product of the objectives' units.</param>
/// <param name="ReferencePoint">By objective, in its own direction: the values from which on a point counts nothing.</param>
public sealed record HypervolumeTarget(double AtLeast, IReadOnlyDictionary<string, double> ReferencePoint);
