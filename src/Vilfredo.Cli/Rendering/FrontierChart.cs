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
    private const int NarrowestPlot = 16;
    private const int WidestTickLabel = 10;

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
        new(Math.Min(maxWidth, NarrowestPlot + WidestTickLabel + 2), maxWidth);

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
        var gutter = Math.Min(WidestTickLabel, ticksUp.Max(tick => tick.Text.Length));
        var columns = Math.Max(NarrowestPlot, maxWidth - gutter - 2);
        var canvas = Draw(x, y, columns, rows, unicode);

        var lines = new List<List<Segment>> { AxisTitle(view.Y, y, maxWidth, unicode, up: true, alignRight: false) };
        lines.AddRange(PlotRows(canvas, y, ticksUp, gutter, unicode));
        lines.AddRange(AxisAcross(canvas, x, gutter, unicode));
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

    private static IEnumerable<List<Segment>> PlotRows(
        BrailleCanvas canvas, AxisScale y, IReadOnlyList<AxisTick> ticks, int gutter, bool unicode)
    {
        var labels = new string?[canvas.Rows];
        foreach (var tick in ticks)
        {
            if (y.Fraction(tick.Value) is >= 0 and <= 1 and var up)
                labels[canvas.Row(up)] ??= tick.Text;
        }

        for (var row = 0; row < canvas.Rows; row++)
        {
            var label = TerminalText.Fit(labels[row] ?? "", gutter, unicode).PadLeft(gutter);
            var edge = labels[row] is null ? (unicode ? "│" : "|") : unicode ? "┤" : "+";
            yield return [new Segment($"{label} {edge}", Palette.Quiet), .. Cells(canvas, row, unicode)];
        }
    }

    // Neighbouring cells of one colour become one segment.
    private static IEnumerable<Segment> Cells(BrailleCanvas canvas, int row, bool unicode)
    {
        var run = new System.Text.StringBuilder();
        var runRole = BrailleCanvas.Role.Nothing;
        for (var column = 0; column < canvas.Columns; column++)
        {
            var (character, role) = canvas.Cell(column, row, unicode);
            if (role != runRole && run.Length > 0)
            {
                yield return new Segment(run.ToString(), StyleOf(runRole));
                run.Clear();
            }

            runRole = role;
            run.Append(character);
        }

        yield return new Segment(run.ToString(), StyleOf(runRole));
    }

    private static Style StyleOf(BrailleCanvas.Role role) => role switch
    {
        BrailleCanvas.Role.Dominated => Palette.Dominated,
        BrailleCanvas.Role.Infeasible => Palette.Infeasible,
        BrailleCanvas.Role.Staircase => Palette.Staircase,
        BrailleCanvas.Role.Frontier => Palette.Frontier,
        BrailleCanvas.Role.Knee => Palette.Knee,
        _ => Style.Plain,
    };

    private static IEnumerable<List<Segment>> AxisAcross(BrailleCanvas canvas, AxisScale x, int gutter, bool unicode)
    {
        var line = new string(unicode ? '─' : '-', canvas.Columns).ToCharArray();
        var labels = new string(' ', canvas.Columns).ToCharArray();
        var free = 0; // the first column that no label has taken
        foreach (var tick in x.Ticks(Math.Max(2, canvas.Columns / 12)))
        {
            if (x.Fraction(tick.Value) is not (>= 0 and <= 1 and var across))
                continue;
            var column = canvas.Column(across);
            var start = Math.Clamp(column - tick.Text.Length / 2, 0, canvas.Columns - tick.Text.Length);
            if (start < free)
                continue;
            line[column] = unicode ? '┬' : '+';
            tick.Text.CopyTo(labels.AsSpan(start));
            free = start + tick.Text.Length + 1;
        }

        var margin = new string(' ', gutter + 1);
        yield return [new Segment(margin + (unicode ? '└' : '+') + new string(line), Palette.Quiet)];
        yield return [new Segment(margin + " " + new string(labels), Palette.Quiet)];
    }

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
