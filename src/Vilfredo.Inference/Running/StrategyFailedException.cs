namespace Vilfredo.Inference.Running;

/// <summary>A strategy has nothing to answer with.</summary>
/// <param name="message">What was tried and what came of it.</param>
/// <param name="isOutOfBudget">Whether a budget was the reason, or one of them.</param>
/// <param name="inner">The last failure.</param>
public sealed class StrategyFailedException(string message, bool isOutOfBudget = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether a budget was the reason, or one of them.</summary>
    public bool IsOutOfBudget { get; } = isOutOfBudget;
}
