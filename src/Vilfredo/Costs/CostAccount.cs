namespace Vilfredo;

/// <summary>One running total of a <see cref="CostMeter"/>, which guards it with its lock.</summary>
internal sealed class CostAccount
{
    // NaN is "not measured".
    private readonly double[] values = new double[CostUnit.All.Count];
    private string? currency;
    private int open;
    private long started;

    public CostAccount() => Array.Fill(values, double.NaN);

    public void Add(CostVector cost)
    {
        if (cost.Money is { } money)
        {
            if (currency is not null && currency != money.Currency)
            {
                throw new InvalidOperationException(
                    $"The meter counts money in {currency}; a report in {money.Currency} must be converted first, at a rate that you choose.");
            }

            currency = money.Currency;
        }

        foreach (var unit in CostUnit.All)
            if (cost[unit.Kind] is { } amount) Add(unit.Kind, amount);
    }

    public void Add(CostKind kind, double amount)
    {
        ref var value = ref values[(int)kind];
        value = double.IsNaN(value) ? amount : CostUnit.Of(kind).Combine(value, amount);
    }

    // The clock runs while at least one phase is open.
    public void Start(long now)
    {
        if (open++ == 0) started = now;
    }

    public void Stop(TimeProvider time, long now)
    {
        if (--open == 0) Add(CostKind.WallTime, time.GetElapsedTime(started, now).TotalSeconds);
    }

    public CostVector Read(TimeProvider time, long now)
    {
        double? Value(CostKind kind) => double.IsNaN(values[(int)kind]) ? null : values[(int)kind];
        var money = Value(CostKind.Money) is { } amount ? new Money(amount, currency!) : (Money?)null;
        var cost = CostVector.FromValues(Value, money);
        return open == 0 ? cost : cost.AddKnown(CostVector.Of(CostKind.WallTime, time.GetElapsedTime(started, now).TotalSeconds));
    }
}
