using Spectre.Console;
using Spectre.Console.Rendering;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Rendering;

/// <summary>The axes around a <see cref="BrailleCanvas"/>.</summary>
internal static class ChartFrame
{
    /// <summary>The fewest columns of a plot.</summary>
    internal const int NarrowestPlot = 16;

    private const int WidestTickLabel = 10;

    /// <summary>The fewest columns of a plot with its axis.</summary>
    internal static int Narrowest => NarrowestPlot + WidestTickLabel + 2;

    /// <summary>The columns that the labels of the axis up need.</summary>
    internal static int Gutter(IReadOnlyList<AxisTick> ticksUp) => Math.Min(WidestTickLabel, ticksUp.Max(tick => tick.Text.Length));

    /// <summary>The canvas, row by row, behind the labels of the axis up.</summary>
    internal static IEnumerable<List<Segment>> PlotRows(
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

    /// <summary>The axis across with its labels.</summary>
    internal static IEnumerable<List<Segment>> AxisAcross(BrailleCanvas canvas, AxisScale x, int gutter, bool unicode)
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
}
