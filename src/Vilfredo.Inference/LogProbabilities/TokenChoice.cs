namespace Vilfredo.Inference.LogProbabilities;

/// <summary>A token that a model wrote, how probable it held it, and the most probable tokens in its place.</summary>
/// <param name="LogProbability">The natural logarithm of the token's probability, at most 0.</param>
/// <param name="Text">The token's text; null where the client does not give it.</param>
/// <param name="Alternatives">The most probable tokens at this place, the written one among them where the client says so; empty where it gives none.</param>
public sealed record TokenChoice(double LogProbability, string? Text, IReadOnlyList<KeyValuePair<string, double>> Alternatives)
{
    /// <summary>A token of which only the log-probability is known.</summary>
    public static TokenChoice Of(double logProbability) => new(logProbability, null, []);
}
