using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Catalog;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>Independent attempts, of which the most frequent answer wins: self-consistency (Wang et al., arXiv 2203.11171).</summary>
/// <remarks>Attempts that were cut off or have no answer abstain. The text is that of the first attempt with the winning answer. The confidence is the winner's share of all attempts that did not fail.</remarks>
public sealed class MajorityVotingStrategy : VotingStrategy
{
    /// <summary>A vote in which, of equally frequent answers, the one that came first wins.</summary>
    /// <param name="attempts">The number of attempts, at least 1.</param>
    /// <param name="temperature">Where the caller sets none.</param>
    /// <param name="answers">Finds the answers; null means <c>auto</c>.</param>
    public MajorityVotingStrategy(int attempts = 8, double temperature = 0.7, IAnswerExtractor? answers = null)
        : this(attempts, temperature, new VoteRules { Answers = answers ?? AnswerExtractors.Named("auto") })
    {
    }

    /// <summary>A vote.</summary>
    /// <param name="attempts">The number of attempts, at least 1.</param>
    /// <param name="temperature">Where the caller sets none.</param>
    /// <param name="rules">How it is taken; weights and filters of lengths belong to other strategies.</param>
    public MajorityVotingStrategy(int attempts, double temperature, VoteRules rules)
        : base(attempts, temperature, rules)
    {
        if (rules.Weights is not EqualWeights || rules.KeepShortest < 1)
            throw new ArgumentException("A majority vote counts every response once; take weighted_voting or length_filtered_voting for anything else.", nameof(rules));
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "majority_voting", "the most frequent answer of n attempts", [CommonKnobs.Attempts("8"), CommonKnobs.Temperature("0.7"), CommonKnobs.Answer, VotingKnobs.TieBreak],
        values => new MajorityVotingStrategy(values.Integer("n"), values.Number("temperature")!.Value, VotingKnobs.Rules(values)))
    {
        Aliases = ["self_consistency_voting"],
        Source = "Wang et al., arXiv 2203.11171",
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;
}
