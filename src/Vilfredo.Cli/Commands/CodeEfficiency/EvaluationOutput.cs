using System.Globalization;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.CodeEfficiency.Estimators;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Metering;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;
using Vilfredo.Statistics;

namespace Vilfredo.Cli.Commands.CodeEfficiency;

/// <summary>What <c>vilfredo code-efficiency evaluate</c> writes.</summary>
/// <param name="evaluators">The problems that have samples.</param>
/// <param name="outcomes">The samples, in the order of their file.</param>
/// <param name="axis">What was counted.</param>
internal sealed class EvaluationOutput(IReadOnlyList<ProblemEvaluator> evaluators, IReadOnlyList<SampleOutcome> outcomes, CostAxis axis)
{
    private static readonly int[] Sizes = [1, 10, 100];

    public void WriteTable(Terminal terminal)
    {
        var unit = MeasurementOptions.Unit(axis);
        var table = new TextTable(
            new("problem"), new("samples", true), new("correct", true), new("pass@1", true), new("best cost", true), new($"reference [{unit}]", true),
            new("median ratio", true), new("others"))
        {
            Title = $"{outcomes.Count} samples of {evaluators.Count} problems; ratios are costs over the reference's, of samples that are right or cut off",
        };
        foreach (var evaluator in evaluators)
        {
            var own = Of(evaluator).ToList();
            var correct = own.Count(outcome => outcome.Evaluation.IsCorrect);
            table.Add(
            [
                evaluator.Problem.Id, $"{own.Count}", $"{correct}", Number(PassAtK.Estimate(own.Count, correct, 1)),
                CostText.Of(Best(own)), CostText.Of(evaluator.Reference?.TotalCost), CostText.Of(MedianRatio(own)), Others(own),
            ]);
        }

        table.Write(terminal);
        terminal.Output.WriteLine(string.Join(", ", PassAt().Select(pass => $"pass@{pass.K} {Number(pass.Value)}")));
        if (MedianRatio(outcomes) is { } ratio) terminal.Output.WriteLine($"median cost over the reference's, of all samples: {CostText.Of(ratio)}");
        if (CostText.Missing(AnyRun?.Sandbox) is { } missing) terminal.Output.WriteLine(missing);
    }

    public void WriteJson(Terminal terminal) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        CostText.WriteConditions(json, axis, AnyRun);
        json.WriteStartObject("pass_at_k");
        foreach (var (k, value) in PassAt()) json.WriteNumber(k.ToString(CultureInfo.InvariantCulture), value);
        json.WriteEndObject();
        CostText.Write(json, "median_relative_cost", MedianRatio(outcomes));
        json.WriteStartArray("problems");
        foreach (var evaluator in evaluators)
        {
            var own = Of(evaluator).ToList();
            json.WriteStartObject();
            json.WriteString("task_id", evaluator.Problem.Id);
            json.WriteNumber("samples", own.Count);
            json.WriteNumber("correct", own.Count(outcome => outcome.Evaluation.IsCorrect));
            CostText.Write(json, "reference_cost", evaluator.Reference?.TotalCost);
            CostText.Write(json, "median_relative_cost", MedianRatio(own));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("samples");
        foreach (var outcome in outcomes)
        {
            json.WriteStartObject();
            json.WriteString("task_id", outcome.Problem.Id);
            json.WriteString("verdict", outcome.Evaluation.Run.Verdict.ToString());
            CostText.Write(json, "cost", outcome.Evaluation.TotalCost);
            CostText.Write(json, "relative_cost", outcome.RelativeCost);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private SampleRun? AnyRun => outcomes.Select(outcome => outcome.Evaluation.Run).FirstOrDefault(run => run.Runtime is not null);

    private IEnumerable<SampleOutcome> Of(ProblemEvaluator evaluator) => outcomes.Where(outcome => outcome.Problem == evaluator.Problem);

    /// <summary>The mean over problems, for every k that all problems have samples for.</summary>
    private IEnumerable<(int K, double Value)> PassAt()
    {
        var counts = evaluators.Select(evaluator => (Samples: Of(evaluator).Count(), Correct: Of(evaluator).Count(outcome => outcome.Evaluation.IsCorrect))).ToList();
        return Sizes.Where(k => counts.All(count => k <= count.Samples))
            .Select(k => (k, counts.Average(count => PassAtK.Estimate(count.Samples, count.Correct, k))));
    }

    /// <summary>By Kaplan and Meier, since some may be cut off.</summary>
    private static CensoredValue? MedianRatio(IReadOnlyList<SampleOutcome> samples)
    {
        CensoredValue[] ratios = [.. samples.Select(outcome => outcome.RelativeCost).OfType<CensoredValue>()];
        return ratios.Length == 0 ? null : new CensoredSample(ratios).Median;
    }

    private static CensoredValue? Best(List<SampleOutcome> samples)
    {
        var costs = samples.Where(outcome => outcome.Evaluation.IsCorrect).Select(outcome => outcome.Evaluation.TotalCost).OfType<CensoredValue>().ToList();
        return costs.Count == 0 ? null : costs.MinBy(cost => cost.Value);
    }

    private static string Others(List<SampleOutcome> samples) => string.Join(", ", samples.Select(outcome => outcome.Evaluation.Run.Verdict)
        .Where(verdict => verdict != SampleVerdict.Correct).CountBy(verdict => verdict).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
        .Select(pair => $"{pair.Value} {CostText.Of(pair.Key)}"));

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
