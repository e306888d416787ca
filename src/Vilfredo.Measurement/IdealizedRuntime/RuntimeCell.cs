namespace Vilfredo.Measurement.IdealizedRuntime;

/// <summary>One timed generation.</summary>
/// <param name="PromptTokens">The exact length of the prompt, at least 1.</param>
/// <param name="OutputTokens">The exact number of generated tokens, at least 1: with early stop disabled.</param>
/// <param name="Seconds">How long it took, above 0 and finite.</param>
public readonly record struct RuntimeCell(int PromptTokens, int OutputTokens, double Seconds);
