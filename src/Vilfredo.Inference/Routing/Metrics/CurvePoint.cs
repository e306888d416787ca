namespace Vilfredo.Inference.Routing.Metrics;

/// <summary>What answers are worth at a cost.</summary>
/// <param name="Cost">The mean cost, or the share of calls of the strong model.</param>
/// <param name="Quality">The mean quality.</param>
public readonly record struct CurvePoint(double Cost, double Quality);
