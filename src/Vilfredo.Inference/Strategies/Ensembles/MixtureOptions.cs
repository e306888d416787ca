using Microsoft.Extensions.AI;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Ensembles;

/// <summary>How a mixture of agents is made up.</summary>
public sealed record MixtureOptions
{
    /// <summary>The models that propose, in turn; the strategy's own when empty.</summary>
    public IReadOnlyList<IChatClient> Proposers { get; init; } = [];

    /// <summary>The proposals of a layer; null means one of each proposer, or 3 where none is named. At least 1.</summary>
    public int? Proposals { get; init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Proposals), value, "A layer has at least one proposal."); }

    /// <summary>The layers of proposals, at least 0. From the second on, proposers see the proposals of the layer before; without layers the aggregator answers alone.</summary>
    public int Layers { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Layers), value, "There are at least 0 layers."); } = 1;

    /// <summary>The model that makes the answer of the last layer; the strategy's own when null.</summary>
    public IChatClient? Aggregator { get; init; }

    /// <summary>How a critique of the last layer is asked for, which the aggregator reads too; null for none.</summary>
    public StageSettings? Critic { get; init; }

    /// <summary>The temperature of proposals where the caller sets none, at least 0.</summary>
    public double Temperature { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "A temperature is at least 0."); } = 0.7;

    /// <summary>What is asked.</summary>
    public EnsemblePrompts Prompts { get; init; } = new();

    internal int Width => Proposals ?? (Proposers.Count > 0 ? Proposers.Count : 3);
}
