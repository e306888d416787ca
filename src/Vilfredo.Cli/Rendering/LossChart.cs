using Spectre.Console;
using Spectre.Console.Rendering;
using Vilfredo.Neural.Training;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Rendering;

/// <summary>The loss of a training over its steps: the records as dots, the evaluations as marks.</summary>
/// <param name="records">The log.</param>
/// <param name="steps">The steps in all, where the axis ends.</param>
internal sealed class LossChart(IReadOnlyList<TrainingRecord> records, long steps) : Renderable
{
    /// <summary>Rows of the plot itself.</summary>
    public int Height { get; init; } = 12;

    /// <inheritdoc/>
    protected override Spectre.Console.Rendering.Measurement Measure(RenderOptions options, int maxWidth) =>
        new(Math.Min(maxWidth, ChartFrame.Narrowest), maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        ArgumentNullException.ThrowIfNull(options);
        var unicode = options.Unicode;
        var losses = records.Where(record => record.Loss is not null).ToList();
        var evaluations = records.Where(record => record.Evaluation is { Count: > 0 }).Select(record => (record.Step, Loss: record.Evaluation!.Values.First())).ToList();
        if (losses.Count == 0)
            yield break;

        var x = AxisScale.Fit([0, steps]);
        var y = AxisScale.Fit(losses.Select(record => record.Loss!.Value).Concat(evaluations.Select(one => one.Loss)));
        var ticks = y.Ticks(Math.Max(2, Height / 4));
        var gutter = ChartFrame.Gutter(ticks);
        var canvas = new BrailleCanvas(Math.Max(ChartFrame.NarrowestPlot, maxWidth - gutter - 2), Height);
        for (var i = 0; i < losses.Count; i++)
        {
            var (from, to) = (losses[Math.Max(0, i - 1)], losses[i]);
            canvas.Line(x.Fraction(from.Step), y.Fraction(from.Loss!.Value), x.Fraction(to.Step), y.Fraction(to.Loss!.Value), BrailleCanvas.Role.Staircase);
        }

        foreach (var (step, loss) in evaluations)
            canvas.Mark(x.Fraction(step), y.Fraction(loss), BrailleCanvas.Role.Knee, FrontierChart.KneeMark(unicode));

        List<List<Segment>> lines =
        [
            [new Segment("loss", new Style(decoration: Decoration.Bold)), new Segment(" (nats)", Palette.Quiet)],
            .. ChartFrame.PlotRows(canvas, y, ticks, gutter, unicode),
            .. ChartFrame.AxisAcross(canvas, x, gutter, unicode),
            [new Segment(new string(' ', gutter + 2)), new Segment("step   ", Palette.Quiet), new Segment(unicode ? "⠤" : "-", Palette.Staircase), new Segment(" training", Palette.Quiet), .. EvaluationLegend(evaluations.Count > 0, unicode)],
        ];
        foreach (var segment in lines.SelectMany(line => Segment.Truncate(line, maxWidth).Append(Segment.LineBreak)))
            yield return segment;
    }

    private static IEnumerable<Segment> EvaluationLegend(bool any, bool unicode) =>
        any ? [new Segment("   "), new Segment(FrontierChart.KneeMark(unicode).ToString(), Palette.Knee), new Segment(" evaluation", Palette.Quiet)] : [];
}
