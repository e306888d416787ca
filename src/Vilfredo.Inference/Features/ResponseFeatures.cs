namespace Vilfredo.Inference.Features;

/// <summary>What can be seen of a response without knowing whether it is right.</summary>
/// <param name="OutputTokens">All tokens that were written, the thinking included.</param>
/// <param name="ThinkingTokens">Tokens of the thinking; 0 where there is none.</param>
/// <param name="ThinkingIsHidden">Whether there was thinking whose text the provider keeps, so that its markers are unknown and not counted.</param>
/// <param name="Thinking">Markers of each family in the thinking, per 1 000 tokens of it.</param>
/// <param name="Answer">Markers of each family outside the thinking, per 1 000 tokens of it.</param>
/// <param name="Total">Markers of each family anywhere, per 1 000 tokens of visible text.</param>
public sealed record ResponseFeatures(
    long OutputTokens, long ThinkingTokens, bool ThinkingIsHidden,
    IReadOnlyDictionary<string, double> Thinking, IReadOnlyDictionary<string, double> Answer, IReadOnlyDictionary<string, double> Total);
