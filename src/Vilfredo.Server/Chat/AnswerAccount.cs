using Vilfredo.Inference.Running;

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

    /// <summary>What each choice was chosen from; empty where the request does not ask for it.</summary>
    public IReadOnlyList<StrategyOutcome> Outcomes { get; init; } = [];

    public static AnswerAccount Of(ServedPoint point, IReadOnlyList<StrategyAnswer> answers, string currency, double seconds, IReadOnlyList<string> failed) => new()
    {
        Point = point,
        Currency = currency,
        Seconds = seconds,
        Failed = failed,
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
}
