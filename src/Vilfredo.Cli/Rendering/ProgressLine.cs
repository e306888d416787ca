using Spectre.Console.Rendering;

namespace Vilfredo.Cli.Rendering;

/// <summary>A bar with its share and what is counted, in one line.</summary>
internal static class ProgressLine
{
    private const int WidestBar = 40;
    private const int NarrowestBar = 6;

    /// <summary>The line; the bar is left out where there is no room for it.</summary>
    /// <param name="fraction">What is done, 0 to 1.</param>
    /// <param name="counts">Numbers with units.</param>
    /// <param name="width">The columns of the terminal.</param>
    /// <param name="unicode">Whether it can show more than ASCII.</param>
    public static List<Segment> Of(double fraction, string counts, int width, bool unicode)
    {
        var percent = $" {Math.Floor(100 * fraction),3:0}%  "; // 100% only when done
        var room = Math.Clamp(width - percent.Length - counts.Length, 0, WidestBar);
        if (room < NarrowestBar)
            return [new Segment(percent.TrimStart()), new Segment(counts)];
        var full = (int)Math.Floor(fraction * room);
        return
        [
            new Segment(new string(unicode ? '━' : '#', full), Palette.Frontier),
            new Segment(new string(unicode ? '━' : '.', room - full), Palette.Quiet),
            new Segment(percent),
            new Segment(counts),
        ];
    }

    /// <summary>A time left, as <c>4:05</c>, <c>1 h 04 min</c> or <c>2 d 3 h</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => $"{(int)time.TotalDays} d {time.Hours} h",
        { TotalHours: >= 1 } => $"{time.Hours} h {time.Minutes:00} min",
        _ => $"{time.Minutes}:{time.Seconds:00}",
    };
}
