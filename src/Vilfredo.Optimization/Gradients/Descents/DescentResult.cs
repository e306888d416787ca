namespace Vilfredo.Optimization.Gradients.Descents;

/// <summary>What is known of one point of a descent.</summary>
/// <param name="Values">One finite value per objective, minimised.</param>
/// <param name="Gradients">The derivatives by the variables of the space, m x n, row-major, when they are known.</param>
/// <param name="Feasible">Whether the point satisfies all measured constraints; a path never stands on one that does not.</param>
public sealed record DescentResult(double[] Values, double[]? Gradients = null, bool Feasible = true);
