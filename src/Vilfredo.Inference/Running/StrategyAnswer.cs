using Microsoft.Extensions.AI;
using Vilfredo.Inference.Calls;

namespace Vilfredo.Inference.Running;

/// <summary>An answer with its whole account. <see cref="Of"/> finds it on the response of a <see cref="StrategyChatClient"/>.</summary>
public sealed record StrategyAnswer
{
    /// <summary>The additional property of a response that holds it.</summary>
    public const string Key = "vilfredo.strategy";

    /// <summary>The strategy's name.</summary>
    public required string Strategy { get; init; }

    /// <summary>The answer and what it was chosen from.</summary>
    public required StrategyOutcome Outcome { get; init; }

    /// <summary>The calls that it took.</summary>
    public required CallGraph Calls { get; init; }

    /// <summary>Why the strategy stopped.</summary>
    public required StopReason StoppedBy { get; init; }

    /// <summary>What a user should know: samples that were all the same, budgets that ended the work, calls that failed.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The account on a response; null when it came from no strategy.</summary>
    public static StrategyAnswer? Of(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.AdditionalProperties?.TryGetValue(Key, out var value) == true ? value as StrategyAnswer : null;
    }
}
