using Vilfredo.Measurement.PoolBets.Bets;

namespace Vilfredo.Measurement.PoolBets.Prizes;

/// <summary>
/// The same prize every week, such as the mean of past ones. Weeks in which likely columns win have many winners and small prizes,
/// so that a mean prize overstates what a likely column earns; see <see cref="PariMutuelPrizes"/>.
/// </summary>
public sealed class FixedPrizes : IPrizeModel
{
    private readonly Dictionary<int, double> byHits = [];

    /// <summary>The mean weekly prizes in EUR of 1.5 years that Stömmer (arXiv 2303.16648) uses: 49, 434, 6,449 and 107,813 for 10 to 13 hits.</summary>
    public static FixedPrizes Toto { get; } = new((10, 49), (11, 434), (12, 6449), (13, 107_813));

    /// <summary>Creates the prizes.</summary>
    /// <param name="tiers">Hits and prize of each tier; every other number of hits wins nothing.</param>
    /// <exception cref="ArgumentException">A prize is negative or not finite, or a tier is given twice.</exception>
    public FixedPrizes(params ReadOnlySpan<(int Hits, double Prize)> tiers)
    {
        foreach (var (hits, prize) in tiers)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(hits, nameof(tiers));
            if (!(prize >= 0 && double.IsFinite(prize))) throw new ArgumentException($"The prize {prize} of {hits} hits is not a finite number of at least 0.", nameof(tiers));
            if (!byHits.TryAdd(hits, prize)) throw new ArgumentException($"The tier of {hits} hits is given twice.", nameof(tiers));
        }
    }

    /// <summary>The prize of a number of hits; 0 when it is no tier.</summary>
    public double this[int hits] => byHits.GetValueOrDefault(hits);

    /// <inheritdoc/>
    public PrizesByHits For(Coupon coupon)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        return (outcomes, prizes) =>
        {
            for (var x = 0; x <= outcomes.Length; x++) prizes[x] = this[x];
        };
    }

    /// <summary>
    /// The profit as the paper's tables have it (equation 16): the prize of the tier aimed at minus the fee. It is what is won when the
    /// tier is reached, not an expectation: the chance to reach it does not enter, and lower tiers pay nothing.
    /// </summary>
    /// <param name="minHits">The tier.</param>
    /// <param name="columns">How many columns are bought.</param>
    /// <param name="fees">What they cost.</param>
    public double PaperProfit(int minHits, long columns, FeeSchedule fees)
    {
        ArgumentNullException.ThrowIfNull(fees);
        return this[minHits] - fees.Fee(columns);
    }

    /// <summary>The exact mean payout of a system.</summary>
    public double ExpectedPayout(SystemBet system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.ExpectedColumnsByHits().Select((count, x) => count * this[x]).Sum();
    }
}
