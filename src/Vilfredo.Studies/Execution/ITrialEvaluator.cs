namespace Vilfredo.Studies.Execution;

/// <summary>Measures trials: a function, a command, or anything else that gives values for objectives.</summary>
public interface ITrialEvaluator
{
    /// <summary>Measures a trial. May run for several trials at once.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="context">The study's definition, and how to report a result that comes after the time limit.</param>
    /// <param name="cancellation">Set when the user stops the study; the evaluation should end soon then.</param>
    /// <returns>The result. An exception fails the trial, with its message as the reason.</returns>
    ValueTask<TrialOutcome> EvaluateAsync(Trial trial, EvaluationContext context, CancellationToken cancellation);
}
