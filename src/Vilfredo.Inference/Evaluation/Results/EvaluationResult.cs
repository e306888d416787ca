using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Running;

namespace Vilfredo.Inference.Evaluation.Results;

/// <summary>What an evaluation has found.</summary>
public sealed record EvaluationResult
{
    /// <summary>What was measured.</summary>
    public required EvaluationDefinition Definition { get; init; }

    /// <summary>The run.</summary>
    public required EvaluationOutcome Outcome { get; init; }

    /// <summary>The points of which at least two problems are complete, from the cheapest on.</summary>
    public required IReadOnlyList<PointResult> Points { get; init; }

    /// <summary>The point that others are compared with; null without points.</summary>
    public string? Baseline { get; init; }

    /// <summary>Each point of the frontier against the next cheaper one: whether the step up is real.</summary>
    public IReadOnlyList<PairedDifference> Steps { get; init; } = [];

    /// <summary>Where the next money is best spent, best first; empty when the frontier is settled.</summary>
    public IReadOnlyList<NextSpending> Next { get; init; } = [];

    /// <summary>The points on the frontier, from the cheapest on.</summary>
    public IEnumerable<PointResult> Frontier => Points.Where(point => point.IsOnFrontier);
}
