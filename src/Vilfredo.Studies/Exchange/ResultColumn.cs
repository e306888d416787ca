namespace Vilfredo.Studies;

/// <summary>A column of an exported table of trials.</summary>
/// <param name="Header">Name, unit and direction.</param>
/// <param name="IsNumeric">Whether every value is a number.</param>
/// <param name="Text">A trial's value as exact text; empty when it has none.</param>
/// <param name="Number">A trial's value as a number, for numeric columns.</param>
internal sealed record ResultColumn(ColumnHeader Header, bool IsNumeric, Func<TrialRecord, string> Text, Func<TrialRecord, double?> Number)
{
    /// <summary>Names of columns that are not knobs, objectives or metrics.</summary>
    public const string Trial = "trial", State = "state", RepeatOf = "repeat_of", Samples = "samples", Violations = "violations",
        Started = "started", Finished = "finished", Duration = "duration", Reason = "reason", Output = "output";

    /// <summary>The columns of a study: number and state, knobs, objectives, metrics, and what is known of the evaluation.</summary>
    public static IReadOnlyList<ResultColumn> Of(StudyDefinition definition)
    {
        var columns = new List<ResultColumn>
        {
            Numeric(Trial, t => t.Number),
            Textual(State, t => t.State.ToString()),
            Numeric(RepeatOf, t => t.RepeatOf),
        };
        foreach (var knob in definition.Space.Knobs)
        {
            columns.Add(knob.Type is KnobType.Categorical or KnobType.Order
                ? Textual(knob.Name, t => t.Configuration.TryGet(knob.Name, out var v) ? v.ToString() : "")
                : Numeric(knob.Name, t => t.Configuration.TryGet(knob.Name, out var v) ? v.Number : null));
        }

        for (var i = 0; i < definition.Objectives.Count; i++) columns.Add(ForObjective(definition.Objectives[i].Objective, i));
        foreach (var metric in definition.Metrics)
            columns.Add(Numeric(metric.Name, t => t.Outcome?.Metrics.TryGetValue(metric.Name, out var v) == true ? v : null, metric.Unit));
        columns.Add(Textual(Samples, t => t.Outcome is { Samples.Length: > 1 } o ? NumberLists.Format(o.Samples) : ""));
        columns.Add(Textual(Violations, t => t.Outcome is { Violations.Length: > 0 } o ? NumberLists.Format([o.Violations]) : ""));
        columns.Add(Textual(Started, t => t.Started.ToString("O")));
        columns.Add(Textual(Finished, t => t.Finished?.ToString("O") ?? ""));
        columns.Add(Numeric(Duration, t => t.Outcome?.Duration.TotalSeconds, "s"));
        columns.Add(Textual(Reason, t => t.Outcome?.Reason ?? ""));
        columns.Add(Textual(Output, t => t.Outcome?.Output ?? ""));
        return columns;
    }

    // A timed-out trial's cell reads >=10: at least that.
    private static ResultColumn ForObjective(Objective objective, int index) => new(
        new ColumnHeader(objective.Name, objective.Unit, objective.Direction),
        IsNumeric: true,
        t => t.Outcome is not { } o ? ""
            : o.HasValues ? IO.NumberText.Format(o.Values[index])
            : o.LowerBounds.Length > 0 && !double.IsNaN(o.LowerBounds[index]) ? ">=" + IO.NumberText.Format(o.LowerBounds[index]) : "",
        t => t.Outcome is { HasValues: true } o ? o.Values[index] : null);

    private static ResultColumn Numeric(string name, Func<TrialRecord, double?> value, string? unit = null) => new(
        new ColumnHeader(name, unit), true, t => value(t) is { } v ? IO.NumberText.Format(v) : "", value);

    private static ResultColumn Textual(string name, Func<TrialRecord, string> value) => new(new ColumnHeader(name), false, value, _ => null);
}
