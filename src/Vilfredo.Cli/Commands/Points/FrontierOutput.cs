using Vilfredo.Cli.Output;
using Vilfredo.IO;

namespace Vilfredo.Cli.Commands.Points;

/// <summary>Writes the frontier of a table of results.</summary>
internal sealed class FrontierOutput(Terminal terminal, ResultTable table, FrontierRows frontier)
{
    private const int LinesNamed = 5;

    /// <summary>A table for people: objectives first, sorted by the first of them, best first.</summary>
    public void WriteTable()
    {
        var objectives = table.Objectives;
        var columns = objectives
            .Select(column => new TextTable.Column(
                $"{column.Objective.Name} {(column.Objective.Direction == Direction.Minimize ? "(min)" : "(max)")}", IsNumeric: true))
            .Concat(table.Knobs.Select(knob => new TextTable.Column(table.Header[knob])))
            .Append(new TextTable.Column(""));
        var text = new TextTable([.. columns])
        {
            Title = $"{table.Source}: {frontier.Rows.Count} of {table.Rows.Count} rows are on the frontier",
        };
        foreach (var row in frontier.Rows.OrderBy(row => objectives[0].Objective.ToMinimization(Value(row, 0))))
        {
            var isKnee = row == frontier.Knee;
            var fields = table.Rows[row].Fields;
            var cells = objectives.Select(column => fields[column.Index].Trim())
                .Concat(table.Knobs.Select(knob => fields[knob]))
                .Append(isKnee ? "knee" : "");
            text.Add([.. cells], isKnee);
        }

        text.Write(terminal);
    }

    /// <summary>The rows with all their columns, in the order of the file.</summary>
    public void WriteCsv()
    {
        var csv = new CsvWriter(terminal.Output);
        csv.Write(table.Header);
        foreach (var row in frontier.Rows)
            csv.Write(table.Rows[row].Fields);
    }

    /// <summary>Objectives as numbers, knobs as the texts of the file.</summary>
    public void WriteJson() => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("file", table.Source);
        json.WriteStartArray("objectives");
        foreach (var (objective, _) in table.Objectives)
        {
            json.WriteStartObject();
            json.WriteString("name", objective.Name);
            json.WriteString("direction", objective.Direction == Direction.Minimize ? "minimize" : "maximize");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("rows", table.Rows.Count);
        json.WriteNumber("skipped", table.SkippedLines.Count);
        json.WriteStartArray("frontier");
        foreach (var row in frontier.Rows)
        {
            json.WriteStartObject();
            json.WriteNumber("line", table.Rows[row].Line);
            json.WriteBoolean("knee", row == frontier.Knee);
            json.WriteStartObject("objectives");
            for (var i = 0; i < table.Objectives.Count; i++)
                json.WriteMeasurement(table.Objectives[i].Objective.Name, Value(row, i));
            json.WriteEndObject();
            json.WriteStartObject("knobs");
            foreach (var knob in table.Knobs)
                json.WriteString(table.Header[knob], table.Rows[row].Fields[knob]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Says on standard error which rows were left out.</summary>
    public void WriteSkipped()
    {
        var lines = table.SkippedLines;
        if (lines.Count == 0)
            return;
        var named = string.Join(", ", lines.Take(LinesNamed)) + (lines.Count > LinesNamed ? ", ..." : "");
        terminal.WriteNote(
            $"{table.Source}: skipped {lines.Count} {(lines.Count == 1 ? "row" : "rows")} without a value for every objective "
            + $"({(lines.Count == 1 ? "line" : "lines")} {named})");
    }

    private double Value(int row, int objective) => table.Values[row * table.Objectives.Count + objective];
}
