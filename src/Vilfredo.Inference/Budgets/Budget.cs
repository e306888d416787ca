namespace Vilfredo.Inference.Budgets;

/// <summary>What answering may cost at most. A limit that is null does not hold anything.</summary>
public sealed record Budget
{
    /// <summary>No limits.</summary>
    public static readonly Budget Unlimited = new();

    /// <summary>The most calls of models, failed ones included. At least 1.</summary>
    public int? Calls { get; init => field = value is null or >= 1 ? value : throw Below(nameof(Calls), value, 1); }

    /// <summary>The most input tokens. At least 1.</summary>
    public long? InputTokens { get; init => field = value is null or >= 1 ? value : throw Below(nameof(InputTokens), value, 1); }

    /// <summary>The most output tokens. At least 1.</summary>
    public long? OutputTokens { get; init => field = value is null or >= 1 ? value : throw Below(nameof(OutputTokens), value, 1); }

    /// <summary>The most input and output tokens together. At least 1.</summary>
    public long? TotalTokens { get; init => field = value is null or >= 1 ? value : throw Below(nameof(TotalTokens), value, 1); }

    /// <summary>The most money, in the currency of the price table. At least 0.</summary>
    public Money? Money { get; init => field = value is null or { Amount: >= 0 } ? value : throw Below(nameof(Money), value, 0); }

    /// <summary>The longest time from the first call on. Positive.</summary>
    public TimeSpan? Time { get; init => field = value is null || value > TimeSpan.Zero ? value : throw Below(nameof(Time), value, "a positive time"); }

    /// <summary>The limits of both: the tighter one of each kind.</summary>
    /// <exception cref="InvalidOperationException">Both limit money, in different currencies.</exception>
    public Budget And(Budget? other)
    {
        if (other is null || other == Unlimited)
            return this;
        if (Money is { } own && other.Money is { } others && own.Currency != others.Currency)
            throw new InvalidOperationException($"A budget in {own.Currency} and one in {others.Currency} cannot be compared; give both in one currency.");
        return new()
        {
            Calls = Least(Calls, other.Calls),
            InputTokens = Least(InputTokens, other.InputTokens),
            OutputTokens = Least(OutputTokens, other.OutputTokens),
            TotalTokens = Least(TotalTokens, other.TotalTokens),
            Money = Money is { } a && other.Money is { } b ? (a.Amount <= b.Amount ? a : b) : Money ?? other.Money,
            Time = Least(Time, other.Time),
        };
    }

    private static T? Least<T>(T? a, T? b)
        where T : struct, IComparable<T> => a is { } x && b is { } y ? (x.CompareTo(y) <= 0 ? x : y) : a ?? b;

    private static ArgumentOutOfRangeException Below(string name, object? value, object least) =>
        new(name, value, $"A budget's {name} is at least {least}; leave it out for no limit.");
}
