using ScottPlot;

namespace Vilfredo.Studies.Reporting;

/// <summary>Draws one plane of two objectives: the cloud, the staircase, the frontier and the knee.</summary>
internal static class PlaneDrawing
{
    internal sealed record Style
    {
        internal bool? LogarithmicX { get; init; }
        internal bool? LogarithmicY { get; init; }
        internal int TicksX { get; init; }
        internal int TicksY { get; init; }
        internal bool LabelX { get; init; } = true;
        internal bool LabelY { get; init; } = true;
        internal bool Small { get; init; }
    }

    internal static Plot Draw(FrontierProjection view, IReadOnlyList<AttainmentCurve> curves, PlotTheme theme, Style style)
    {
        var x = view.ScaleX(style.LogarithmicX);
        var y = view.ScaleY(style.LogarithmicY);
        Coordinates At(PlanePoint point) => new(x.Coordinate(point.X), y.Coordinate(point.Y));

        var plot = theme.NewPlot();
        plot.HideLegend();
        AddBands(plot, view, curves, theme, x, y);
        AddStaircase(plot, view, theme, x, y, style.Small);
        if (!style.Small)
            AddSpreads(plot, view, theme, x, y);
        AddMarks(plot, view, theme, At, style.Small);
        if (view.Knee is { } knee && !style.Small)
            NameKnee(plot, At(knee), view, theme, x.Fraction(knee.X) > 0.8);

        PlotTheme.SetAxis(plot.Axes.Bottom, x, style.TicksX, style.LabelX ? AxisLabel(view.X, x, style.Small) : null);
        PlotTheme.SetAxis(plot.Axes.Left, y, style.TicksY, style.LabelY ? AxisLabel(view.Y, y, style.Small) : null);
        return plot;
    }

    /// <summary>The corner where both objectives are worst: nothing of the frontier is there, so there is room for the legend.</summary>
    internal static Alignment WorstCorner(Objective x, Objective y) => (x.Direction, y.Direction) switch
    {
        (Direction.Minimize, Direction.Minimize) => Alignment.UpperRight,
        (Direction.Minimize, Direction.Maximize) => Alignment.LowerRight,
        (Direction.Maximize, Direction.Minimize) => Alignment.UpperLeft,
        _ => Alignment.LowerLeft,
    };

    internal static void AddMarks(Plot plot, FrontierProjection view, PlotTheme theme, Func<PlanePoint, Coordinates> at, bool small)
    {
        var many = view.Dominated.Count > 1000;
        AddMarkers(plot, view.Dominated, at, "dominated", MarkerShape.FilledCircle, many || small ? 4 : 7, theme.Dominated.WithAlpha(many ? 0.35 : 0.6));
        AddMarkers(plot, view.Infeasible, at, "infeasible", MarkerShape.OpenCircle, small ? 5 : 7, theme.Infeasible);
        if (AddMarkers(plot, view.Frontier, at, "frontier", MarkerShape.FilledCircle, small ? 6.5f : 10, theme.Frontier) is { } frontier)
        {
            frontier.MarkerStyle.OutlineColor = theme.Surface;
            frontier.MarkerStyle.OutlineWidth = 1;
        }

        if (view.Knee is { } knee && AddMarkers(plot, [knee], at, "knee", MarkerShape.FilledDiamond, small ? 11 : 17, theme.Knee) is { } mark)
        {
            mark.MarkerStyle.OutlineColor = theme.Surface;
            mark.MarkerStyle.OutlineWidth = 1.5f;
        }
    }

    private static ScottPlot.Plottables.Markers? AddMarkers(
        Plot plot, IReadOnlyList<PlanePoint> points, Func<PlanePoint, Coordinates> at, string name, MarkerShape shape, float size, Color color)
    {
        if (points.Count == 0)
            return null;
        var markers = plot.Add.Markers(points.Select(at).ToArray(), shape, size, color);
        markers.LegendText = name;
        return markers;
    }

