using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Strategies.Stages;

/// <summary>How texts that prepare an answer, such as plans and critiques, are asked for. The caller's temperature, limits, tools and response format belong to the answer and do not reach them.</summary>
public sealed record StageSettings
{
    /// <summary>The model that writes them; the strategy's when null.</summary>
    public IChatClient? Client { get; init; }

    /// <summary>The temperature, at least 0.</summary>
    public double Temperature { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "A temperature is at least 0."); } = 0.7;

    /// <summary>The most output tokens of one of them, at least 1.</summary>
    public int MaximumOutputTokens { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaximumOutputTokens), value, "A text has at least 1 token."); } = 2048;
}
