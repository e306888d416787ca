namespace Vilfredo.Neural.Generation;

/// <summary>What a model wrote after one prompt.</summary>
/// <param name="Tokens">The drawn token ids, the stop token included.</param>
/// <param name="LogProbabilities">The natural logarithm of each token's probability under the model itself: before processors, penalties, temperature and cuts.</param>
/// <param name="Finish">Why it ended.</param>
public sealed record Continuation(IReadOnlyList<int> Tokens, IReadOnlyList<double> LogProbabilities, FinishReason Finish);
