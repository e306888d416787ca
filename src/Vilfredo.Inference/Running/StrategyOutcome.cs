using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Running;

/// <summary>What a strategy decides.</summary>
/// <param name="Response">The answer.</param>
/// <param name="Candidates">What it was chosen from, or made of.</param>
/// <param name="Confidence">How sure the strategy is, in [0, 1], such as the share of a vote; null where it has no such measure.</param>
/// <param name="StoppedEarly">Whether it stopped before its full number of calls by its own rule.</param>
public sealed record StrategyOutcome(ChatResponse Response, IReadOnlyList<Candidate> Candidates, double? Confidence = null, bool StoppedEarly = false)
{
    /// <summary>How each candidate was graded, in the strategy's own terms, such as a judge's score or the share of the vote for its answer; null for a candidate without a grade, and empty where the strategy grades nothing.</summary>
    public IReadOnlyList<double?> Grades { get; init; } = [];

    /// <summary>The answer is a candidate as it is.</summary>
    public static StrategyOutcome Of(Candidate chosen, IReadOnlyList<Candidate> candidates, double? confidence = null, bool stoppedEarly = false)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        return new(chosen.Response, candidates, confidence, stoppedEarly);
    }
}
