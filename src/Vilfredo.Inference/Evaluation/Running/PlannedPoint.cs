using Vilfredo.Inference.Evaluation.Definition;

namespace Vilfredo.Inference.Evaluation.Running;

/// <summary>What a point would take.</summary>
/// <param name="Point">The point.</param>
/// <param name="FewestCalls">The fewest calls, when nothing fails.</param>
/// <param name="MostCalls">The most calls; null where the strategy says no number and no budget does.</param>
/// <param name="MostTokens">The most input and output tokens; null where there is no bound.</param>
/// <param name="MostMoney">The most money; null where there is no bound or a price is not known.</param>
public sealed record PlannedPoint(EvaluatedPoint Point, long FewestCalls, long? MostCalls, long? MostTokens, double? MostMoney);
