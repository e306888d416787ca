namespace Vilfredo.Inference.Evaluation.Running;

/// <summary>An answer that failed, for another reason than its budget: it is not recorded, and tried again by the next run.</summary>
/// <param name="Point">The point.</param>
/// <param name="Problem">The problem.</param>
/// <param name="Message">What went wrong.</param>
public sealed record FailedAnswer(string Point, string Problem, string Message);
