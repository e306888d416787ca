using Microsoft.Extensions.AI;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>Settings of chains of revisions.</summary>
public sealed record SequentialRevisionOptions
{
    /// <summary>R, the revisions of each chain, at least 0; 0 leaves the first answers.</summary>
    public int Revisions { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Revisions), value, "A chain has at least 0 revisions."); } = 2;

    /// <summary>N, the independent chains, at least 1; with several, a vote over their ends decides.</summary>
    public int Chains { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Chains), value, "There is at least one chain."); } = 1;

    /// <summary>What a revision sees.</summary>
    public RevisionHistory History { get; init; }

    /// <summary>When a chain ends.</summary>
    public RevisionStop Stop { get; init; }

    /// <summary>Whether the vote is over all versions of all chains, in place of their last ones.</summary>
    public bool VotesOverVersions { get; init; }

    /// <summary>The temperature where the caller sets none, at least 0; null leaves the model's own.</summary>
    public double? Temperature { get; init => field = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "A temperature is at least 0."); }

    /// <summary>The model that revises; the strategy's when null.</summary>
    public IChatClient? ReviseClient { get; init; }

    /// <summary>How votes are taken, and how answers are found for <see cref="RevisionStop.SameAnswerTwice"/>.</summary>
    public VoteRules Rules { get; init; } = new();

    /// <summary>What is asked.</summary>
    public RefinementPrompts Prompts { get; init; } = new();
}
