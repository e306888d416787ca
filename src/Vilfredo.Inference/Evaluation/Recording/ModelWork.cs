namespace Vilfredo.Inference.Evaluation.Recording;

/// <summary>What a model did in an evaluation.</summary>
/// <param name="BusyTime">The time during which at least one call was under way: calls side by side count once.</param>
/// <param name="OutputTokens">The tokens that it wrote in that time.</param>
public readonly record struct ModelWork(TimeSpan BusyTime, long OutputTokens);
