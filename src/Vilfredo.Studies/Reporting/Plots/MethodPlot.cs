using ScottPlot;

namespace Vilfredo.Studies.Reporting;

/// <summary>A figure that compares methods on two objectives: a colour and line per method, baselines hollow.</summary>
public static class MethodPlot
{
    private const int LargestLegend = 10; // methods; beyond it points carry their names instead
    private const int BesidePlane = 50, AboveAndBelowPlane = 100; // pixels for axes and title

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
        if (series.Count > LargestLegend) AddNames();
        else theme.ShowLegend(plot, LegendCorner.Of(series, across, up, PlaneDrawing.WorstCorner(x, y), look));
        return PlotFile.ToSvg([new(plot, new PixelRect(0, look.Width, look.Height, 0))], theme, look);

        void AddMethod(MethodSeries method, Color color)
        {
            Coordinates[] places = [.. method.Points.Select(point => new Coordinates(across.Coordinate(point.X), up.Coordinate(point.Y)))];
            if (places.Length == 0) return;
            foreach (var line in Lines(places)) plot.Add.ScatterLine(line, color).LineWidth = 1.5f;
            var marks = plot.Add.Markers(places, method.IsBaseline ? MarkerShape.OpenCircle : MarkerShape.FilledCircle, 10, color);
            marks.MarkerStyle.LineWidth = 2;
            marks.LegendText = method.Name;
        }

        // A crowd has no room for all names; the marks that stay without one are in the tables beside such figures.
        void AddNames()
        {
            MethodSeries[] named = [.. series.Where(method => method.Points.Count > 0)];
            var (width, height) = ((double)look.Width - BesidePlane, (double)look.Height - AboveAndBelowPlane);
            var sides = NamePlacement.Of([.. named.Select(method => (method.Name, across.Fraction(method.Points[^1].X) * width, (1 - up.Fraction(method.Points[^1].Y)) * height))], width, height);
            foreach (var (method, side) in named.Zip(sides))
            {
                if (side is not { } chosen) continue;
                var name = theme.AddText(plot, method.Name, new(across.Coordinate(method.Points[^1].X), up.Coordinate(method.Points[^1].Y)), theme.Ink, 11);
                name.LabelAlignment = chosen;
                name.OffsetX = chosen switch { Alignment.MiddleLeft => NamePlacement.Gap, Alignment.MiddleRight => -NamePlacement.Gap, _ => 0 };
                name.OffsetY = chosen switch { Alignment.LowerCenter => -NamePlacement.Gap, Alignment.UpperCenter => NamePlacement.Gap, _ => 0 };
            }
        }
    }

    /// <summary>The curves of a method: one that ran in several settings goes back across with each of them, and that way back is no part of a curve.</summary>
    internal static IEnumerable<Coordinates[]> Lines(Coordinates[] places)
    {
        var (far, start) = ((places.Max(place => place.X) - places.Min(place => place.X)) / 2, 0);
        var goesForward = places.Zip(places.Skip(1)).Any(step => step.Second.X > step.First.X);
        for (var end = 1; end <= places.Length; end++)
        {
            if (end < places.Length && !(goesForward && places[end - 1].X - places[end].X > far)) continue;
            if (end - start > 1) yield return places[start..end];
            start = end;
        }
    }
}
