using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Pools;

/// <summary>A stored attempt at a problem.</summary>
/// <param name="Text">The response.</param>
/// <param name="Answer">Its final answer in normal form; null where it abstains: it was cut off or has none.</param>
/// <param name="IsCorrect">Whether it is right.</param>
/// <param name="Usage">Its tokens.</param>
public sealed record PooledSample(string Text, string? Answer, bool IsCorrect, TokenUsage Usage)
{
    /// <summary>Why the model stopped, such as <c>stop</c> or <c>length</c>; null where it is not known.</summary>
    public string? Finish { get; init; }

    /// <summary>Scores by name, higher for better, such as <see cref="LogProbability"/> or a judge's.</summary>
    public IReadOnlyDictionary<string, double> Scores { get; init; } = new Dictionary<string, double>();

    /// <summary>The score that recording stores where the model gives log-probabilities: the mean over the response's tokens.</summary>
    public const string LogProbability = "log_probability";

    /// <summary>Input and output tokens.</summary>
    public long Tokens => Usage.InputTokens + Usage.OutputTokens;

    /// <summary>A score; null where the sample has none of the name.</summary>
    public double? Score(string name) => Scores.TryGetValue(name, out var score) ? score : null;
}
