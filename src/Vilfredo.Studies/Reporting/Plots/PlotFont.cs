using ScottPlot;
using SkiaSharp;

namespace Vilfredo.Studies.Reporting;

/// <summary>
/// The typeface of the figures: the first plain sans-serif that this machine has, or the one that travels with the
/// library, since a container often has no font at all.
/// </summary>
internal static class PlotFont
{
    private static readonly string[] Preferred =
        ["Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "Segoe UI", "Noto Sans", "Open Sans", "DejaVu Sans"];

    private static readonly Lazy<string> Chosen = new(Choose);

    /// <summary>Its name.</summary>
    internal static string Name => Chosen.Value;

    private static string Choose()
    {
        var installed = SKFontManager.Default.FontFamilies.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (Preferred.FirstOrDefault(installed.Contains) is { } name)
            return name;

        // The drawing library resolves names through a list of its own; ours is asked only for its one name.
        Fonts.FontResolvers.Add(new Bundled());
        return Bundled.FontName;
    }

    /// <summary>The typeface that is part of this assembly.</summary>
    internal sealed class Bundled : IFontResolver
    {
        internal const string FontName = "DejaVu Sans";

        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            CreateTypeface(fontName, weight >= FontWeight.SemiBold, slant != FontSlant.Upright);

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic)
        {
            if (fontName != FontName)
                return null;
            var resource = $"Vilfredo.Studies.Reporting.{(bold ? "DejaVuSans-Bold" : "DejaVuSans")}.ttf";
            using var stream = typeof(PlotFont).Assembly.GetManifestResourceStream(resource);
            return SKTypeface.FromStream(stream);
        }
    }
}
