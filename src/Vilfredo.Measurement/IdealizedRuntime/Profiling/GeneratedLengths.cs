namespace Vilfredo.Measurement.IdealizedRuntime.Profiling;

/// <summary>What a generation really processed.</summary>
/// <param name="PromptTokens">The tokens of the prompt.</param>
/// <param name="OutputTokens">The generated tokens.</param>
public readonly record struct GeneratedLengths(int PromptTokens, int OutputTokens);
