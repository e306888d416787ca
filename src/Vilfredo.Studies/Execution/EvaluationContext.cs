namespace Vilfredo.Studies.Execution;

/// <summary>What an evaluator may need beside the trial.</summary>
/// <param name="Definition">The study's definition at the time when the trial was given out.</param>
/// <param name="Clock">The study's clock.</param>
/// <param name="TellLate">Takes a result that arrives after the evaluator has answered "timed out".</param>
public sealed record EvaluationContext(StudyDefinition Definition, TimeProvider Clock, Action<TrialOutcome> TellLate);
