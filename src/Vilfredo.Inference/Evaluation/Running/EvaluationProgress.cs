namespace Vilfredo.Inference.Evaluation.Running;

/// <summary>How far an evaluation is.</summary>
public sealed record EvaluationProgress
{
    /// <summary>Answers that are there, those of earlier runs included.</summary>
    public required int Answers { get; init; }

    /// <summary>Those of them that were recorded before this run.</summary>
    public required int Recorded { get; init; }

    /// <summary>Answers that there will be at most.</summary>
    public required int Planned { get; init; }

    /// <summary>Answers that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Right answers among those that are there.</summary>
    public int Correct { get; init; }

    /// <summary>Points that are still measured.</summary>
    public int Points { get; init; }

    /// <summary>Points that were given up.</summary>
    public int GivenUp { get; init; }

    /// <summary>Since the run began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Calls of this run.</summary>
    public int Calls { get; init; }

    /// <summary>Input and output tokens of this run.</summary>
    public long Tokens { get; init; }

    /// <summary>Money of this run; null where no price is known.</summary>
    public Money? Spent { get; init; }
}
