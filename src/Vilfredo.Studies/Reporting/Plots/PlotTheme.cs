using ScottPlot;

namespace Vilfredo.Studies.Reporting;

/// <summary>The colours of the figures: Okabe and Ito's palette, the same roles as in the page.</summary>
internal sealed record PlotTheme
{
    private const float TextSize = 14;

    internal required Color Surface { get; init; }
    internal required Color Ink { get; init; }
    internal required Color Quiet { get; init; }
    internal required Color Grid { get; init; }
    internal required Color Frontier { get; init; }
    internal required Color Knee { get; init; }
    internal required Color Dominated { get; init; }
    internal required Color Infeasible { get; init; }
    internal required Color Band { get; init; }

    internal static PlotTheme Of(PlotOptions options) => options.Dark ? Dark : Light;

    private static PlotTheme Light { get; } = new()
    {
        Surface = Color.FromHex("#ffffff"),
        Ink = Color.FromHex("#1b2330"),
        Quiet = Color.FromHex("#5d6877"),
        Grid = Color.FromHex("#e8ecf0"),
        Frontier = Color.FromHex("#0072b2"),
        Knee = Color.FromHex("#d55e00"),
        Dominated = Color.FromHex("#8a93a0"),
        Infeasible = Color.FromHex("#b3629a"),
        Band = Color.FromHex("#56b4e9"),
    };

    private static PlotTheme Dark { get; } = new()
    {
        Surface = Color.FromHex("#1a2029"),
        Ink = Color.FromHex("#e6eaf0"),
        Quiet = Color.FromHex("#9aa6b5"),
        Grid = Color.FromHex("#2a333f"),
        Frontier = Color.FromHex("#56b4e9"),
        Knee = Color.FromHex("#ff8c42"),
        Dominated = Color.FromHex("#7d8896"),
        Infeasible = Color.FromHex("#d58fc0"),
        Band = Color.FromHex("#2f7fb5"),
    };

    /// <summary>An empty plot in these colours, with axes only at the left and the bottom.</summary>
    internal Plot NewPlot()
    {
        var plot = new Plot();
        plot.FigureBackground.Color = Surface;
        plot.DataBackground.Color = Surface;
        plot.Axes.Color(Quiet);
        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Grid.MajorLineColor = Grid;
        foreach (IAxis axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            UseFont(axis.TickLabelStyle);
            UseFont(axis.Label);
            axis.TickLabelStyle.FontSize = TextSize - 1;
            axis.TickLabelStyle.ForeColor = Quiet;
            axis.Label.FontSize = TextSize;
            axis.Label.Bold = true;
            axis.Label.ForeColor = Ink;
            axis.MajorTickStyle.Length = 4;
        }

        return plot;
    }

    internal void SetTitle(Plot plot, string title)
    {
        if (title.Length == 0)
            return;
        plot.Title(title, TextSize + 4);
        plot.Axes.Title.Label.ForeColor = Ink;
        UseFont(plot.Axes.Title.Label);
    }

    /// <summary>Text beside a point of the data.</summary>
    internal ScottPlot.Plottables.Text AddText(Plot plot, string text, Coordinates place, Color color, float size = TextSize)
    {
        var added = plot.Add.Text(text, place);
        UseFont(added.LabelStyle);
        added.LabelFontColor = color;
        added.LabelFontSize = size;
        added.LabelBackgroundColor = Surface.WithAlpha(0.75);
        return added;
    }

    /// <summary>Puts a scale on an axis of a plot whose coordinates are <see cref="AxisScale.Coordinate"/>.</summary>
    internal static void SetAxis(IAxis axis, AxisScale scale, int ticks, string? label)
    {
        axis.Min = scale.Coordinate(scale.Minimum);
        axis.Max = scale.Coordinate(scale.Maximum);
        var generator = new ScottPlot.TickGenerators.NumericManual();
        foreach (var tick in scale.Ticks(ticks))
            generator.AddMajor(scale.Coordinate(tick.Value), tick.Text);
        axis.TickGenerator = generator;
        if (label is not null)
            axis.Label.Text = label;
    }

    internal void ShowLegend(Plot plot, Alignment corner)
    {
        var legend = plot.ShowLegend(corner);
        legend.FontName = PlotFont.Name;
        legend.FontSize = TextSize - 1;
        legend.FontColor = Ink;
        legend.OutlineColor = Grid;
        legend.BackgroundColor = Surface.WithAlpha(0.85);
        legend.ShadowColor = Colors.Transparent;
        legend.Margin = new PixelPadding(12);
    }

    private static void UseFont(LabelStyle style) => style.FontName = PlotFont.Name;
}
