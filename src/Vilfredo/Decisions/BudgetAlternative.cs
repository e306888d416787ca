namespace Vilfredo.Decisions;

/// <summary>A better point that a larger budget would buy.</summary>
/// <param name="Index">The row of the point.</param>
/// <param name="Value">Its value of the objective that was to be best.</param>
/// <param name="Excess">By how much it exceeds the limit of each objective; 0 where it is within: the price of this point.</param>
public sealed record BudgetAlternative(int Index, double Value, IReadOnlyList<double> Excess);
