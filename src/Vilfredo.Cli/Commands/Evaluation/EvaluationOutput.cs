using System.Globalization;
using Vilfredo.Cli.Output;
using Vilfredo.Cli.Rendering;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Results;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Evaluation;

/// <summary>Shows what an evaluation has found, for people.</summary>
internal sealed class EvaluationOutput(Terminal terminal, EvaluationResult result)
{
    private readonly EvaluationDefinition _definition = result.Definition;

    /// <summary>Writes the points, the frontier's picture and what to do next.</summary>
    public void Write()
    {
        var outcome = result.Outcome;
        terminal.Output.WriteLine($"{_definition.Name}: {_definition.Tasks}");
        terminal.Output.WriteLine(
            $"{outcome.Spent.Calls} calls, {(outcome.Spent.InputTokens + outcome.Spent.OutputTokens).ToString("N0", CultureInfo.InvariantCulture)} tokens"
            + $"{(_definition.Prices is null ? "" : $", {new Money(Math.Max(0, outcome.Spent.Amount), _definition.Currency)}")} in {ProgressLine.Duration(outcome.Elapsed)}"
            + $"{(outcome.RecordedAnswers > 0 ? $"; {outcome.RecordedAnswers} answers were recorded before" : "")}{(outcome.ReplayedCalls > 0 ? $"; {outcome.ReplayedCalls} equal calls were made once only" : "")}");
        if (result.Points.Count == 0)
        {
            terminal.Output.WriteLine("No point has answered two problems yet, so there is nothing to compare.");
            return;
        }

        WritePoints();
        WriteChart();
        WriteSteps();
        WriteVariance();
        if (outcome.SavedAnswers > 0)
            terminal.Output.WriteLine($"Racing gave up {result.Points.Count(point => point.GivenUpAfter is not null)} points and saved {outcome.SavedAnswers} answers, about {QuantityFormat.Significant(outcome.SavedCalls, 3)} calls.");
        if (result.Next.Count > 0)
            terminal.Output.WriteLine($"More answers tell most at {result.Next[0].Point} (dominated with probability {Short(result.Next[0].DominatedProbability)}): {result.Next[0].Advice}.");
        else
            terminal.Output.WriteLine("No point's place is open: more answers would hardly change the frontier.");
    }

