using ScottPlot;

namespace Vilfredo.Studies.Reporting;

/// <summary>Where a legend hides least.</summary>
internal static class LegendCorner
{
    // Pixels, as PlotTheme draws legends; generous, so that marks near the box count too.
    private const double PixelsPerLetter = 8;
    private const double PixelsBesideLetters = 75;
    private const double PixelsPerLine = 21;
    private const double PixelsBesideLines = 30;
    private const int StepsPerLine = 40;
    private const int PointWeight = 1000; // a hidden point is worse than any length of a hidden line

    /// <summary>The corner whose box covers the fewest points, then the least of the lines; the preferred one among equals.</summary>
    public static Alignment Of(IReadOnlyList<MethodSeries> series, AxisScale across, AxisScale up, Alignment preferred, PlotOptions look)
    {
        var width = (PixelsPerLetter * series.Max(method => method.Name.Length) + PixelsBesideLetters) / look.Width;
        var height = (PixelsPerLine * series.Count + PixelsBesideLines) / look.Height;
        Alignment[] corners = [preferred, Alignment.LowerRight, Alignment.UpperRight, Alignment.LowerLeft, Alignment.UpperLeft];
        return corners.MinBy(Hidden);

        int Hidden(Alignment corner)
        {
            bool Covers(double x, double y) =>
                (corner is Alignment.LowerRight or Alignment.UpperRight ? 1 - x : x) < width
                && (corner is Alignment.UpperLeft or Alignment.UpperRight ? 1 - y : y) < height;

            var sum = 0;
            foreach (var method in series)
            {
                (double X, double Y)[] places = [.. method.Points.Select(point => (across.Fraction(point.X), up.Fraction(point.Y)))];
                sum += PointWeight * places.Count(place => Covers(place.X, place.Y));
                foreach (var (from, to) in places.Zip(places.Skip(1)))
                {
                    for (var step = 1; step < StepsPerLine; step++)
                    {
                        var part = (double)step / StepsPerLine;
                        if (Covers(from.X + part * (to.X - from.X), from.Y + part * (to.Y - from.Y))) sum++;
                    }
                }
            }

            return sum;
        }
    }
}
