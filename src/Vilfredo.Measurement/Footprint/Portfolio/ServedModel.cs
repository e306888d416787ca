namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>A generative model as it is served: its size and its speed with short and long prompts.</summary>
/// <param name="Name">What use cases call it.</param>
/// <param name="BillionParameters">Parameters in billions, 16 bits each.</param>
/// <param name="FirstTokenSeconds">Seconds to the first token of a prompt of about 100 tokens.</param>
/// <param name="TokensPerSecond">Tokens per second after it.</param>
/// <param name="LongFirstTokenSeconds">Seconds to the first token of a prompt of about 1000 tokens.</param>
/// <param name="LongTokensPerSecond">Tokens per second after it.</param>
public sealed record ServedModel(
    string Name, double BillionParameters, double FirstTokenSeconds, double TokensPerSecond, double LongFirstTokenSeconds, double LongTokensPerSecond)
{
    private const double BytesPerParameter = 2;
    private const double Margin = 1.3;
    private const double GigabytesPerDevice = 10;

    /// <summary>Virtual graphics processors of 10 GB that hold the model with a margin of 30 %.</summary>
    public int Devices => (int)Math.Ceiling(BillionParameters * BytesPerParameter * Margin / GigabytesPerDevice - 1e-9);

    /// <summary>Seconds of one call.</summary>
    /// <param name="outputTokens">Tokens written.</param>
    /// <param name="longPrompt">Whether the prompt is long.</param>
    public double Seconds(double outputTokens, bool longPrompt) => longPrompt
        ? LongFirstTokenSeconds + outputTokens / LongTokensPerSecond
        : FirstTokenSeconds + outputTokens / TokensPerSecond;
}
