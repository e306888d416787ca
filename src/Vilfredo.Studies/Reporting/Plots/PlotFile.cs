using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;
using SkiaSharp;
using Vilfredo.IO;

namespace Vilfredo.Studies.Reporting;

/// <summary>Figures as SVG and PNG: one or several plots placed on one canvas.</summary>
internal static partial class PlotFile
{
    internal readonly record struct Placed(Plot Plot, PixelRect Place);

    internal static string ToSvg(IReadOnlyList<Placed> plots, PlotTheme theme, PlotOptions options)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, options.Width, options.Height), stream))
            Draw(canvas, plots, theme);

        // Where the font of this machine is missing, any sans-serif will do.
        var svg = FontFamily().Replace(Encoding.UTF8.GetString(stream.ToArray()), "font-family=\"$1, Helvetica, Arial, sans-serif\"");
        return NumberFromOne(svg);
    }

    // The drawing library numbers clip paths on through the life of the process; the same figure should be the same file.
    private static string NumberFromOne(string svg)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return ClipPath().Replace(svg, match =>
        {
            var number = numbers.TryGetValue(match.Groups[2].Value, out var known) ? known : numbers[match.Groups[2].Value] = numbers.Count + 1;
            return $"{match.Groups[1].Value}{number}";
        });
    }

    internal static byte[] ToPng(IReadOnlyList<Placed> plots, PlotTheme theme, PlotOptions options)
    {
        using var surface = SKSurface.Create(new SKImageInfo(options.Width * options.Resolution, options.Height * options.Resolution))
            ?? throw new InvalidOperationException($"A picture of {options.Width} x {options.Height} pixels does not fit into memory; make it smaller.");
        surface.Canvas.Scale(options.Resolution);
        Draw(surface.Canvas, plots, theme);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>Writes the figure in the format that the file's name ends in.</summary>
    internal static void Save(string path, Func<string> svg, Func<byte[]> png)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var bytes = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".SVG" => Encoding.UTF8.GetBytes(svg()),
            ".PNG" => png(),
            var other => throw new ArgumentException($"A figure is saved as .svg or .png, not as '{other}'; change the name '{path}'.", nameof(path)),
        };
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    private static void Draw(SKCanvas canvas, IReadOnlyList<Placed> plots, PlotTheme theme)
    {
        canvas.Clear(theme.Surface.ToSKColor());
        foreach (var (plot, place) in plots)
        {
            plot.RenderManager.ClearCanvasBeforeEachRender = false; // it would wipe the plots beside it
            plot.Render(canvas, place);
            plot.Dispose();
        }
    }

    [GeneratedRegex("font-family=\"([^\"]*)\"")]
    private static partial Regex FontFamily();

    [GeneratedRegex("""(id="cl_|url\(#cl_)([0-9a-f]+)""")]
    private static partial Regex ClipPath();
}
