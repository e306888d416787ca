namespace Vilfredo.Archives;

/// <summary>Names the point that a full archive gives up.</summary>
/// <param name="points">Mutually non-dominated points, row-major, one more than the capacity.</param>
/// <param name="objectives">Values per point.</param>
/// <returns>The index of a point.</returns>
public delegate int TruncationRule(ReadOnlySpan<double> points, int objectives);
