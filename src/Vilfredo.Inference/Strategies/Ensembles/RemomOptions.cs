using Microsoft.Extensions.AI;
using Vilfredo.Inference.Prompts;

namespace Vilfredo.Inference.Strategies.Ensembles;

/// <summary>How rounds of parallel answers are laid out.</summary>
public sealed record RemomOptions
{
    /// <summary>The calls of each round before the last one, which is a single call; each at least 1, and at least one round.</summary>
    public IReadOnlyList<int> Breadth { get; init => field = value.Count > 0 && value.All(count => count >= 1) ? value : throw new ArgumentException("The schedule names at least one round, each of at least 1 call.", nameof(Breadth)); } = [8, 4];

    /// <summary>The models; the strategy's own when empty.</summary>
    public IReadOnlyList<IChatClient> Models { get; init; } = [];

    /// <summary>How calls are shared out among the models.</summary>
    public ModelDistribution Distribution { get; init; }

    /// <summary>The weight of each model for <see cref="ModelDistribution.Weighted"/>, each at least 1; as many as models.</summary>
    public IReadOnlyList<int> Weights { get; init; } = [];

    /// <summary>The last tokens of an answer that the next round sees; null for all of it. At least 1.</summary>
    public int? KeptTokens { get; init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(KeptTokens), value, "At least 1 token of an answer is kept."); }

    /// <summary>The share of a round's calls with which the round is over, in (0, 1]; the others are cancelled, and counted as far as they came.</summary>
    public double Quorum { get; init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Quorum), value, "The quorum is above 0 and at most 1."); } = 1;

    /// <summary>Whether the next round sees the reasoning that models give beside their answers too.</summary>
    public bool IncludesReasoning { get; init; }

    /// <summary>The temperature where the caller sets none, at least 0.</summary>
    public double Temperature { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "A temperature is at least 0."); } = 1;

    /// <summary>What is asked.</summary>
    public EnsemblePrompts Prompts { get; init; } = new();
}
