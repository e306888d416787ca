using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Routing.Rules;

namespace Vilfredo.Inference.Routing.Files;

/// <summary>A candidate of a router, with what it was worth and cost on the training prompts.</summary>
public sealed record RouterCandidate
{
    /// <summary>How it answers.</summary>
    public required StrategyPoint Point { get; init; }

    /// <summary>Its mean quality, in [0, 1].</summary>
    public required double Quality { get; init; }

    /// <summary>Its mean cost for an answer.</summary>
    public required double Cost { get; init; }

    /// <summary>Its mean seconds for an answer.</summary>
    public required double Seconds { get; init; }

    /// <summary>What rules are given of it.</summary>
    public CandidateMeasure Measure => new(Point.Name, Quality, Cost, Seconds);
}
