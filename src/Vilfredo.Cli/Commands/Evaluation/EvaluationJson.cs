using System.Text.Json;
using Vilfredo.Cli.Output;
using Vilfredo.Inference.Evaluation.Results;

namespace Vilfredo.Cli.Commands.Evaluation;

/// <summary>What an evaluation has found, for machines.</summary>
internal static class EvaluationJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, EvaluationResult result, IReadOnlyList<string> files)
    {
        var (definition, outcome) = (result.Definition, result.Outcome);
        json.WriteStartObject();
        json.WriteString("evaluation", definition.Name);
        json.WriteString("end", outcome.End.ToString().ToLowerInvariant());
        json.WriteString("tasks", definition.Tasks);
        json.WriteNumber("problems", definition.Problems.Count);
        json.WriteNumber("repeats", definition.Repeats);
        json.WriteNumber("level", definition.Level);
        json.WriteString("quality", definition.Quality.ToString());
        json.WriteString("cost", EvaluationStudy.NameOf(definition.FrontierCost));
        json.WriteString("currency", definition.Currency);
        json.WriteString("baseline", result.Baseline);
        json.WriteStartObject("spent");
        json.WriteNumber("calls", outcome.Spent.Calls);
        json.WriteNumber("input_tokens", outcome.Spent.InputTokens);
        json.WriteNumber("output_tokens", outcome.Spent.OutputTokens);
        if (definition.Prices is not null)
        {
            json.WriteNumber("money", outcome.Spent.Amount);
            json.WriteNumber("money_in_all_runs", outcome.SpentInAll.Amount);
        }

        json.WriteNumber("seconds", outcome.Elapsed.TotalSeconds);
        json.WriteNumber("answers_recorded_before", outcome.RecordedAnswers);
        json.WriteNumber("calls_replayed", outcome.ReplayedCalls);
        json.WriteNumber("answers_saved_by_racing", outcome.SavedAnswers);
        json.WriteNumber("calls_saved_by_racing", outcome.SavedCalls);
        json.WriteEndObject();
        json.WriteStartArray("points");
        foreach (var point in result.Points)
            WritePoint(json, point, definition.Level);
        json.WriteEndArray();
        json.WriteStartArray("steps");
        foreach (var step in result.Steps)
            WriteDifference(json, step);
        json.WriteEndArray();
        json.WriteStartArray("next");
        foreach (var next in result.Next)
        {
            json.WriteStartObject();
            json.WriteString("point", next.Point);
            json.WriteNumber("dominated_probability", next.DominatedProbability);
            json.WriteNumber("worth", next.Worth);
            json.WriteString("advice", next.Advice);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("failures");
        foreach (var failure in outcome.Failures)
        {
            json.WriteStartObject();
            json.WriteString("point", failure.Point);
            json.WriteString("problem", failure.Problem);
            json.WriteString("message", failure.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var file in files)
            json.WriteStringValue(file);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, PointResult point, double level)
    {
        json.WriteStartObject();
        json.WriteString("name", point.Point.Name);
        json.WriteString("model", point.Point.Model);
        json.WriteString("strategy", point.Point.Strategy);
        json.WriteStartObject("knobs");
        foreach (var (name, value) in point.Point.Knobs)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteNumber("problems", point.Problems);
        json.WriteNumber("answers", point.Answers);
        json.WriteNumber("correct", point.Correct);
        json.WriteNumber("ill_formed", point.IllFormed);
        json.WriteNumber("out_of_budget", point.OutOfBudget);
        WriteEstimate(json, "accuracy", point.Accuracy);
        WriteEstimate(json, "quality", point.Quality);
        json.WriteStartObject("accuracy_by_group");
        foreach (var (group, share) in point.Groups)
            json.WriteNumber(group, share);
        json.WriteEndObject();
        foreach (var (cost, value) in point.Costs)
            WriteEstimate(json, EvaluationStudy.NameOf(cost), value);
        json.WriteNumber("latency_p95", point.LatencyP95);
        json.WriteNumber("calls", point.Calls);
        if (point.CostOfPass is { } pass)
            WriteEstimate(json, "cost_of_pass", pass);
        if (point.Confidence is { } confidence)
            json.WriteNumber("confidence", confidence);
        json.WriteBoolean("on_frontier", point.IsOnFrontier);
        json.WriteStartArray("on_frontiers_of");
        foreach (var cost in point.OnFrontiersOf)
            json.WriteStringValue(EvaluationStudy.NameOf(cost));
        json.WriteEndArray();
        json.WriteNumber("dominated_probability", point.DominatedProbability);
        json.WriteString("dominated_by", point.DominatedBy);
        json.WriteBoolean("certainly_dominated", point.IsCertainlyDominated(level));
        if (point.GivenUpAfter is { } after)
            json.WriteNumber("given_up_after", after);
        if (point.Difference is { } difference)
        {
            json.WritePropertyName("against_baseline");
            WriteDifference(json, difference);
        }

        if (point.Variance is { } variance)
        {
            json.WriteStartObject("variance");
            json.WriteNumber("task", variance.Task);
            json.WriteNumber("model", variance.Model);
            json.WriteNumber("standard_error", variance.StandardError);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteDifference(Utf8JsonWriter json, PairedDifference difference)
    {
        json.WriteStartObject();
        json.WriteString("first", difference.First);
        json.WriteString("second", difference.Second);
        json.WriteNumber("problems", difference.Problems);
        WriteEstimate(json, "quality", difference.Quality);
        if (difference.Cost is { } cost)
            WriteEstimate(json, "cost", cost);
        json.WriteEndObject();
    }

    private static void WriteEstimate(Utf8JsonWriter json, string name, Estimate estimate)
    {
        json.WriteStartObject(name);
        json.WriteMeasurement("value", estimate.Value);
        json.WriteMeasurement("lower", estimate.Lower);
        json.WriteMeasurement("upper", estimate.Upper);
        json.WriteEndObject();
    }
}
