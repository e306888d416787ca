namespace Vilfredo.Studies.Reporting;

/// <summary>The rules that make a <see cref="ReportData"/> consistent, so that no picture meets a surprise half-way.</summary>
internal static class ReportDataRules
{
    internal static void Check(ReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Objectives.Count == 0)
            throw Broken("a report needs at least one objective");

        CheckDistinct(data.Objectives.Select(objective => objective.Name), "objective");
        CheckDistinct(data.Knobs.Select(knob => knob.Name), "knob");

        var knobs = data.Knobs.Select(knob => knob.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var point in data.Points)
            CheckPoint(point, data.Objectives.Count, knobs);

        if (data.ReferencePoint is { } reference)
            CheckRow(reference, data.Objectives.Count, "the reference point");
        foreach (var sample in data.HypervolumeHistory)
        {
            if (!double.IsFinite(sample.Hypervolume))
                throw Broken($"the hypervolume after {sample.Trials} trials is {sample.Hypervolume}; give a finite number");
        }

        CheckCurves(data);
    }

    private static void CheckPoint(ReportPoint point, int objectives, HashSet<string> knobs)
    {
        var name = $"trial {point.Trial}";
        var measured = point.State is ReportPointState.Completed or ReportPointState.Infeasible;
        if (measured || point.Values.Count > 0)
            CheckRow(point.Values, objectives, name);
        if (point.IsOnFrontier && point.State != ReportPointState.Completed)
            throw Broken($"{name} is {point.State} and cannot be on the frontier; only completed trials can");
        if (point.IsKnee && !point.IsOnFrontier)
            throw Broken($"{name} is the knee but not on the frontier");
        if (point.NonDominatedProbability is { } probability && probability is not (>= 0 and <= 1))
            throw Broken($"{name} has a probability of {probability}; give a number from 0 to 1");

        if (point.Bounds.Count > 0 && point.Bounds.Count != objectives)
            throw Broken($"{name} has {point.Bounds.Count} bounds for {objectives} objectives; give one per objective, or none");
        if (point.Bounds.Any(bound => bound is { } value && !double.IsFinite(value)))
            throw Broken($"{name} has a bound that is not a finite number; use null for an unknown bound");

        foreach (var sample in point.Samples)
            CheckRow(sample, objectives, $"a sample of {name}");
        foreach (var (knob, value) in point.Knobs)
        {
            if (!knobs.Contains(knob))
                throw Broken($"{name} sets the knob '{knob}', which the report does not list");
            if (value.Text is null || (value.Number is { } number && !double.IsFinite(number)))
                throw Broken($"{name} sets the knob '{knob}' to a value without text, or to a number that is not finite");
        }
    }

    private static void CheckRow(IReadOnlyList<double> row, int objectives, string name)
    {
        if (row.Count != objectives)
            throw Broken($"{name} has {row.Count} values for {objectives} objectives; give one per objective");
        foreach (var value in row)
        {
            if (!double.IsFinite(value))
                throw Broken($"{name} has the value {value}; give finite numbers, or record the trial as failed or timed out");
        }
    }

    private static void CheckCurves(ReportData data)
    {
        if (data.AttainmentCurves.Count > 0 && data.Objectives.Count != 2)
            throw Broken($"attainment curves are drawn for 2 objectives, and the report has {data.Objectives.Count}");
        foreach (var curve in data.AttainmentCurves)
        {
            if (curve.Level is not (> 0 and <= 1))
                throw Broken($"an attainment curve has the level {curve.Level}; give a fraction above 0 and at most 1");
            if (curve.Points.Any(point => !double.IsFinite(point.X) || !double.IsFinite(point.Y)))
                throw Broken($"the attainment curve of level {curve.Level} has a point that is not finite");
        }
    }

    private static void CheckDistinct(IEnumerable<string> names, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
                throw Broken($"two {what}s are called '{name}'; names must be distinct");
        }
    }

    private static ArgumentException Broken(string problem) => new($"Report data: {problem}.");
}
