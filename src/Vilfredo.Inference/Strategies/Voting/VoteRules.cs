using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Prompts;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>How a vote over responses is taken.</summary>
public sealed record VoteRules
{
    /// <summary>Finds the answers. Responses that call tools are compared by their calls instead.</summary>
    public IAnswerExtractor Answers { get; init; } = AnswerExtractors.Named("auto");

    /// <summary>How much each response counts.</summary>
    public IVoteWeights Weights { get; init; } = new EqualWeights();

    /// <summary>Which of equally heavy answers wins.</summary>
    public VoteTieBreak TieBreak { get; init; }

    /// <summary>The share of the responses with an answer that votes, the shortest first, rounded up to whole responses; in (0, 1].</summary>
    public double KeepShortest { get; init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(KeepShortest), value, "The share of responses that vote is above 0 and at most 1."); } = 1;

    /// <summary>What the judge of ties is asked.</summary>
    public ComparisonPrompts Prompts { get; init; } = new();
}
