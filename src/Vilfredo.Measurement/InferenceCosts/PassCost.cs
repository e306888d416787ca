namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>
/// A cost of pass: the expected money for one solved problem. Infinite when the problem is never solved; such values print as
/// <c>never passed</c> and sort last.
/// </summary>
public readonly record struct PassCost : IComparable<PassCost>
{
    /// <summary>Creates a cost of pass.</summary>
    /// <param name="amount">At least 0; positive infinity for what never passes.</param>
    /// <param name="currency">The currency's code.</param>
    /// <exception cref="ArgumentException">The amount is negative or NaN, or the currency is empty.</exception>
    public PassCost(double amount, string currency)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(currency);
        if (double.IsNaN(amount) || amount < 0)
            throw new ArgumentException($"A cost of pass is at least 0, or infinite for what never passes; {amount} was given.", nameof(amount));
        (Amount, Currency) = (amount, currency);
    }

    /// <summary>The money per solved problem; positive infinity when it never passes.</summary>
    public double Amount { get; }

    /// <summary>The currency's code.</summary>
    public string Currency { get => field ?? ""; }

    /// <summary>Whether the success rate is zero.</summary>
    public bool NeverPasses => double.IsPositiveInfinity(Amount);

    /// <summary>The cost of what never passes.</summary>
    public static PassCost Never(string currency) => new(double.PositiveInfinity, currency);

    /// <summary>The smaller cost comes first, what never passes last.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(PassCost other) =>
        Currency == other.Currency
            ? Amount.CompareTo(other.Amount)
            : throw new InvalidOperationException(
                $"Costs of pass in {Currency} and in {other.Currency} cannot be compared; convert one, at a rate that you choose.");

    /// <summary>Whether the left costs less.</summary>
    public static bool operator <(PassCost left, PassCost right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left costs more.</summary>
    public static bool operator >(PassCost left, PassCost right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left costs at most as much.</summary>
    public static bool operator <=(PassCost left, PassCost right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left costs at least as much.</summary>
    public static bool operator >=(PassCost left, PassCost right) => left.CompareTo(right) >= 0;

    /// <summary>For example <c>0.98 USD</c>, or <c>never passed</c>.</summary>
    public override string ToString() =>
        NeverPasses ? "never passed" : FormattableString.Invariant($"{Amount:G6} {Currency}");
}
