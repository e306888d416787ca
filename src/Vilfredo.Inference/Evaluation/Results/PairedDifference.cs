namespace Vilfredo.Inference.Evaluation.Results;

/// <summary>How two points differ on the problems that both have answered.</summary>
/// <param name="First">The point.</param>
/// <param name="Second">The point that it is compared with.</param>
/// <param name="Problems">The problems.</param>
/// <param name="Quality">The quality of the first less that of the second.</param>
/// <param name="Cost">The cost of the first less that of the second, on the frontier's axis.</param>
public sealed record PairedDifference(string First, string Second, int Problems, Estimate Quality, Estimate? Cost);
