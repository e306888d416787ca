using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Recording;

namespace Vilfredo.Inference.Evaluation.Running;

/// <summary>The answers of a point.</summary>
/// <param name="Point">The point.</param>
/// <param name="Answers">For each problem, in the order in which they are worked on, its repeats; without those that are missing.</param>
public sealed record MeasuredAnswers(EvaluatedPoint Point, IReadOnlyList<IReadOnlyList<AnswerRecord>> Answers)
{
    /// <summary>The number of problems, from the first on, of which all repeats are there.</summary>
    public int CompleteProblems(int repeats) => Answers.TakeWhile(problem => problem.Count == repeats).Count();

    /// <summary>The problems after which the point was given up, because others are almost surely better; null when it was not.</summary>
    public int? GivenUpAfter { get; init; }

    /// <summary>The probability to be dominated with which it was given up.</summary>
    public double? GivenUpWith { get; init; }
}
