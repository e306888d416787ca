namespace Vilfredo.Inference.Budgets;

/// <summary>A limit of a <see cref="Budget"/>.</summary>
public enum BudgetLimit
{
    /// <summary><see cref="Budget.Calls"/>.</summary>
    Calls,

    /// <summary><see cref="Budget.InputTokens"/>.</summary>
    InputTokens,

    /// <summary><see cref="Budget.OutputTokens"/>.</summary>
    OutputTokens,

    /// <summary><see cref="Budget.TotalTokens"/>.</summary>
    TotalTokens,

    /// <summary><see cref="Budget.Money"/>.</summary>
    Money,

    /// <summary><see cref="Budget.Time"/>.</summary>
    Time,
}