    private static void AddStaircase(Plot plot, FrontierProjection view, PlotTheme theme, AxisScale x, AxisScale y, bool small)
    {
        var path = view.StaircasePath(x, y);
        if (path.Count == 0)
            return;
        Shade(plot, path, WorstPoint(view, x, y), theme.Frontier.WithAlpha(0.05), x, y);
        AddLine(plot, path, theme.Frontier, small ? 1 : 1.6f, x, y);
    }

    // What some but not all runs attain: the area between two levels, thin lines along the levels.
    private static void AddBands(
        Plot plot, FrontierProjection view, IReadOnlyList<AttainmentCurve> curves, PlotTheme theme, AxisScale x, AxisScale y)
    {
        var paths = curves
            .OrderBy(curve => curve.Level)
            .Select(curve => Staircase.Corners(curve.Points, view.X.Direction, view.Y.Direction))
            .Where(corners => corners.Count > 0)
            .Select(corners => Staircase.Path(corners, WorstPoint(view, x, y).X, WorstPoint(view, x, y).Y))
            .ToArray();
        for (var i = 0; i + 1 < paths.Length; i++)
        {
            var outline = paths[i].Concat(paths[i + 1].Reverse());
            var band = plot.Add.Polygon(outline.Select(point => At(point, x, y)).ToArray());
            band.FillColor = theme.Band.WithAlpha(0.28);
            band.LineWidth = 0;
            if (i == 0)
                band.LegendText = "attained by " + string.Join(", ", curves.Select(curve => curve.Level).Order().Select(level => $"{100 * level:0.#}%"));
        }

        foreach (var path in paths)
            AddLine(plot, path, theme.Band, 1, x, y);
    }

    private static void AddSpreads(Plot plot, FrontierProjection view, PlotTheme theme, AxisScale x, AxisScale y)
    {
        foreach (var (center, low, high) in view.Spreads)
        {
            // A logarithmic axis has no place for a repeat at or below zero; the whisker ends at the picture's edge.
            var color = theme.Frontier.WithAlpha(0.6);
            AddLine(plot, [center with { X = Math.Max(low.X, x.Minimum) }, center with { X = high.X }], color, 1, x, y);
            AddLine(plot, [center with { Y = Math.Max(low.Y, y.Minimum) }, center with { Y = high.Y }], color, 1, x, y);
        }
    }

    private static void NameKnee(Plot plot, Coordinates place, FrontierProjection view, PlotTheme theme, bool onTheLeft)
    {
        var text = theme.AddText(plot, $"knee (trial {view.KneeTrial})", place, theme.Knee);
        text.LabelBold = true;
        text.LabelPadding = 3;
        text.LabelAlignment = onTheLeft ? Alignment.LowerRight : Alignment.LowerLeft;
        text.OffsetX = onTheLeft ? -9 : 9;
        text.OffsetY = -7;
    }

    private static void Shade(Plot plot, IReadOnlyList<PlanePoint> path, PlanePoint corner, Color color, AxisScale x, AxisScale y)
    {
        var area = plot.Add.Polygon([.. path.Append(corner).Select(point => At(point, x, y))]);
        area.FillColor = color;
        area.LineWidth = 0;
    }

    private static void AddLine(Plot plot, IReadOnlyList<PlanePoint> path, Color color, float width, AxisScale x, AxisScale y)
    {
        var line = plot.Add.ScatterLine(path.Select(point => At(point, x, y)).ToArray(), color);
        line.LineWidth = width;
    }

    private static Coordinates At(PlanePoint point, AxisScale x, AxisScale y) => new(x.Coordinate(point.X), y.Coordinate(point.Y));

    private static PlanePoint WorstPoint(FrontierProjection view, AxisScale x, AxisScale y) =>
        new(FrontierProjection.WorstEnd(x, view.X.Direction), FrontierProjection.WorstEnd(y, view.Y.Direction));

    internal static string AxisLabel(Objective objective, AxisScale scale, bool small)
    {
        var label = scale.Format.Label(objective.Name);
        return small || objective.Name == "trial" ? label : $"{label}   {(objective.Direction == Direction.Maximize ? "larger" : "smaller")} is better";
    }
}
