using Microsoft.Extensions.AI;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Calls;

/// <summary>One call of a model, or of a strategy nested in a strategy: what it was for, what it waited for and what it cost.</summary>
public sealed record CallRecord
{
    /// <summary>The additional property of a response that says, as a <see cref="TimeSpan"/>, how long the call took where that is not the time that was waited for: it was replayed from a record, or recording took time too.</summary>
    public const string DurationKey = "vilfredo.duration";

    /// <summary>Its number in its graph, from 0.</summary>
    public required int Id { get; init; }

    /// <summary>What it was for; a constant of <see cref="CallRole"/> or the strategy's own word.</summary>
    public required string Role { get; init; }

    /// <summary>The round of the strategy that it belongs to, from 0.</summary>
    public int Round { get; init; }

    /// <summary>Its place among the calls of the same role and round, from 0.</summary>
    public int Sibling { get; init; }

    /// <summary>The calls whose results it needed.</summary>
    public IReadOnlyList<int> Parents { get; init; } = [];

    /// <summary>The model, as the response names it, or else as it was asked for; null when neither is known.</summary>
    public string? Model { get; init; }

    /// <summary>The tokens.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>The part of the output tokens that was reasoning; 0 where the provider does not say.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Whether the tokens were counted by us, because the response did not report them.</summary>
    public bool UsageIsEstimated { get; init; }

    /// <summary>What it cost; null without a price table.</summary>
    public Money? Cost { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How it ended.</summary>
    public CallOutcome Outcome { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>Why the model stopped writing.</summary>
    public ChatFinishReason? FinishReason { get; init; }

    /// <summary>The calls inside it, when it was answered by a nested strategy.</summary>
    public CallGraph? Inner { get; init; }
}
