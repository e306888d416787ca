using Vilfredo.Measurement.PoolBets.Bets;

namespace Vilfredo.Measurement.PoolBets.Prizes;

/// <summary>From columns and prizes to money.</summary>
public static class Payouts
{
    /// <summary>What a bet is paid in a round whose outcomes are known.</summary>
    /// <param name="coupon">The matches.</param>
    /// <param name="bet">The columns that were bought.</param>
    /// <param name="prizes">What they are paid.</param>
    /// <param name="outcomes">One outcome per match.</param>
    public static double Of(Coupon coupon, IPoolBet bet, IPrizeModel prizes, ReadOnlySpan<int> outcomes)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        ArgumentNullException.ThrowIfNull(bet);
        ArgumentNullException.ThrowIfNull(prizes);
        coupon.Check(outcomes, nameof(outcomes));
        return Of(bet, prizes.For(coupon), outcomes, new double[coupon.Count + 1], new double[coupon.Count + 1]);
    }

    /// <summary>The mean payout and its spread over outcomes drawn by the coupon's chances.</summary>
    /// <param name="coupon">The matches.</param>
    /// <param name="bet">The columns that are bought.</param>
    /// <param name="prizes">What they are paid.</param>
    /// <param name="samples">How many rounds are sampled, at least 2. Prizes are rare and large: take tens of thousands.</param>
    /// <param name="random">Draws the outcomes.</param>
    public static PayoutEstimate Estimate(Coupon coupon, IPoolBet bet, IPrizeModel prizes, int samples, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        ArgumentNullException.ThrowIfNull(bet);
        ArgumentNullException.ThrowIfNull(prizes);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 2);
        var prizesByHits = prizes.For(coupon);
        var outcomes = new int[coupon.Count];
        var (counts, amounts) = (new double[coupon.Count + 1], new double[coupon.Count + 1]);
        double mean = 0, squares = 0;
        for (var i = 1; i <= samples; i++)
        {
            coupon.Sample(random, outcomes);
            var payout = Of(bet, prizesByHits, outcomes, counts, amounts);
            var difference = payout - mean;
            mean += difference / i;
            squares += difference * (payout - mean);
        }

        return new PayoutEstimate(mean, Math.Sqrt(squares / (samples - 1)), samples);
    }

    private static double Of(IPoolBet bet, PrizesByHits prizes, ReadOnlySpan<int> outcomes, double[] counts, double[] amounts)
    {
        bet.CountByHits(outcomes, counts);
        prizes(outcomes, amounts);
        var payout = 0.0;
        for (var x = 0; x < counts.Length; x++) payout += counts[x] * amounts[x];
        return payout;
    }
}
