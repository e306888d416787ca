namespace Vilfredo.Inference.Budgets;

/// <summary>What has been spent of a budget, or is held for calls under way.</summary>
/// <param name="Calls">Calls of models.</param>
/// <param name="InputTokens">Input tokens.</param>
/// <param name="OutputTokens">Output tokens.</param>
/// <param name="Amount">Money, in the currency of the prices.</param>
public readonly record struct BudgetSpending(int Calls, long InputTokens, long OutputTokens, double Amount)
{
    /// <summary>Both together.</summary>
    public static BudgetSpending operator +(BudgetSpending a, BudgetSpending b) =>
        new(a.Calls + b.Calls, a.InputTokens + b.InputTokens, a.OutputTokens + b.OutputTokens, a.Amount + b.Amount);

    /// <summary>The first without the second.</summary>
    public static BudgetSpending operator -(BudgetSpending a, BudgetSpending b) =>
        new(a.Calls - b.Calls, a.InputTokens - b.InputTokens, a.OutputTokens - b.OutputTokens, a.Amount - b.Amount);
}
