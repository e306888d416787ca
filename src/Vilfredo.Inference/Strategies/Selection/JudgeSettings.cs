using Microsoft.Extensions.AI;
using Vilfredo.Inference.Prompts;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>How judges are asked.</summary>
public sealed record JudgeSettings
{
    /// <summary>The model that judges; the strategy's when null.</summary>
    public IChatClient? Client { get; init; }

    /// <summary>The temperature of judgements, at least 0.</summary>
    public double Temperature { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "A temperature is at least 0."); } = 0.1;

    /// <summary>The most output tokens of a judgement, at least 1.</summary>
    public int MaximumOutputTokens { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaximumOutputTokens), value, "A judgement has at least 1 token."); } = 512;

    /// <summary>Whether replies are held to a JSON schema. Clients that cannot do that refuse it; without it the reply's JSON object is looked for in its text.</summary>
    public bool UsesSchema { get; init; } = true;

    /// <summary>What is asked.</summary>
    public ComparisonPrompts Prompts { get; init; } = new();
}
