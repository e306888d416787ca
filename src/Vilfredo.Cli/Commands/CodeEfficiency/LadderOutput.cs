using System.Globalization;
using System.Text.Json;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Ladders;
using Vilfredo.Statistics;

namespace Vilfredo.Cli.Commands.CodeEfficiency;

/// <summary>What <c>vilfredo code-efficiency evaluate</c> writes for problems with growing inputs.</summary>
/// <param name="session">The samples.</param>
/// <param name="options">How they were run.</param>
internal sealed class LadderOutput(LadderSession session, LadderOptions options)
{
    private static readonly int[] Sizes = [1, 10, 100];

    public void WriteTable(Terminal terminal)
    {
        var unit = MeasurementOptions.Unit(options.Axis);
        var weighted = WeightedLevels();
        List<TextTable.Column> columns = [new("problem"), new("samples", true), new("pass@1", true), new("eff@1", true), .. weighted.Select(level => new TextTable.Column($"level {level}", true)), new($"limit [{unit}]", true), new("others")];
        var table = new TextTable([.. columns])
        {
            Title = $"{session.Outcomes.Count} samples of {session.Evaluators.Count()} problems with growing inputs; 1 is the reference's speed, 0 its time limit or a wrong program",
        };
        foreach (var evaluator in session.Evaluators)
        {
            var own = session.Of(evaluator).ToList();
            table.Add(
            [
                evaluator.Problem.Id, $"{own.Count}", Number(own.Average(evaluation => evaluation.Score.Passed ? 1.0 : 0)), Number(own.Average(evaluation => evaluation.Score.Score)),
                .. weighted.Select(level => Number(own.Average(evaluation => evaluation.Score.Levels[level]))),
                evaluator.Limit.ToString("G4", CultureInfo.InvariantCulture), Others(own),
            ]);
        }

        table.Write(terminal);
        foreach (var point in session.Curve(Sizes))
            terminal.Output.WriteLine($"eff@{point.K} {Interval(point.Efficiency)}, pass@{point.K} {Interval(point.Pass)}");
        if (CostText.Missing(AnyRun?.Sandbox) is { } missing) terminal.Output.WriteLine(missing);
    }

    public void WriteJson(Terminal terminal) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        CostText.WriteConditions(json, options.Axis, AnyRun);
        json.WriteNumber("timeout_factor", options.Scoring.TimeoutFactor);
        WriteNumbers(json, "hardness", options.Scoring.Hardness);
        json.WriteNumber("repeats", options.Repeats);
        json.WriteStartArray("at_k");
        foreach (var point in session.Curve(Sizes))
        {
            json.WriteStartObject();
            json.WriteNumber("k", point.K);
            WriteInterval(json, "efficiency", point.Efficiency);
            WriteInterval(json, "pass", point.Pass);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (var evaluator in session.Evaluators)
        {
            json.WriteStartObject();
            json.WriteString("task_id", evaluator.Problem.Id);
            json.WriteNumber("limit", evaluator.Limit);
            json.WriteStartArray("reference_costs");
            foreach (var level in evaluator.ReferenceCosts) WriteNumbers(json, null, level);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("samples");
        foreach (var (evaluator, evaluation) in session.Outcomes)
        {
            json.WriteStartObject();
            json.WriteString("task_id", evaluator.Problem.Id);
            json.WriteString("verdict", evaluation.Verdict.ToString());
            if (evaluation.Message is { } message) json.WriteString("message", message);
            json.WriteBoolean("passed", evaluation.Score.Passed);
            json.WriteNumber("efficiency", evaluation.Score.Score);
            WriteNumbers(json, "levels", evaluation.Score.Levels);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private SampleRun? AnyRun => session.Outcomes.Select(outcome => outcome.Evaluation.Last).FirstOrDefault(run => run.Runtime is not null);

    private int[] WeightedLevels() => [.. Enumerable.Range(0, options.Scoring.Hardness.Count).Where(level => options.Scoring.Hardness[level] > 0)];

    private static string Others(List<LadderEvaluation> samples) => string.Join(", ", samples.Select(evaluation => evaluation.Verdict)
        .Where(verdict => verdict != SampleVerdict.Correct).CountBy(verdict => verdict).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
        .Select(pair => $"{pair.Value} {CostText.Of(pair.Key)}"));

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Interval(BootstrapInterval interval) => $"{Number(interval.Estimate)} [{Number(interval.Lower)}, {Number(interval.Upper)}]";

    private static void WriteInterval(Utf8JsonWriter json, string name, BootstrapInterval interval)
    {
        json.WriteStartObject(name);
        json.WriteNumber("estimate", interval.Estimate);
        json.WriteNumber("lower", interval.Lower);
        json.WriteNumber("upper", interval.Upper);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string? name, IEnumerable<double> numbers)
    {
        if (name is null) json.WriteStartArray();
        else json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
