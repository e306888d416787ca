namespace Vilfredo.Inference.Routing.Rules;

/// <summary>A threshold that keeps the probability of a loss below a bound.</summary>
/// <param name="Threshold">An answer of the cheap way is accepted where its score reaches this; infinite when nothing may be accepted.</param>
/// <param name="Losses">The share of the calibration prompts that lose with it.</param>
/// <param name="Accepted">The share of them whose cheap answer is accepted.</param>
/// <param name="Bound">(losses + 1) / (n + 1): what is kept at most at the wanted level.</param>
public sealed record ConformalThreshold(double Threshold, double Losses, double Accepted, double Bound);
