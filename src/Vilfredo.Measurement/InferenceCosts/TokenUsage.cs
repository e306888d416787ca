namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>The tokens that calls of one model consumed.</summary>
/// <remarks>Cached input tokens are a part of the input tokens, as the providers report them, not an addition.</remarks>
public readonly record struct TokenUsage
{
    /// <summary>Creates a usage.</summary>
    /// <param name="inputTokens">Prompt tokens, cached ones included; at least 0.</param>
    /// <param name="outputTokens">Completion tokens, reasoning included; at least 0.</param>
    /// <param name="cachedInputTokens">The prompt tokens that were read from a cache, at most <paramref name="inputTokens"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or more tokens were cached than there are.</exception>
    public TokenUsage(long inputTokens, long outputTokens, long cachedInputTokens = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(outputTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(cachedInputTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cachedInputTokens, inputTokens);
        (InputTokens, OutputTokens, CachedInputTokens) = (inputTokens, outputTokens, cachedInputTokens);
    }

    /// <summary>Prompt tokens, cached ones included.</summary>
    public long InputTokens { get; }

    /// <summary>Completion tokens.</summary>
    public long OutputTokens { get; }

    /// <summary>The part of the input tokens that was read from a cache.</summary>
    public long CachedInputTokens { get; }

    /// <summary>The sum of two usages of the same model.</summary>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right) => left.Add(right);

    /// <summary>The sum of two usages of the same model.</summary>
    public TokenUsage Add(TokenUsage other) => new(
        checked(InputTokens + other.InputTokens), checked(OutputTokens + other.OutputTokens),
        checked(CachedInputTokens + other.CachedInputTokens));
}
