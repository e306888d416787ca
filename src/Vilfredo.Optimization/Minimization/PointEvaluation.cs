namespace Vilfredo.Optimization;

/// <summary>Evaluates one point of a <see cref="FunctionProblem"/>.</summary>
/// <param name="decisions">One value per variable.</param>
/// <param name="objectives">Receives one value per objective, to be minimised.</param>
/// <param name="constraints">Receives one value per constraint, satisfied at 0 or less; empty when there are none.</param>
public delegate void PointEvaluation(ReadOnlySpan<double> decisions, Span<double> objectives, Span<double> constraints);
