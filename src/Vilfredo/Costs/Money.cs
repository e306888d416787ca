using System.Text.Json.Serialization;

namespace Vilfredo;

/// <summary>An amount of money in one currency.</summary>
public readonly record struct Money
{
    /// <summary>Creates an amount.</summary>
    /// <param name="amount">Finite and at least 0: costs are not negative.</param>
    /// <param name="currency">The currency's code, such as <c>USD</c>.</param>
    /// <exception cref="ArgumentException">The amount is negative or not finite, or the currency is empty.</exception>
    [JsonConstructor]
    public Money(double amount, string currency)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(currency);
        Amount = CostVector.Checked(amount, CostKind.Money);
        Currency = currency;
    }

    /// <summary>How much.</summary>
    [JsonPropertyName("amount")]
    public double Amount { get; }

    /// <summary>The currency's code.</summary>
    [JsonPropertyName("currency")]
    public string Currency { get => field ?? ""; }

    /// <summary>The sum of two amounts.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) => left.Add(right);

    /// <summary>The sum of two amounts.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public Money Add(Money other)
    {
        if (Currency != other.Currency)
        {
            throw new InvalidOperationException(
                $"{Currency} and {other.Currency} cannot be added; convert one amount first, at a rate that you choose.");
        }

        return new Money(Amount + other.Amount, Currency);
    }

    /// <summary>For example <c>0.0125 USD</c>.</summary>
    public override string ToString() => $"{CostUnit.Of(CostKind.Money).Format(Amount)} {Currency}".TrimEnd();
}
