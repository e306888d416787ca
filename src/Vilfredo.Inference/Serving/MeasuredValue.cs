namespace Vilfredo.Inference.Serving;

/// <summary>A measured mean with its interval.</summary>
/// <param name="Mean">The mean over the problems.</param>
/// <param name="Lower">The lower end of its interval.</param>
/// <param name="Upper">The upper end of its interval.</param>
public readonly record struct MeasuredValue(double Mean, double Lower, double Upper);
