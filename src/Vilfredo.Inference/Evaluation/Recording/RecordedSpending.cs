namespace Vilfredo.Inference.Evaluation.Recording;

/// <summary>What an evaluation has spent in all its runs: calls that were really made, failed ones included.</summary>
/// <param name="Calls">The calls.</param>
/// <param name="InputTokens">Their input tokens.</param>
/// <param name="OutputTokens">Their output tokens.</param>
/// <param name="Amount">Their cost, where prices are known.</param>
public readonly record struct RecordedSpending(int Calls, long InputTokens, long OutputTokens, double Amount);
