namespace Vilfredo.Measurement.PoolBets;

/// <summary>What columns cost: a price for each, and one for each voucher that holds up to so many of them.</summary>
public sealed record FeeSchedule
{
    /// <summary>The fees of the German 13-match pool as Stömmer (arXiv 2303.16648) gives them: 0.50 EUR per column and per voucher of 12.</summary>
    public static FeeSchedule Toto { get; } = new(0.5, 0.5, 12);

    /// <summary>Creates a schedule.</summary>
    /// <param name="perColumn">Price of a column, at least 0.</param>
    /// <param name="perVoucher">Price of a voucher, at least 0.</param>
    /// <param name="columnsPerVoucher">How many columns a voucher holds, at least 1.</param>
    /// <param name="currency">The currency of both.</param>
    /// <exception cref="ArgumentException">A price is negative or not finite, or a voucher holds nothing.</exception>
    public FeeSchedule(double perColumn, double perVoucher, int columnsPerVoucher, string currency = "EUR")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(currency);
        if (!(perColumn >= 0 && double.IsFinite(perColumn)))
            throw new ArgumentOutOfRangeException(nameof(perColumn), perColumn, "A column's price is finite and at least 0.");
        if (!(perVoucher >= 0 && double.IsFinite(perVoucher)))
            throw new ArgumentOutOfRangeException(nameof(perVoucher), perVoucher, "A voucher's price is finite and at least 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(columnsPerVoucher, 1);
        (PerColumn, PerVoucher, ColumnsPerVoucher, Currency) = (perColumn, perVoucher, columnsPerVoucher, currency);
    }

    /// <summary>Price of a column.</summary>
    public double PerColumn { get; }

    /// <summary>Price of a voucher.</summary>
    public double PerVoucher { get; }

    /// <summary>How many columns a voucher holds.</summary>
    public int ColumnsPerVoucher { get; }

    /// <summary>The currency of the prices.</summary>
    public string Currency { get; }

    /// <summary>The cheapest a column can be, on a full voucher.</summary>
    public double LeastPerColumn => PerColumn + PerVoucher / ColumnsPerVoucher;

    /// <summary>The fee of so many columns on as few vouchers as hold them.</summary>
    /// <param name="columns">At least 0.</param>
    public double Fee(long columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        return PerColumn * columns + PerVoucher * ((columns + ColumnsPerVoucher - 1) / ColumnsPerVoucher);
    }
}
