using Vilfredo.Inference.Evaluation.Definition;

namespace Vilfredo.Inference.Evaluation.Results;

/// <summary>What the answers of a point were worth and cost.</summary>
public sealed record PointResult
{
    /// <summary>The point.</summary>
    public required EvaluatedPoint Point { get; init; }

    /// <summary>The problems that it has answered, all repeats of each.</summary>
    public required int Problems { get; init; }

    /// <summary>Its answers on these.</summary>
    public required int Answers { get; init; }

    /// <summary>Right ones among them.</summary>
    public required int Correct { get; init; }

    /// <summary>The share of right answers in each group of tasks.</summary>
    public IReadOnlyDictionary<string, double> Groups { get; init; } = new Dictionary<string, double>();

    /// <summary>Answers without a well-formed result.</summary>
    public int IllFormed { get; init; }

    /// <summary>Answers that a budget ended.</summary>
    public int OutOfBudget { get; init; }

    /// <summary>The share of right answers.</summary>
    public required Estimate Accuracy { get; init; }

    /// <summary>The quality that the evaluation asks for.</summary>
    public required Estimate Quality { get; init; }

    /// <summary>The costs that are known, for an answer.</summary>
    public required IReadOnlyDictionary<CostMeasure, Estimate> Costs { get; init; }

    /// <summary>The 95th percentile of the seconds for an answer.</summary>
    public double LatencyP95 { get; init; }

    /// <summary>The calls of an answer.</summary>
    public double Calls { get; init; }

    /// <summary>The money for a right answer; null where prices are not known.</summary>
    public Estimate? CostOfPass { get; init; }

    /// <summary>Whether no other point is at least as good in quality and in the frontier's cost and better in one.</summary>
    public bool IsOnFrontier { get; init; }

    /// <summary>The costs beside which it is on a frontier with its quality.</summary>
    public IReadOnlyList<CostMeasure> OnFrontiersOf { get; init; } = [];

    /// <summary>The probability that some other point dominates it, given the noise of the problems.</summary>
    public double DominatedProbability { get; init; }

    /// <summary>The point that most probably dominates it; null when none does in any resample.</summary>
    public string? DominatedBy { get; init; }

    /// <summary>How it differs from the baseline; null for the baseline.</summary>
    public PairedDifference? Difference { get; init; }

    /// <summary>The noise of tasks and model in its quality; null with a single repeat.</summary>
    public VarianceComponents? Variance { get; init; }

    /// <summary>The problems after which it was given up; null when it was not.</summary>
    public int? GivenUpAfter { get; init; }

    /// <summary>The mean confidence of its answers; null where the strategy has none.</summary>
    public double? Confidence { get; init; }

    /// <summary>Whether it is surely not on the frontier, at the level of the intervals.</summary>
    /// <param name="level">The level.</param>
    public bool IsCertainlyDominated(double level) => DominatedProbability >= level;
}
