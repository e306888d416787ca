using Spectre.Console;
using Spectre.Console.Rendering;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Rendering;

/// <summary>
/// A scatter plot of two objectives for a terminal: dominated points as braille dots, the frontier as marks on its
/// staircase, the knee apart; plain characters where the terminal has no Unicode.
/// </summary>
public sealed class FrontierChart : Renderable
{
    private readonly FrontierProjection view;

    /// <summary>Makes a chart of a study's plane.</summary>
    public FrontierChart(FrontierProjection view)
    {
        ArgumentNullException.ThrowIfNull(view);
        this.view = view;
    }

    /// <summary>Makes a chart of two of a study's objectives.</summary>
    public FrontierChart(ReportData data, int x = 0, int y = 1)
        : this(FrontierProjection.Of(data, x, y))
    {
    }

    /// <summary>Rows of the plot itself, without axes and legend; at least 4.</summary>
    public int Height { get; init; } = 18;

    /// <summary>Whether the axis across is logarithmic; <see langword="null"/> chooses by the range.</summary>
    public bool? LogarithmicX { get; init; }

    /// <summary>Whether the axis up is logarithmic; <see langword="null"/> chooses by the range.</summary>
    public bool? LogarithmicY { get; init; }

    /// <inheritdoc/>
    protected override Spectre.Console.Rendering.Measurement Measure(RenderOptions options, int maxWidth) =>
        new(Math.Min(maxWidth, ChartFrame.Narrowest), maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        ArgumentNullException.ThrowIfNull(options);
        var unicode = options.Unicode;
        if (view.Frontier.Count + view.Dominated.Count + view.Infeasible.Count == 0)
            return [new Segment(TerminalText.Fit("No trial has completed yet.", maxWidth, unicode), Palette.Quiet), Segment.LineBreak];

        var rows = Math.Max(4, Height);
        var x = view.ScaleX(LogarithmicX);
        var y = view.ScaleY(LogarithmicY);
        var ticksUp = y.Ticks(Math.Max(2, rows / 4));
        var gutter = ChartFrame.Gutter(ticksUp);
        var columns = Math.Max(ChartFrame.NarrowestPlot, maxWidth - gutter - 2);
        var canvas = Draw(x, y, columns, rows, unicode);

        var lines = new List<List<Segment>> { AxisTitle(view.Y, y, maxWidth, unicode, up: true, alignRight: false) };
        lines.AddRange(ChartFrame.PlotRows(canvas, y, ticksUp, gutter, unicode));
        lines.AddRange(ChartFrame.AxisAcross(canvas, x, gutter, unicode));
        lines.Add(AxisTitle(view.X, x, gutter + 2 + columns, unicode, up: false, alignRight: true));
        lines.Add(Legend(maxWidth, unicode));
        return lines.SelectMany(line => Segment.Truncate(line, maxWidth).Append(Segment.LineBreak));
    }

    private BrailleCanvas Draw(AxisScale x, AxisScale y, int columns, int rows, bool unicode)
    {
        var canvas = new BrailleCanvas(columns, rows);
        foreach (var point in view.Dominated)
            canvas.Dot(x.Fraction(point.X), y.Fraction(point.Y), BrailleCanvas.Role.Dominated);
        foreach (var point in view.Infeasible)
            canvas.Mark(x.Fraction(point.X), y.Fraction(point.Y), BrailleCanvas.Role.Infeasible, unicode ? '○' : 'x');

        var path = view.StaircasePath(x, y);
        for (var i = 1; i < path.Count; i++)
        {
            var (from, to) = (path[i - 1], path[i]);
            canvas.Line(x.Fraction(from.X), y.Fraction(from.Y), x.Fraction(to.X), y.Fraction(to.Y), BrailleCanvas.Role.Staircase);
        }

        foreach (var point in view.Frontier)
            canvas.Mark(x.Fraction(point.X), y.Fraction(point.Y), BrailleCanvas.Role.Frontier, unicode ? '●' : 'o');
        if (view.Knee is { } knee)
            canvas.Mark(x.Fraction(knee.X), y.Fraction(knee.Y), BrailleCanvas.Role.Knee, KneeMark(unicode));
        return canvas;
    }

    internal static char KneeMark(bool unicode) => unicode ? '◆' : '#';

    private static List<Segment> AxisTitle(Objective objective, AxisScale scale, int width, bool unicode, bool up, bool alignRight)
    {
        var larger = objective.Direction == Direction.Maximize;
        var arrow = !unicode ? "" : up ? (larger ? "↑ " : "↓ ") : larger ? "→ " : "← ";
        var remark = objective.Name == "trial" ? "" : $" {arrow}{(larger ? "larger" : "smaller")} is better";
        var name = TerminalText.Fit(TerminalText.Clean(scale.Format.Label(objective.Name)), Math.Max(1, width - remark.Length - 1), unicode);
        var lead = alignRight ? Math.Max(0, width - name.GetCellWidth() - remark.Length) : 0;
        return [new Segment(new string(' ', lead)), new Segment(name, new Style(decoration: Decoration.Bold)), new Segment(remark, Palette.Quiet)];
    }

    private List<Segment> Legend(int width, bool unicode)
    {
        var entries = new List<(string Mark, Style Style, string Text)> { (unicode ? "●" : "o", Palette.Frontier, "frontier") };
        if (view.Knee is not null)
            entries.Add((KneeMark(unicode).ToString(), Palette.Knee, $"knee (trial {view.KneeTrial})"));
        if (view.Dominated.Count > 0)
            entries.Add((unicode ? "⠂" : ".", Palette.Dominated, "dominated"));
        if (view.Infeasible.Count > 0)
            entries.Add((unicode ? "○" : "x", Palette.Infeasible, "infeasible"));

        var line = new List<Segment>();
        var used = 0;
        foreach (var (mark, style, text) in entries)
        {
            var gap = line.Count == 0 ? "" : "   ";
            used += gap.Length + mark.Length + 1 + text.Length;
            if (used > width)
                break; // whole entries only
            line.AddRange([new Segment(gap), new Segment(mark, style), new Segment(" " + text, Palette.Quiet)]);
        }

        return line;
    }
}
