using Spectre.Console;
using Spectre.Console.Rendering;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Rendering;

/// <summary>
/// The frontier as a table for a terminal: trial, objectives with their units, the probability of being non-dominated when
/// it was estimated, and the knobs. Where the terminal is too narrow for a column per knob, they become <c>name=value</c>
/// pairs in one column, and a table of their own where even that does not fit.
/// </summary>
public sealed class FrontierTable : Renderable
{
    private const int NarrowestPairs = 30; // cells for a column of name=value pairs

    private readonly ReportData data;

    /// <summary>Makes a table of a study's frontier.</summary>
    public FrontierTable(ReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        this.data = data;
    }

    /// <summary>
    /// The most rows that are shown, at least 2. Of a larger frontier, rows are picked evenly along the first objective,
    /// both ends and the knee among them.
    /// </summary>
    public int MaximumRows { get; init; } = 40;

    /// <inheritdoc/>
    protected override Spectre.Console.Rendering.Measurement Measure(RenderOptions options, int maxWidth) =>
        ((IRenderable)Build(options, maxWidth)).Measure(options, maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        Build(options, maxWidth).Render(options, maxWidth);

    private IRenderable Build(RenderOptions options, int maxWidth)
    {
        ArgumentNullException.ThrowIfNull(options);
        var first = data.Objectives[0];
        var frontier = data.Points.Where(point => point.IsOnFrontier).OrderBy(point => first.ToMinimization(point.Values[0])).ToArray();
        if (frontier.Length == 0)
            return new Text("The frontier is empty: no trial has completed.", Palette.Quiet);

        var shown = Pick(frontier);
        var parts = new List<IRenderable>(Tables(shown, frontier, options, maxWidth));
        if (shown.Length < frontier.Length)
            parts.Add(new Text($"{shown.Length} of {frontier.Length} trials on the frontier, evenly along {TerminalText.Clean(first.Name)}.", Palette.Quiet));
        return new Rows(parts);
    }

    private IEnumerable<IRenderable> Tables(ReportPoint[] shown, ReportPoint[] frontier, RenderOptions options, int maxWidth)
    {
        Column trial = TrialColumn(shown, options.Unicode);
        Column[] values = [trial, .. ObjectiveColumns(shown, frontier), .. ProbabilityColumn(shown)];
        Column[] knobs = [.. KnobColumns(shown, frontier)];
        var wide = Table(shown, [.. values, .. knobs], options.Unicode);
        if (knobs.Length == 0 || WidthOf(wide, options) <= maxWidth)
            return [wide];

        var narrow = Table(shown, values, options.Unicode);
        var pairs = KnobPairs(shown, frontier);
        return maxWidth - WidthOf(narrow, options) >= NarrowestPairs
            ? [Table(shown, [.. values, pairs], options.Unicode)]
            : [narrow, Table(shown, [trial, pairs], options.Unicode)];
    }

    private sealed record Column(string Header, string[] Cells, bool IsNumeric, bool Wraps = false);

    private static Table Table(ReportPoint[] shown, Column[] columns, bool unicode)
    {
        var table = new Table { Border = unicode ? TableBorder.Simple : TableBorder.Ascii, BorderStyle = Palette.Quiet };
        foreach (var column in columns)
        {
            var header = new Text(TerminalText.Clean(column.Header), new Style(decoration: Decoration.Bold));
            table.AddColumn(new TableColumn(header)
            {
                Alignment = column.IsNumeric ? Justify.Right : Justify.Left,
                NoWrap = !column.Wraps,
                Padding = new Padding(0, 0, 1, 0),
            });
        }

        for (var row = 0; row < shown.Length; row++)
        {
            var style = shown[row].IsKnee ? Palette.Knee : Style.Plain;
            table.AddRow(columns.Select(column => new Text(TerminalText.Clean(column.Cells[row]), style)));
        }

        return table;
    }

    private static Column TrialColumn(ReportPoint[] shown, bool unicode)
    {
        var cells = shown.Select(point => point.IsKnee ? $"{FrontierChart.KneeMark(unicode)} {point.Trial}" : point.Trial.ToString());
        return new Column("trial", [.. cells], IsNumeric: true);
    }

    // The whole frontier chooses prefix and decimals, so that a shortened table reads like the full one.
    private IEnumerable<Column> ObjectiveColumns(ReportPoint[] shown, ReportPoint[] frontier)
    {
        for (var i = 0; i < data.Objectives.Count; i++)
        {
            var objective = data.Objectives[i];
            var format = QuantityFormat.ForColumn(frontier.Select(point => point.Values[i]), objective.Unit);
            var cells = shown.Select(point => format.Format(point.Values[i]));
            yield return new Column(format.Label(objective.Name), AlignPoints([.. cells]), IsNumeric: true);
        }
    }

    private static IEnumerable<Column> ProbabilityColumn(ReportPoint[] shown)
    {
        if (shown.Any(point => point.NonDominatedProbability is not null))
            yield return new Column("P(non-dom.)", [.. shown.Select(point => Percent(point.NonDominatedProbability))], IsNumeric: true);
    }

    private IEnumerable<Column> KnobColumns(ReportPoint[] shown, ReportPoint[] frontier)
    {
        foreach (var knob in data.Knobs)
        {
            var format = FormatOf(knob, frontier);
            var numeric = knob.Kind != ReportKnobKind.Categorical;
            string[] cells = [.. shown.Select(point => TextOf(knob, format, point) ?? "-")];
            yield return new Column(knob.Name, numeric ? AlignPoints(cells) : cells, numeric);
        }
    }

    private Column KnobPairs(ReportPoint[] shown, ReportPoint[] frontier)
    {
        var formats = data.Knobs.Select(knob => FormatOf(knob, frontier)).ToArray();
        var cells = shown.Select(point => string.Join(' ', data.Knobs
            .Select((knob, i) => TextOf(knob, formats[i], point) is { } text ? $"{knob.Name}={text}" : null)
            .Where(pair => pair is not null)));
        return new Column("knobs", [.. cells], IsNumeric: false, Wraps: true);
    }

    private static QuantityFormat FormatOf(ReportKnob knob, ReportPoint[] frontier) =>
        QuantityFormat.ForColumn(frontier.Select(point => point.Knobs.TryGetValue(knob.Name, out var value) ? value.Number : null).OfType<double>());

    private static string? TextOf(ReportKnob knob, QuantityFormat format, ReportPoint point)
    {
        if (!point.Knobs.TryGetValue(knob.Name, out var value))
            return null;
        return knob.Kind == ReportKnobKind.Float && value.Number is { } number ? format.Format(number) : value.Text;
    }

    private static string Percent(double? probability) => probability switch
    {
        null => "",
        > 0 and < 0.005 => "<1%",
        > 0.995 and < 1 => ">99%",
        { } p => $"{100 * p:0}%",
    };

    // Numbers with decimals of their own are padded until their points stand in one line.
    private static string[] AlignPoints(string[] cells)
    {
        static int Tail(string cell) => cell.IndexOf('.') is >= 0 and var point ? cell.Length - point : 0;
        var longest = cells.Max(Tail);
        return [.. cells.Select(cell => cell + new string(' ', longest - Tail(cell)))];
    }

    private static int WidthOf(IRenderable table, RenderOptions options) => table.Measure(options, 10_000).Max;

    private ReportPoint[] Pick(ReportPoint[] frontier)
    {
        var rows = Math.Max(2, MaximumRows);
        if (frontier.Length <= rows)
            return frontier;

        var picked = Enumerable.Range(0, rows).Select(i => (int)Math.Round((double)i * (frontier.Length - 1) / (rows - 1))).ToArray();
        var knee = Array.FindIndex(frontier, point => point.IsKnee);
        if (knee >= 0 && !picked.Contains(knee) && rows > 2)
            picked[Enumerable.Range(1, rows - 2).MinBy(i => Math.Abs(picked[i] - knee))] = knee; // in place of its neighbour
        return [.. picked.Order().Select(i => frontier[i])];
    }
}
