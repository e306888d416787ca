namespace Vilfredo.Measurement.PoolBets.Prizes;

/// <summary>
/// Prizes as pools pay them: a share of the stakes for each tier, divided among its winners. How many those are depends on what the
/// others bet, modelled as a crowd that chooses each outcome with a chance in proportion to q^γ.
/// </summary>
/// <remarks>
/// The defaults are assumptions, not data: 400,000 columns of 0.50, half of the stakes paid out, four equal shares, nothing carried
/// over. Given the outcomes, the crowd's mean number of winners of a tier is the number of columns times a Poisson-binomial
/// probability; that mean (at least 1) divides the tier's money. The own columns are not added to the crowd's.
/// </remarks>
public sealed record PariMutuelPrizes : IPrizeModel
{
    /// <summary>The crowd's exponent γ: 0 bets uniformly, 1 as the odds, above 1 prefers favourites. At least 0.</summary>
    public double CrowdExponent
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(CrowdExponent), value, "The crowd's exponent is finite and at least 0.");
    } = 1;

    /// <summary>How many columns the crowd buys, above 0.</summary>
    public double CrowdColumns
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(CrowdColumns), value, "The crowd buys a finite number of columns above 0.");
    } = 400_000;

    /// <summary>What a column pays into the pool, above 0.</summary>
    public double StakePerColumn
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(StakePerColumn), value, "A stake is finite and above 0.");
    } = 0.5;

    /// <summary>The part of the stakes that is paid out, in (0, 1].</summary>
    public double PayoutShare
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(PayoutShare), value, "The part that is paid out lies in (0, 1].");
    } = 0.5;

    /// <summary>Each tier's part of the payout by its number of hits; each at least 0, together at most 1.</summary>
    public IReadOnlyDictionary<int, double> TierShares
    {
        get;
        init => field = value is not null && value.Values.All(share => share >= 0) && value.Values.Sum() <= 1 + 1e-9
            ? value
            : throw new ArgumentOutOfRangeException(nameof(TierShares), "The tiers' shares are at least 0 and sum to at most 1.");
    } = new Dictionary<int, double> { [10] = 0.25, [11] = 0.25, [12] = 0.25, [13] = 0.25 };

    /// <inheritdoc/>
    public PrizesByHits For(Coupon coupon)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        var crowd = coupon.Matches.Select(Crowd).ToArray();
        var hits = new double[coupon.Count];
        var winners = new double[coupon.Count + 1];
        var money = PayoutShare * CrowdColumns * StakePerColumn;
        return (outcomes, prizes) =>
        {
            for (var i = 0; i < hits.Length; i++) hits[i] = crowd[i][outcomes[i]];
            PoissonBinomial.Fill(hits, winners);
            for (var x = 0; x <= hits.Length; x++)
                prizes[x] = TierShares.TryGetValue(x, out var share) ? money * share / Math.Max(1, CrowdColumns * winners[x]) : 0;
        };
    }

    private double[] Crowd(OutcomeProbabilities match)
    {
        var weights = match.Values.Select(q => Math.Pow(q, CrowdExponent)).ToArray();
        var sum = weights.Sum();
        return Array.ConvertAll(weights, w => w / sum);
    }
}
