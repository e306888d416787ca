namespace Vilfredo.Studies.Reporting;

/// <summary>
/// The edge of what a fraction of the runs (or repeats) attained, for two objectives: a level of the empirical attainment
/// function (Grunert da Fonseca, Fonseca and Hall 2001).
/// </summary>
/// <param name="Level">The fraction of runs, above 0 and at most 1, that attain every point of the curve.</param>
/// <param name="Points">
/// The points of the curve, in the user's directions and any order. Elbows of the staircase may be among them; only the
/// non-dominated points count.
/// </param>
public sealed record AttainmentCurve(double Level, IReadOnlyList<PlanePoint> Points);
