using Vilfredo.Inference.Running;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Evaluation.Recording;

/// <summary>A recorded answer of a point to a problem, with what it was worth and cost.</summary>
public sealed record AnswerRecord
{
    /// <summary>The fingerprint of everything that decides the answer: the model, the strategy with all its knobs, the budget, the prompt, the judge, the seed.</summary>
    public required string Key { get; init; }

    /// <summary>The point's name when it was recorded.</summary>
    public required string Point { get; init; }

    /// <summary>The problem's id.</summary>
    public required string Problem { get; init; }

    /// <summary>The number of the repeat, from 0.</summary>
    public int Repeat { get; init; }

    /// <summary>The fingerprint of the chat that was asked.</summary>
    public required string PromptHash { get; init; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset Recorded { get; init; }

    /// <summary>The text of the answer; empty when a budget allowed none.</summary>
    public required string Response { get; init; }

    /// <summary>How it was judged.</summary>
    public required Grade Grade { get; init; }

    /// <summary>Why the strategy stopped.</summary>
    public required StopReason StoppedBy { get; init; }

    /// <summary>How sure the strategy was; null where it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>The calls that it took, shared ones included.</summary>
    public int Calls { get; init; }

    /// <summary>Their tokens.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>The part of the output tokens that was reasoning, where providers say so.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Whether a call's tokens were counted by us.</summary>
    public bool UsageIsEstimated { get; init; }

    /// <summary>Tokens along the longest path of calls that waited for each other.</summary>
    public long CriticalTokens { get; init; }

    /// <summary>What it costs, shared calls in full; null where a price is not known.</summary>
    public double? Cost { get; init; }

    /// <summary>Seconds from question to answer: as measured, or along the longest path where calls were replayed.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds along the longest path of calls that waited for each other.</summary>
    public double CriticalSeconds { get; init; }

    /// <summary>Seconds along the longest path on the machine of the model's runtime profile; null without one.</summary>
    public double? IdealizedSeconds { get; init; }

    /// <summary>Output tokens by model, for energy.</summary>
    public IReadOnlyDictionary<string, long> OutputByModel { get; init; } = new Dictionary<string, long>();

    /// <summary>What a user should know of it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether it is right.</summary>
    public bool IsCorrect => Grade == Grade.Correct;
}
