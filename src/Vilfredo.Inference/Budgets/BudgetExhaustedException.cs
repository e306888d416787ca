namespace Vilfredo.Inference.Budgets;

/// <summary>A call would have gone over a budget, so it was not made.</summary>
/// <param name="limit">The limit.</param>
/// <param name="message">What was asked for and what is left.</param>
public sealed class BudgetExhaustedException(BudgetLimit limit, string message) : Exception(message)
{
    /// <summary>The limit.</summary>
    public BudgetLimit Limit { get; } = limit;
}
