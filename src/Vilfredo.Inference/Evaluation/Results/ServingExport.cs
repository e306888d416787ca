using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Serving;

namespace Vilfredo.Inference.Evaluation.Results;

/// <summary>The frontier of an evaluation in the form in which it is served.</summary>
public static class ServingExport
{
    /// <summary>The served form of a result.</summary>
    /// <param name="result">The result, with at least one point.</param>
    /// <param name="measured">When it was measured.</param>
    public static ServingFrontier Of(EvaluationResult result, DateTimeOffset measured)
    {
        ArgumentNullException.ThrowIfNull(result);
        var definition = result.Definition;
        return new()
        {
            Name = definition.Name,
            Measured = measured,
            Tasks = definition.Tasks,
            Currency = definition.Currency,
            Level = definition.Level,
            Models = [.. definition.Models.Select(model => model.Definition)],
            Points =
            [
                .. result.Points.Select(point => new ServingPoint
                {
                    Name = point.Point.Name,
                    Model = point.Point.Model,
                    Strategy = point.Point.Strategy,
                    Knobs = point.Point.Knobs,
                    Budget = point.Point.Budget == Budgets.Budget.Unlimited ? null : point.Point.Budget,
                    Quality = Value(point.Accuracy),
                    Cost = point.Costs.TryGetValue(CostMeasure.Money, out var money) ? Value(money) : null,
                    Latency = Value(point.Costs[CostMeasure.Latency]),
                    LatencyP95 = point.LatencyP95,
                    Tokens = Value(point.Costs[CostMeasure.Tokens]),
                    Energy = point.Costs.TryGetValue(CostMeasure.Energy, out var energy) ? Value(energy) : null,
                    Answers = point.Answers,
                    IsOnFrontier = point.IsOnFrontier,
                }),
            ],
        };
    }

    private static MeasuredValue Value(Estimate estimate) => new(estimate.Value, estimate.Lower, estimate.Upper);
}
