namespace Vilfredo.Studies.Reporting;

/// <summary>How far the repeats behind a point scatter: the box from their smallest to their largest values.</summary>
/// <param name="Center">The point that is drawn.</param>
/// <param name="Low">The smallest value of the repeats in each objective.</param>
/// <param name="High">The largest value of the repeats in each objective.</param>
public readonly record struct PlaneSpread(PlanePoint Center, PlanePoint Low, PlanePoint High);
