using System.Text;
using System.Text.Json;

namespace Vilfredo.Studies.Reporting;

/// <summary>
/// The data block of the page. Numbers are written in their shortest form that reads back as the same double; text goes
/// through the default encoder, which escapes every character that HTML could take for markup.
/// </summary>
internal static class ReportJson
{
    internal static string Write(ReportData data)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("title", data.Title);
            json.WriteString("subtitle", data.Subtitle);
            WriteNotes(json, data);
            WriteObjectives(json, data);
            WriteKnobs(json, data);
            WritePoints(json, data);
            WriteHypervolume(json, data);
            WriteCurves(json, data);
            json.WriteString("spreadName", data.SpreadName);
            WriteNumber(json, "trialBudget", data.TrialBudget);
            WriteNumber(json, "seconds", data.Duration?.TotalSeconds);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteNotes(Utf8JsonWriter json, ReportData data)
    {
        json.WriteStartArray("notes");
        foreach (var note in data.Notes)
        {
            json.WriteStartObject();
            json.WriteString("label", note.Label);
            json.WriteString("text", note.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteObjectives(Utf8JsonWriter json, ReportData data)
    {
        json.WriteStartArray("objectives");
        for (var i = 0; i < data.Objectives.Count; i++)
        {
            var objective = data.Objectives[i];
            var values = data.Points.Where(point => point.Values.Count > 0).Select(point => point.Values[i]).ToArray();
            json.WriteStartObject();
            json.WriteString("name", objective.Name);
            json.WriteString("unit", objective.Unit);
            json.WriteBoolean("maximize", objective.Direction == Direction.Maximize);
            WriteScale(json, AxisScale.Fit(values, objective.Unit));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteKnobs(Utf8JsonWriter json, ReportData data)
    {
        json.WriteStartArray("knobs");
        foreach (var knob in data.Knobs)
        {
            json.WriteStartObject();
            json.WriteString("name", knob.Name);
            json.WriteString("kind", knob.Kind switch
            {
                ReportKnobKind.Float => "float",
                ReportKnobKind.Integer => "integer",
                _ => "categorical",
            });
            if (knob.Kind == ReportKnobKind.Categorical)
            {
                json.WriteStartArray("choices");
                foreach (var choice in Choices(knob, data))
                    json.WriteStringValue(choice);
                json.WriteEndArray();
            }
            else
            {
                var numbers = data.Points
                    .Select(point => point.Knobs.TryGetValue(knob.Name, out var value) ? value.Number : null)
                    .OfType<double>();
                WriteScale(json, AxisScale.Fit(numbers, logarithmic: knob.IsLogarithmic));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<string> Choices(ReportKnob knob, ReportData data) =>
        knob.Choices
            .Concat(data.Points.Where(point => point.Knobs.ContainsKey(knob.Name)).Select(point => point.Knobs[knob.Name].Text))
            .Distinct(StringComparer.Ordinal);

    private static void WriteScale(Utf8JsonWriter json, AxisScale scale)
    {
        json.WriteBoolean("log", scale.IsLogarithmic);
        json.WriteStartObject("format");
        json.WriteString("unit", scale.Format.Unit);
        json.WriteNumber("divisor", scale.Format.Divisor);
        WriteNumber(json, "decimals", scale.Format.Decimals);
        json.WriteNumber("digits", scale.Format.SignificantDigits);
        json.WriteEndObject();
    }

    private static void WritePoints(Utf8JsonWriter json, ReportData data)
    {
        json.WriteStartArray("points");
        foreach (var point in data.Points)
        {
            json.WriteStartObject();
            json.WriteNumber("trial", point.Trial);
            json.WriteString("state", StateName(point.State));
            if (point.IsOnFrontier)
                json.WriteBoolean("frontier", true);
            if (point.IsKnee)
                json.WriteBoolean("knee", true);
            if (point.Values.Count > 0)
                WriteRow(json, "values", point.Values);
            if (point.Bounds.Count > 0)
                WriteBounds(json, point.Bounds);
            if (point.Samples.Count > 0)
                WriteSamples(json, point.Samples);
            WriteKnobValues(json, data.Knobs, point);
            WriteNumber(json, "probability", point.NonDominatedProbability, optional: true);
            WriteNumber(json, "seconds", point.Duration?.TotalSeconds, optional: true);
            WriteText(json, "reason", point.Reason);
            WriteText(json, "output", point.Output);
            WriteText(json, "command", point.Command);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static string StateName(ReportPointState state) => state switch
    {
        ReportPointState.Completed => "completed",
        ReportPointState.Infeasible => "infeasible",
        ReportPointState.Failed => "failed",
        ReportPointState.TimedOut => "timed out",
        ReportPointState.Pruned => "pruned",
        ReportPointState.Cancelled => "cancelled",
        ReportPointState.Late => "late",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a trial."),
    };

    // One entry per knob in their order: a number, a text, or null where the knob was not active.
    private static void WriteKnobValues(Utf8JsonWriter json, IReadOnlyList<ReportKnob> knobs, ReportPoint point)
    {
        json.WriteStartArray("knobs");
        foreach (var knob in knobs)
        {
            if (!point.Knobs.TryGetValue(knob.Name, out var value))
                json.WriteNullValue();
            else if (knob.Kind != ReportKnobKind.Categorical && value.Number is { } number)
                json.WriteNumberValue(number);
            else
                json.WriteStringValue(value.Text);
        }

        json.WriteEndArray();
    }

    private static void WriteBounds(Utf8JsonWriter json, IReadOnlyList<double?> bounds)
    {
        json.WriteStartArray("bounds");
        foreach (var bound in bounds)
        {
            if (bound is { } value)
                json.WriteNumberValue(value);
            else
                json.WriteNullValue();
        }

        json.WriteEndArray();
    }

    private static void WriteSamples(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<double>> samples)
    {
        json.WriteStartArray("samples");
        foreach (var sample in samples)
            WriteRow(json, null, sample);
        json.WriteEndArray();
    }

    private static void WriteHypervolume(Utf8JsonWriter json, ReportData data)
    {
        // A step line only changes where the value does: ten thousand equal values say nothing.
        json.WriteStartArray("hypervolume");
        var history = data.HypervolumeHistory.OrderBy(sample => sample.Trials).ToArray();
        for (var i = 0; i < history.Length; i++)
        {
            if (i == 0 || i == history.Length - 1 || history[i].Hypervolume != history[i - 1].Hypervolume)
                WriteRow(json, null, [history[i].Trials, history[i].Hypervolume]);
        }

        json.WriteEndArray();
        if (data.ReferencePoint is { } reference)
            WriteRow(json, "reference", reference);
        else
            json.WriteNull("reference");
    }

    private static void WriteCurves(Utf8JsonWriter json, ReportData data)
    {
        json.WriteStartArray("attainment");
        foreach (var curve in data.AttainmentCurves.OrderBy(curve => curve.Level))
        {
            json.WriteStartObject();
            json.WriteNumber("level", curve.Level);
            WritePath(json, "corners", Staircase.Corners(curve.Points, data.Objectives[0].Direction, data.Objectives[1].Direction));
            json.WriteEndObject();
        }

        json.WriteEndArray();

        // Corners of the frontier's staircase in every plane, so that its geometry is computed (and tested) in one place.
        json.WriteStartArray("staircases");
        for (var x = 0; x < data.Objectives.Count; x++)
        {
            for (var y = x + 1; y < data.Objectives.Count; y++)
            {
                json.WriteStartObject();
                json.WriteNumber("x", x);
                json.WriteNumber("y", y);
                WritePath(json, "corners", FrontierProjection.Of(data, x, y).Corners);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WritePath(Utf8JsonWriter json, string name, IReadOnlyList<PlanePoint> path)
    {
        json.WriteStartArray(name);
        foreach (var point in path)
            WriteRow(json, null, [point.X, point.Y]);
        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, string? name, IReadOnlyList<double> row)
    {
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        foreach (var value in row)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value, bool optional = false)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else if (!optional)
            json.WriteNull(name);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            json.WriteString(name, text);
    }
}
