namespace Vilfredo.Attainment;

/// <summary>
/// A rectangle of the plane of two objectives in which the difference of two attainment functions is constant: its lower
/// and left edges belong to it, its upper and right edges do not.
/// </summary>
/// <param name="X0">The smallest first objective.</param>
/// <param name="Y0">The smallest second objective.</param>
/// <param name="X1">The end of the first objective; +Infinity at the border of the plane.</param>
/// <param name="Y1">The end of the second objective; +Infinity at the border of the plane.</param>
/// <param name="Difference">The first share of runs minus the second, not zero.</param>
public readonly record struct AttainmentRectangle(double X0, double Y0, double X1, double Y1, double Difference);
