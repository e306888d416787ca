namespace Vilfredo.Inference.Serving;

/// <summary>A measured way to answer: a model, a strategy with the values of its knobs, and what an answer was worth and cost.</summary>
public sealed record ServingPoint
{
    /// <summary>Its name, unique in its frontier; a request may ask for it.</summary>
    public required string Name { get; init; }

    /// <summary>The model, by its name in the frontier's list.</summary>
    public required string Model { get; init; }

    /// <summary>The strategy, by its name in the catalog.</summary>
    public required string Strategy { get; init; }

    /// <summary>The knobs that were set, as written; the others have their defaults.</summary>
    public IReadOnlyDictionary<string, string> Knobs { get; init; } = new Dictionary<string, string>();

    /// <summary>What one answer could cost at most when it was measured, which holds when it is served too; null for no limit.</summary>
    public Budgets.Budget? Budget { get; init; }

    /// <summary>The share of problems solved, in [0, 1].</summary>
    public required MeasuredValue Quality { get; init; }

    /// <summary>Money for an answer, in the frontier's currency; null when a price was not known.</summary>
    public MeasuredValue? Cost { get; init; }

    /// <summary>Seconds for an answer, wall time as measured.</summary>
    public required MeasuredValue Latency { get; init; }

    /// <summary>The 95th percentile of the seconds for an answer.</summary>
    public required double LatencyP95 { get; init; }

    /// <summary>Input and output tokens for an answer.</summary>
    public required MeasuredValue Tokens { get; init; }

    /// <summary>Joules for an answer; null when energy was not estimated.</summary>
    public MeasuredValue? Energy { get; init; }

    /// <summary>The answers behind these values.</summary>
    public required int Answers { get; init; }

    /// <summary>Whether no other measured point is at least as good in quality and cost and better in one.</summary>
    public required bool IsOnFrontier { get; init; }
}
