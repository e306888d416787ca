using ScottPlot;

namespace Vilfredo.Studies.Reporting;

/// <summary>A figure that compares methods on two objectives: a colour and line per method, baselines hollow.</summary>
public static class MethodPlot
{
    private const int LargestLegend = 10; // methods; beyond it each point carries its name instead

    // Okabe and Ito's palette without yellow, which is hard to see on white.
    private static readonly string[] Colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#5d6877"];

    /// <summary>The figure as an SVG document.</summary>
    /// <param name="series">The methods, at least one point among them.</param>
    /// <param name="x">The objective across.</param>
    /// <param name="y">The objective up.</param>
    /// <param name="options">How it looks.</param>
    /// <exception cref="ArgumentException">There is no point.</exception>
    public static string ToSvg(IReadOnlyList<MethodSeries> series, Objective x, Objective y, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var look = options ?? new PlotOptions();
        look.Validate();
        PlanePoint[] all = [.. series.SelectMany(method => method.Points)];
        if (all.Length == 0) throw new ArgumentException("There is no point to draw; give each method at least one.", nameof(series));
        var theme = PlotTheme.Of(look);
        var across = AxisScale.Fit(all.Select(point => point.X), x.Unit, look.LogarithmicX);
        var up = AxisScale.Fit(all.Select(point => point.Y), y.Unit, look.LogarithmicY);

        var plot = theme.NewPlot();
        plot.HideLegend();
        for (var i = 0; i < series.Count; i++) AddMethod(series[i], Color.FromHex(Colors[i % Colors.Length]));
        PlotTheme.SetAxis(plot.Axes.Bottom, across, Math.Max(2, look.Width / 110), PlaneDrawing.AxisLabel(x, across, small: false));
        PlotTheme.SetAxis(plot.Axes.Left, up, Math.Max(2, look.Height / 80), PlaneDrawing.AxisLabel(y, up, small: false));
        theme.SetTitle(plot, look.Title ?? "");
        if (series.Count <= LargestLegend) theme.ShowLegend(plot, LegendCorner.Of(series, across, up, PlaneDrawing.WorstCorner(x, y), look));
        return PlotFile.ToSvg([new(plot, new PixelRect(0, look.Width, look.Height, 0))], theme, look);

        void AddMethod(MethodSeries method, Color color)
        {
            Coordinates[] places = [.. method.Points.Select(point => new Coordinates(across.Coordinate(point.X), up.Coordinate(point.Y)))];
            if (places.Length == 0) return;
            if (places.Length > 1) plot.Add.ScatterLine(places, color).LineWidth = 1.5f;
            var marks = plot.Add.Markers(places, method.IsBaseline ? MarkerShape.OpenCircle : MarkerShape.FilledCircle, 10, color);
            marks.MarkerStyle.LineWidth = 2;
            marks.LegendText = method.Name;
            if (series.Count <= LargestLegend) return;
            var name = theme.AddText(plot, method.Name, places[^1], theme.Ink, 11);
            var onTheLeft = across.Fraction(method.Points[^1].X) > 0.8; // a name to the right would leave the picture
            name.LabelAlignment = onTheLeft ? Alignment.MiddleRight : Alignment.MiddleLeft;
            name.OffsetX = onTheLeft ? -8 : 8;
        }
    }
}
