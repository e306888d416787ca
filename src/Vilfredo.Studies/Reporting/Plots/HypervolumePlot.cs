using ScottPlot;

namespace Vilfredo.Studies.Reporting;

/// <summary>A figure of how the hypervolume of a study's frontier grew with its trials, as SVG or PNG.</summary>
public static class HypervolumePlot
{
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
        var plot = theme.NewPlot();
        var history = data.HypervolumeHistory.OrderBy(sample => sample.Trials).ToArray();
        var x = AxisScale.Fit(history.Select(sample => (double)sample.Trials), logarithmic: options.LogarithmicX ?? false);
        var y = AxisScale.Fit(history.Select(sample => sample.Hypervolume), logarithmic: options.LogarithmicY ?? false);
        if (history.Length > 0)
        {
            var places = history.Select(sample => new Coordinates(x.Coordinate(sample.Trials), y.Coordinate(sample.Hypervolume))).ToArray();
            var line = plot.Add.ScatterLine(places, theme.Frontier);
            line.ConnectStyle = ConnectStyle.StepHorizontal; // the value holds until the trial that changes it
            line.LineWidth = 2;
        }

        PlotTheme.SetAxis(plot.Axes.Bottom, x, Math.Max(2, options.Width / 110), "trials");
        PlotTheme.SetAxis(plot.Axes.Left, y, Math.Max(2, options.Height / 80), "hypervolume");
        theme.SetTitle(plot, options.Title ?? data.Title);
        return [new(plot, new PixelRect(0, options.Width, options.Height, 0))];
    }
}
