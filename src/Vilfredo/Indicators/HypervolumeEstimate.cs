namespace Vilfredo.Indicators;

/// <summary>An estimated hypervolume with an interval that covers the true one.</summary>
/// <param name="Value">The estimate, in [<paramref name="Lower"/>, <paramref name="Upper"/>].</param>
/// <param name="Lower">The lower end of the interval, at least 0.</param>
/// <param name="Upper">The upper end of the interval.</param>
/// <param name="Confidence">The probability, over the random numbers, that the interval covers the hypervolume, in (0, 1).</param>
/// <param name="Samples">The sample points used.</param>
public readonly record struct HypervolumeEstimate(double Value, double Lower, double Upper, double Confidence, long Samples);
