namespace Vilfredo.Decisions;

/// <summary>What a budget buys.</summary>
/// <param name="Index">The row of the chosen point; <see langword="null"/> when no point is within the budget.</param>
/// <param name="Value">Its value of the objective that was to be best; +Infinity when no point is within the budget.</param>
/// <param name="Next">
/// The nearest point beyond the budget that has a better value, or, when no point is within the budget, the nearest at all;
/// <see langword="null"/> when nothing beyond the budget is better.
/// </param>
public sealed record BudgetDecision(int? Index, double Value, BudgetAlternative? Next);
