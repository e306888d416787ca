using Microsoft.Extensions.AI;
using Vilfredo.Inference.Catalog;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>How a cascade goes up.</summary>
public sealed record CascadeOptions
{
    /// <summary>The tiers, the cheapest first; at least one.</summary>
    public required IReadOnlyList<StrategyPoint> Tiers { get; init; }

    /// <summary>Scores answers.</summary>
    public required IResponseAcceptor Acceptor { get; init; }

    /// <summary>The score from which on answers are accepted: one for all tiers, or one for each but the last; empty for the acceptor's own.</summary>
    public IReadOnlyList<double> Thresholds { get; init; } = [];

    /// <summary>Decides by the scores in place of thresholds; wants two tiers. Null for thresholds.</summary>
    public CascadePolicy? Policy { get; init; }

    /// <summary>Whether the last tier's answer is scored too, and the best-scored of all answers taken when it is not accepted; otherwise the last tier's answer is taken as it is.</summary>
    public bool ChecksLast { get; init; }

    /// <summary>Finds the models that tiers name; null where they name none.</summary>
    public Func<string, IChatClient>? Models { get; init; }
}
