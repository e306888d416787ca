using SkiaSharp;

namespace Vilfredo.Studies.Reporting;

/// <summary>The typeface of the figures: the first plain sans-serif that this machine has.</summary>
internal static class PlotFont
{
    private static readonly string[] Preferred =
        ["Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "Segoe UI", "Noto Sans", "Open Sans", "DejaVu Sans"];

    /// <summary>Its name, or <see langword="null"/> when the machine has none and the drawing library's own choice must do.</summary>
    internal static string? Find()
    {
        var installed = SKFontManager.Default.FontFamilies.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Preferred.FirstOrDefault(installed.Contains)
            ?? installed.Where(name => name.Contains("Sans", StringComparison.Ordinal) && !name.Contains("Mono", StringComparison.Ordinal)).Order().FirstOrDefault();
    }
}
