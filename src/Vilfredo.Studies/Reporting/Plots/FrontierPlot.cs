using ScottPlot;

namespace Vilfredo.Studies.Reporting;

/// <summary>
/// A figure of the frontier as SVG or PNG: two objectives as a scatter plot with the staircase, three to five as a matrix of
/// such plots, more as parallel coordinates. A single objective is shown over the trial number.
/// </summary>
public static class FrontierPlot
{
    private const int LargestMatrix = 5; // objectives; beyond it the cells are too small to read

    /// <summary>The figure as an SVG document.</summary>
    /// <exception cref="ArgumentException">The data is inconsistent, see <see cref="ReportData.Validate"/>, or the options are.</exception>
    public static string ToSvg(ReportData data, PlotOptions? options = null)
    {
        var look = options ?? new PlotOptions();
        return PlotFile.ToSvg(Compose(data, look), PlotTheme.Of(look), look);
    }

    /// <summary>The figure as a PNG file's content.</summary>
    /// <exception cref="ArgumentException">The data is inconsistent, see <see cref="ReportData.Validate"/>, or the options are.</exception>
    public static byte[] ToPng(ReportData data, PlotOptions? options = null)
    {
        var look = options ?? new PlotOptions();
        return PlotFile.ToPng(Compose(data, look), PlotTheme.Of(look), look);
    }

    /// <summary>Writes the figure to a file, complete or not at all.</summary>
    /// <param name="data">The study.</param>
    /// <param name="path">A name that ends in <c>.svg</c> or <c>.png</c>.</param>
    /// <param name="options">How it looks.</param>
    /// <exception cref="ArgumentException">The data is inconsistent, or the name ends in something else.</exception>
    public static void Save(ReportData data, string path, PlotOptions? options = null) =>
        PlotFile.Save(path, () => ToSvg(data, options), () => ToPng(data, options));

    private static List<PlotFile.Placed> Compose(ReportData data, PlotOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.Validate();
        options.Validate();
        var theme = PlotTheme.Of(options);
        return data.Objectives.Count switch
        {
            <= 2 => Single(data, options, theme),
            <= LargestMatrix => Matrix(data, options, theme),
            _ => [new(ParallelPlot.Draw(data, options, theme), new PixelRect(0, options.Width, options.Height, 0))],
        };
    }

    private static List<PlotFile.Placed> Single(ReportData data, PlotOptions options, PlotTheme theme)
    {
        var view = FrontierProjection.Of(data);
        var plot = PlaneDrawing.Draw(view, data.AttainmentCurves, theme, new PlaneDrawing.Style
        {
            LogarithmicX = options.LogarithmicX,
            LogarithmicY = options.LogarithmicY,
            TicksX = Math.Max(2, options.Width / 110),
            TicksY = Math.Max(2, options.Height / 80),
        });
        theme.SetTitle(plot, options.Title ?? data.Title);
        theme.ShowLegend(plot, PlaneDrawing.WorstCorner(view.X, view.Y));
        return [new(plot, new PixelRect(0, options.Width, options.Height, 0))];
    }

    // The lower triangle of all pairs: columns share what is across, rows share what is up.
    private static List<PlotFile.Placed> Matrix(ReportData data, PlotOptions options, PlotTheme theme)
    {
        const int heading = 40;
        var title = options.Title ?? data.Title;
        var top = title.Length > 0 ? heading : 0;
        var count = data.Objectives.Count - 1;
        float width = (float)options.Width / count, height = (float)(options.Height - top) / count;

        var plots = new List<PlotFile.Placed>();
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var plot = PlaneDrawing.Draw(FrontierProjection.Of(data, column, row + 1), [], theme, new PlaneDrawing.Style
                {
                    LogarithmicX = options.LogarithmicX,
                    LogarithmicY = options.LogarithmicY,
                    TicksX = Math.Max(2, (int)width / 90),
                    TicksY = Math.Max(2, (int)height / 60),
                    LabelX = row == count - 1,
                    LabelY = column == 0,
                    Small = true,
                });
                var left = column * width;
                var upper = top + row * height;
                plots.Add(new(plot, new PixelRect(left, left + width, upper + height, upper)));
            }
        }

        plots.Add(new(MatrixKey(data, theme), new PixelRect(options.Width - width, options.Width, top + height, top)));
        if (top > 0)
        {
            var header = theme.NewPlot();
            header.HideAxesAndGrid();
            theme.SetTitle(header, title);
            plots.Add(new(header, new PixelRect(0, options.Width, top, 0)));
        }

        return plots;
    }

    // The empty upper triangle holds the legend.
    private static Plot MatrixKey(ReportData data, PlotTheme theme)
    {
        var plot = theme.NewPlot();
        plot.HideAxesAndGrid();
        PlaneDrawing.AddMarks(plot, FrontierProjection.Of(data), theme, point => new Coordinates(-10, -10), small: true);
        plot.Axes.SetLimits(0, 1, 0, 1);
        theme.ShowLegend(plot, Alignment.UpperRight);
        return plot;
    }
}
