namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>One line of a <see cref="UsageLedger"/>: what one model consumed for one purpose.</summary>
/// <param name="Model">The model's name, as in the price table.</param>
/// <param name="Usage">The tokens.</param>
/// <param name="Purpose">Why it was called, such as <c>agent</c>, <c>verifier</c> or <c>summary</c>.</param>
/// <param name="IsEstimated">Whether the tokens were counted by ourselves because the provider reported none.</param>
public sealed record UsageEntry(string Model, TokenUsage Usage, string Purpose, bool IsEstimated);
