namespace Vilfredo.Studies.Reporting;

/// <summary>A point of a picture's plane: one objective across, one up, both in the user's direction and unit.</summary>
/// <param name="X">The value across.</param>
/// <param name="Y">The value up.</param>
public readonly record struct PlanePoint(double X, double Y);
