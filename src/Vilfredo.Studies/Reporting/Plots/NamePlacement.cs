using ScottPlot;

namespace Vilfredo.Studies.Reporting;

/// <summary>On which side of its mark a name is written, so that names hide neither marks nor each other.</summary>
internal static class NamePlacement
{
    /// <summary>Pixels between the middle of a mark and its name.</summary>
    public const float Gap = 8;

    // Pixels, at the size in which names are written; generous.
    private const double PixelsPerLetter = 6.5, LineHeight = 13, MarkRadius = 5;

    private static readonly Alignment[] Sides = [Alignment.MiddleLeft, Alignment.MiddleRight, Alignment.LowerCenter, Alignment.UpperCenter];

    /// <summary>For each name the side of it that is at its mark; null where there is no room on any side.</summary>
    /// <param name="names">The names with the pixels of their marks, from the left and from the top. Those that come first choose first.</param>
    /// <param name="width">Of the area in which names may be, in pixels.</param>
    /// <param name="height">Of it, in pixels.</param>
    public static IReadOnlyList<Alignment?> Of(IReadOnlyList<(string Name, double X, double Y)> names, double width, double height)
    {
        var taken = new List<Box>();
        var marks = names.Select(name => new Box(name.X - MarkRadius, name.Y - MarkRadius, name.X + MarkRadius, name.Y + MarkRadius)).ToList();
        var sides = new List<Alignment?>();
        foreach (var (name, x, y) in names)
        {
            var side = Sides.Cast<Alignment?>().FirstOrDefault(side => BoxOf(name, x, y, side!.Value) is var box
                && box.Left >= 0 && box.Right <= width && box.Top >= 0 && box.Bottom <= height
                && !taken.Exists(box.Touches) && !marks.Exists(box.Touches));
            if (side is { } chosen)
                taken.Add(BoxOf(name, x, y, chosen));
            sides.Add(side);
        }

        return sides;
    }

    private static Box BoxOf(string name, double x, double y, Alignment side)
    {
        var length = PixelsPerLetter * name.Length;
        return side switch
        {
            Alignment.MiddleLeft => new(x + Gap, y - LineHeight / 2, x + Gap + length, y + LineHeight / 2),
            Alignment.MiddleRight => new(x - Gap - length, y - LineHeight / 2, x - Gap, y + LineHeight / 2),
            Alignment.LowerCenter => new(x - length / 2, y - Gap - LineHeight, x + length / 2, y - Gap),
            _ => new(x - length / 2, y + Gap, x + length / 2, y + Gap + LineHeight),
        };
    }

    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Touches(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }
}
