namespace Vilfredo.Measurement.IdealizedRuntime;

/// <summary>Requests of one length.</summary>
public readonly record struct TokenQuery
{
    /// <summary>Creates the requests.</summary>
    /// <param name="promptTokens">The prompt's length, at least 0.</param>
    /// <param name="outputTokens">The tokens of all completions, at least 0.</param>
    /// <param name="count">How many such requests there are, at least 0.</param>
    public TokenQuery(int promptTokens, int outputTokens, long count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(promptTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(outputTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        (PromptTokens, OutputTokens, Count) = (promptTokens, outputTokens, count);
    }

    /// <summary>The prompt's length.</summary>
    public int PromptTokens { get; }

    /// <summary>The tokens of all completions.</summary>
    public int OutputTokens { get; }

    /// <summary>How many such requests there are.</summary>
    public long Count { get; }

    /// <summary>A request by the tokens of its completions.</summary>
    /// <param name="promptTokens">The prompt's length.</param>
    /// <param name="completions">The length of each completion as the endpoint returned it.</param>
    /// <param name="echoesPrompt">Whether each completion repeats the prompt, which then does not count as output.</param>
    public static TokenQuery OfCompletions(int promptTokens, ReadOnlySpan<int> completions, bool echoesPrompt = false)
    {
        var sum = 0;
        foreach (var length in completions) sum += Math.Max(0, echoesPrompt ? length - promptTokens : length);
        return new TokenQuery(promptTokens, sum);
    }
}
