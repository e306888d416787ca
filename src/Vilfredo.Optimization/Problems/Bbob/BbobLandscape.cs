namespace Vilfredo.Optimization.Problems;

/// <summary>A function of the BBOB suite without its offset: 0 at its best.</summary>
/// <param name="x">One value per variable.</param>
internal delegate double BbobLandscape(ReadOnlySpan<double> x);
