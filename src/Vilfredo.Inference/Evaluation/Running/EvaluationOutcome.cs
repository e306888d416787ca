using Vilfredo.Inference.Evaluation.Recording;

namespace Vilfredo.Inference.Evaluation.Running;

/// <summary>What a run of an evaluation gave.</summary>
public sealed record EvaluationOutcome
{
    /// <summary>The points with their answers.</summary>
    public required IReadOnlyList<MeasuredAnswers> Points { get; init; }

    /// <summary>Why it ended.</summary>
    public required EvaluationEnd End { get; init; }

    /// <summary>Answers that failed.</summary>
    public IReadOnlyList<FailedAnswer> Failures { get; init; } = [];

    /// <summary>Answers that were there before the run.</summary>
    public int RecordedAnswers { get; init; }

    /// <summary>Calls that were not made because the same call had been made before.</summary>
    public int ReplayedCalls { get; init; }

    /// <summary>What the run spent.</summary>
    public RecordedSpending Spent { get; init; }

    /// <summary>What all runs of the evaluation have spent.</summary>
    public RecordedSpending SpentInAll { get; init; }

    /// <summary>What each model did in all runs.</summary>
    public IReadOnlyDictionary<string, ModelWork> Work { get; init; } = new Dictionary<string, ModelWork>();

    /// <summary>Answers that were not asked for because their points had been given up.</summary>
    public int SavedAnswers { get; init; }

    /// <summary>The calls that these would have taken, at the mean of their point.</summary>
    public double SavedCalls { get; init; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Elapsed { get; init; }
}
