using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Server.Chat;

/// <summary>What answering a request took, over all its choices.</summary>
internal sealed record AnswerAccount
{
    public required ServedPoint Point { get; init; }

    public required string Currency { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<string> Failed { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public long CachedTokens { get; init; }

    public long ReasoningTokens { get; init; }

    public double? Cost { get; init; }

    public int Calls { get; init; }

    public StopReason StoppedBy { get; init; }

    public double? Confidence { get; init; }

    public bool IsEstimated { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What each choice was chosen from; empty where requests are passed on.</summary>
    public IReadOnlyList<StrategyOutcome> Outcomes { get; init; } = [];

    /// <summary>The usage as the endpoint wrote it, where it is all of the answer's; empty otherwise.</summary>
    public ReadOnlyMemory<byte> ReportedUsage { get; init; }

    /// <summary>The account of an answer of a strategy, over its choices.</summary>
    public static AnswerAccount Of(AnswerAttempt attempt, IReadOnlyList<StrategyAnswer> answers) => new()
    {
        Point = attempt.Point,
        Currency = attempt.Frontier.File.Currency,
        Seconds = attempt.Seconds,
        Failed = attempt.Failed,
        InputTokens = answers.Sum(answer => answer.Calls.Usage.InputTokens),
        OutputTokens = answers.Sum(answer => answer.Calls.Usage.OutputTokens),
        CachedTokens = answers.Sum(answer => answer.Calls.Usage.CachedInputTokens),
        ReasoningTokens = answers.Sum(answer => answer.Calls.ReasoningTokens),
        Cost = answers.All(answer => answer.Calls.Cost is not null) ? answers.Sum(answer => answer.Calls.Cost!.Value.Amount) : null,
        Calls = answers.Sum(answer => answer.Calls.Leaves.Count()),
        StoppedBy = answers.Select(answer => answer.StoppedBy).Max(),
        Confidence = answers is [var only] ? only.Outcome.Confidence : null,
        IsEstimated = answers.Any(answer => answer.Calls.UsageIsEstimated),
        Warnings = [.. answers.SelectMany(answer => answer.Warnings).Distinct().Take(10)],
        Outcomes = [.. answers.Select(answer => answer.Outcome)],
    };

    /// <summary>The account of an answer that is one call for each choice.</summary>
    public static AnswerAccount Of(AnswerAttempt attempt, ReadOnlySpan<CallRecord> calls, ReadOnlyMemory<byte> reported)
    {
        var usage = new TokenUsage();
        var (cost, reasoning, isEstimated) = ((double?)0, 0L, false);
        foreach (var call in calls)
        {
            usage += call.Usage;
            cost += call.Cost?.Amount;
            reasoning += call.ReasoningTokens;
            isEstimated |= call.UsageIsEstimated;
        }

        return new()
        {
            Point = attempt.Point,
            Currency = attempt.Frontier.File.Currency,
            Seconds = attempt.Seconds,
            Failed = attempt.Failed,
            Calls = calls.Length,
            StoppedBy = StopReason.Completed,
            InputTokens = usage.InputTokens,
            OutputTokens = usage.OutputTokens,
            CachedTokens = usage.CachedInputTokens,
            ReasoningTokens = reasoning,
            Cost = cost,
            IsEstimated = isEstimated,
            ReportedUsage = calls is [{ UsageIsEstimated: false }] ? reported : default,
        };
    }
}