    private void WritePoints()
    {
        var cost = _definition.FrontierCost;
        var costs = QuantityFormat.ForColumn(Costs(cost).SelectMany(one => (double[])[one.Value, one.Lower, one.Upper]), EvaluationStudy.UnitOf(cost, _definition.Currency), 3);
        var tokens = QuantityFormat.ForColumn(Costs(CostMeasure.Tokens).Select(one => one.Value), null, 3);
        var sequential = QuantityFormat.ForColumn(Costs(CostMeasure.CriticalTokens).Select(one => one.Value), null, 3);
        var level = (100 * _definition.Level).ToString("0.#", CultureInfo.InvariantCulture);
        List<TextTable.Column> columns =
        [
            new("point"), new(_definition.Quality.Kind == QualityKind.PassAtK ? $"{_definition.Quality} %" : "right %", true), new($"{level} % interval"),
            new(costs.Label(EvaluationStudy.NameOf(cost).Replace('_', ' ')), true), new($"{level} % interval"),
        ];
        if (cost != CostMeasure.Tokens)
            columns.Add(new("tokens", true));
        columns.AddRange([new("in sequence", true), new("calls", true), new("latency [s]", true), new("p95 [s]", true)]);
        var hasPass = result.Points.Any(point => point.CostOfPass is not null);
        var pass = QuantityFormat.ForColumn(result.Points.Select(point => point.CostOfPass?.Value ?? 0).Where(double.IsFinite), _definition.Currency, 3);
        if (hasPass)
            columns.Add(new(pass.Label("for a right one"), true));
        var hasEnergy = result.Points.Any(point => point.Costs.ContainsKey(CostMeasure.Energy));
        if (hasEnergy)
            columns.Add(new("energy [J]", true));
        var hasRuntime = result.Points.Any(point => point.Costs.ContainsKey(CostMeasure.IdealizedRuntime));
        if (hasRuntime)
            columns.Add(new("idealized [s]", true));
        columns.AddRange([new("frontier"), new("dominated", true), new($"against {result.Baseline}")]);
        var table = new TextTable([.. columns]) { Title = "For an answer, from the cheapest on" };
        foreach (var point in result.Points)
        {
            var share = _definition.Quality.Kind == QualityKind.PassAtK ? point.Quality : point.Accuracy;
            List<string> cells =
            [
                point.Point.Name + (point.GivenUpAfter is { } after ? $" (given up after {after})" : ""), Percent(share.Value), $"{Percent(share.Lower)} to {Percent(share.Upper)}",
                .. point.Costs.TryGetValue(cost, out var paid) ? (string[])[costs.Format(paid.Value), $"{costs.Format(paid.Lower)} to {costs.Format(paid.Upper)}"] : ["unknown", ""],
            ];
            if (cost != CostMeasure.Tokens)
                cells.Add(tokens.Format(point.Costs[CostMeasure.Tokens].Value));
            cells.AddRange(
            [
                sequential.Format(point.Costs[CostMeasure.CriticalTokens].Value), QuantityFormat.Significant(point.Calls, 3),
                QuantityFormat.Significant(point.Costs[CostMeasure.Latency].Value, 3), QuantityFormat.Significant(point.LatencyP95, 3),
            ]);
            if (hasPass)
                cells.Add(point.CostOfPass is { } each ? double.IsFinite(each.Value) ? pass.Format(each.Value) : "never" : "");
            if (hasEnergy)
                cells.Add(point.Costs.TryGetValue(CostMeasure.Energy, out var energy) ? QuantityFormat.Significant(energy.Value, 3) : "");
            if (hasRuntime)
                cells.Add(point.Costs.TryGetValue(CostMeasure.IdealizedRuntime, out var runtime) ? QuantityFormat.Significant(runtime.Value, 3) : "");
            cells.AddRange(
            [
                point.IsOnFrontier ? "yes" : point.IsCertainlyDominated(_definition.Level) ? "surely not" : "no",
                Short(point.DominatedProbability),
                point.Difference is { } difference ? Signed(difference.Quality) : "",
            ]);
            table.Add(cells, emphasized: point.IsOnFrontier);
        }

        table.Write(terminal);
    }

    private void WriteChart()
    {
        var data = EvaluationReport.Data(result);
        if (data.Objectives.Count >= 2 && data.Points.Any(point => point.IsOnFrontier))
            terminal.Write(new FrontierChart(data, x: 1, y: 0) { Height = 14, LogarithmicX = EvaluationReport.IsWide(result) });
    }

    private void WriteSteps()
    {
        foreach (var step in result.Steps)
        {
            var isReal = _definition.Quality.Kind == QualityKind.CostOfPass ? step.Quality.Upper < 0 : step.Quality.Lower > 0;
            terminal.Output.WriteLine($"{step.First} against the cheaper {step.Second}: {Signed(step.Quality)}, {(isReal ? "a real step" : "not told apart yet")} (paired, {step.Problems} problems)");
        }
    }

    private void WriteVariance()
    {
        if (result.Points.Where(point => point.Variance is not null).Select(point => point.Variance!).ToList() is not { Count: > 0 } variances)
            return;
        var share = variances.Average(variance => variance.ModelShare);
        terminal.Output.WriteLine($"Of the variance of an answer {QuantityFormat.Significant(100 * share, 2)} % is the model's (repeats of one problem differ) and the rest the tasks' (problems differ), on average over the points.");
    }

    private IEnumerable<Estimate> Costs(CostMeasure cost) => result.Points.Where(point => point.Costs.ContainsKey(cost)).Select(point => point.Costs[cost]);

    private string Signed(Estimate difference) => _definition.Quality.Kind == QualityKind.CostOfPass
        ? $"{Plus(difference.Value)} ({Plus(difference.Lower)} to {Plus(difference.Upper)}) {_definition.Currency}"
        : $"{Plus(100 * difference.Value)} ({Plus(100 * difference.Lower)} to {Plus(100 * difference.Upper)}) points";

    private static string Plus(double value) => (value > 0 ? "+" : "") + (Math.Abs(value) >= 1 ? value.ToString("0.0", CultureInfo.InvariantCulture) : QuantityFormat.Significant(value, 2));

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Short(double probability) => probability.ToString("0.00", CultureInfo.InvariantCulture);
}
