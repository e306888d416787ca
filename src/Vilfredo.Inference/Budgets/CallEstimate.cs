using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Budgets;

/// <summary>What a call may take at most, before it is made.</summary>
/// <param name="InputTokens">The tokens of the request.</param>
/// <param name="OutputTokens">The most tokens of the answer.</param>
/// <param name="OutputIsAssumed">Whether nobody set that number, so that a smaller one may be granted.</param>
/// <param name="Price">The price of the model, where it is known.</param>
/// <param name="Currency">The currency of the price; null without one.</param>
public readonly record struct CallEstimate(long InputTokens, long OutputTokens, bool OutputIsAssumed = false, TokenPrice? Price = null, string? Currency = null);
