namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>One point of a computed front.</summary>
/// <param name="Point">The variables.</param>
/// <param name="Values">The objectives there.</param>
public sealed record FrontPoint(IReadOnlyList<double> Point, IReadOnlyList<double> Values);
