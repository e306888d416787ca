namespace Vilfredo.Studies.Reporting;

/// <summary>The points of one method in a <see cref="MethodPlot"/>.</summary>
/// <param name="Name">The method's name, which the legend shows.</param>
/// <param name="Points">Its points in the order of the varied knob; a line joins them.</param>
/// <param name="IsBaseline">Whether it is drawn hollow.</param>
public sealed record MethodSeries(string Name, IReadOnlyList<PlanePoint> Points, bool IsBaseline = false);
