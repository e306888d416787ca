namespace Vilfredo.Inference.Evaluation.Results;

/// <summary>A measured mean with its interval.</summary>
/// <param name="Value">The value.</param>
/// <param name="Lower">The lower end of its interval.</param>
/// <param name="Upper">The upper end of its interval; infinite where it is not bounded.</param>
public readonly record struct Estimate(double Value, double Lower, double Upper);
