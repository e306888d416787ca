using ScottPlot;

namespace Vilfredo.Studies.Reporting;

/// <summary>Many objectives side by side: one upright axis each, one line per point.</summary>
internal static class ParallelPlot
{
    private const int DominatedDrawn = 500; // enough to show where they run

    internal static Plot Draw(ReportData data, PlotOptions options, PlotTheme theme)
    {
        var plot = theme.NewPlot();
        var scales = new AxisScale[data.Objectives.Count];
        for (var i = 0; i < scales.Length; i++)
            scales[i] = AxisScale.Fit(data.Points.Where(point => point.Values.Count > 0).Select(point => point.Values[i]), data.Objectives[i].Unit);

        var dominated = data.Points.Where(point => point.State == ReportPointState.Completed && !point.IsOnFrontier).ToArray();
        var every = Math.Max(1, (int)Math.Ceiling((double)dominated.Length / DominatedDrawn));
        AddLines(plot, dominated.Where((_, i) => i % every == 0), scales, "dominated", theme.Dominated.WithAlpha(0.25), 1);
        AddLines(plot, data.Points.Where(point => point.IsOnFrontier && !point.IsKnee), scales, "frontier", theme.Frontier.WithAlpha(0.6), 1.4f);
        AddLines(plot, data.Points.Where(point => point.IsKnee), scales, "knee", theme.Knee, 3);
        AddAxes(plot, data, scales, theme);

        plot.Axes.SetLimits(-0.5, scales.Length - 0.5, -0.02, 1.12); // with room for the names below and the legend above
        plot.Axes.Left.IsVisible = false;
        plot.Axes.Bottom.FrameLineStyle.IsVisible = false;
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.HideGrid();
        theme.SetTitle(plot, options.Title ?? data.Title);
        theme.ShowLegend(plot, Alignment.UpperRight);
        plot.Legend.Orientation = Orientation.Horizontal;
        return plot;
    }

    private static void AddLines(Plot plot, IEnumerable<ReportPoint> points, AxisScale[] scales, string name, Color color, float width)
    {
        var first = true;
        foreach (var point in points)
        {
            var line = plot.Add.ScatterLine(point.Values.Select((value, i) => new Coordinates(i, scales[i].Fraction(value))).ToArray(), color);
            line.LineWidth = width;
            line.LegendText = first ? name : "";
            first = false;
        }
    }

    private static void AddAxes(Plot plot, ReportData data, AxisScale[] scales, PlotTheme theme)
    {
        var names = new ScottPlot.TickGenerators.NumericManual();
        for (var i = 0; i < scales.Length; i++)
        {
            var objective = data.Objectives[i];
            var better = objective.Direction == Direction.Maximize ? "larger is better" : "smaller is better";
            names.AddMajor(i, $"{scales[i].Format.Label(objective.Name)}\n{better}");
            var axis = plot.Add.Line(i, 0, i, 1);
            axis.LineColor = theme.Quiet.WithAlpha(0.7);
            axis.LineWidth = 1;
            foreach (var tick in scales[i].Ticks(5))
            {
                var text = theme.AddText(plot, tick.Text, new Coordinates(i, scales[i].Fraction(tick.Value)), theme.Quiet, 12);
                text.LabelAlignment = Alignment.MiddleLeft;
                text.OffsetX = 4;
            }
        }

        plot.Axes.Bottom.TickGenerator = names;
        plot.Axes.Bottom.TickLabelStyle.ForeColor = theme.Ink;
    }
}
