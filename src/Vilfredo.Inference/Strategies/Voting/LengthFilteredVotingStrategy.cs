using Vilfredo.Inference.Catalog;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>A vote among the shortest responses only, in output tokens (after Wang et al., arXiv 2504.14047: right responses of reasoning models are shorter).</summary>
/// <param name="attempts">The number of attempts, at least 1.</param>
/// <param name="keep">The share of the responses with an answer that votes, above 0 and at most 1, rounded up.</param>
/// <param name="temperature">Where the caller sets none.</param>
/// <param name="rules">How the vote is taken among them; null means the defaults.</param>
public sealed class LengthFilteredVotingStrategy(int attempts = 8, double keep = 0.5, double temperature = 0.7, VoteRules? rules = null)
    : VotingStrategy(attempts, temperature, (rules ?? new()) with { KeepShortest = keep })
{
    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "length_filtered_voting", "the most frequent answer among the shortest of n attempts",
        [
            CommonKnobs.Attempts("8"), new("keep", KnobKind.Number, "share of the attempts that votes, the shortest first", "0.5") { Minimum = 0.01, Maximum = 1 },
            CommonKnobs.Temperature("0.7"), CommonKnobs.Answer, VotingKnobs.TieBreak,
        ],
        values => new LengthFilteredVotingStrategy(values.Integer("n"), values.Number("keep")!.Value, values.Number("temperature")!.Value, VotingKnobs.Rules(values)))
    { Source = "after Wang et al., arXiv 2504.14047" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;
}
