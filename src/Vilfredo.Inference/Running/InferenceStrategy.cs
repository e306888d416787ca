namespace Vilfredo.Inference.Running;

/// <summary>A way to get an answer from models with more than one call. Stateless: everything of one answer is in its <see cref="StrategyRun"/>, so one object serves many answers at once.</summary>
public abstract class InferenceStrategy
{
    /// <summary>Its name in files and accounts, such as <c>majority_voting</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The calls that it takes.</summary>
    public abstract CallPlan Plan { get; }

    /// <summary>Answers.</summary>
    /// <param name="run">The question, the model, and the way to call it.</param>
    /// <param name="cancellation">Ends all calls.</param>
    /// <exception cref="StrategyFailedException">There is no answer at all: every call failed, or the budget allowed none.</exception>
    public abstract Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation);
}
