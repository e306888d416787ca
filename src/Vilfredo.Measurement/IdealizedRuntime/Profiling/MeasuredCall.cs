namespace Vilfredo.Measurement.IdealizedRuntime.Profiling;

/// <summary>
/// Generates once: an endpoint, a local model, anything that takes a prompt of exactly so many of its own tokens and is told to produce
/// exactly so many, with early stop disabled. Returns when the last token has arrived.
/// </summary>
/// <param name="promptTokens">The prompt's length, at least 1.</param>
/// <param name="outputTokens">How many tokens to generate, at least 1.</param>
/// <param name="cancellation">Cancelled when profiling is.</param>
/// <returns>The lengths that were really processed, as the model's tokeniser counts them.</returns>
public delegate ValueTask<GeneratedLengths> MeasuredCall(int promptTokens, int outputTokens, CancellationToken cancellation);
