using Vilfredo.Measurement.PoolBets.Bets;
using Vilfredo.Measurement.PoolBets.Prizes;

namespace Vilfredo.Measurement.PoolBets;

/// <summary>Safety and expected profit against the money that is put in.</summary>
public static class PoolBetFrontier
{
    /// <summary>The best system of each budget, its fee and what it is paid. All budgets see the same sampled rounds.</summary>
    /// <param name="coupon">The matches.</param>
    /// <param name="minHits">The hits that the system shall reach.</param>
    /// <param name="budgets">The most columns to buy, each at least 1.</param>
    /// <param name="fees">What columns cost.</param>
    /// <param name="prizes">What they are paid.</param>
    /// <param name="samples">How many rounds are sampled, at least 2.</param>
    /// <param name="seed">Of the sampled rounds.</param>
    /// <param name="cancellation">Stops between budgets and within the search.</param>
    public static IReadOnlyList<PoolBetPoint> Evaluate(
        Coupon coupon, int minHits, IEnumerable<long> budgets, FeeSchedule fees, IPrizeModel prizes, int samples, ulong seed,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        ArgumentNullException.ThrowIfNull(fees);
        var points = new List<PoolBetPoint>();
        foreach (var budget in budgets)
        {
            var system = SystemOptimizer.Maximize(coupon, minHits, budget, cancellation);
            var payout = Payouts.Estimate(coupon, system, prizes, samples, new RandomGenerator(seed));
            var fee = fees.Fee(system.Columns);
            points.Add(new PoolBetPoint(
                budget, system, fee, system.BestColumn.Tail(minHits), payout.Mean - fee, payout.StandardDeviation, payout.StandardError));
        }

        return points;
    }

    /// <summary>The points as a frontier of fee (to minimise) against safety and expected profit (to maximise).</summary>
    /// <param name="points">Points of different systems or budgets.</param>
    /// <param name="currency">Of fee and profit.</param>
    public static Frontier ToFrontier(IEnumerable<PoolBetPoint> points, string currency = "EUR")
    {
        ArgumentNullException.ThrowIfNull(points);
        return new Frontier(
            [Objective.Minimize("fee", currency), Objective.Maximize("safety"), Objective.Maximize("expected profit", currency)],
            points.Select(point => new MeasuredPoint(
                ConfigurationKey.Of(("budget", point.Budget), ("system", string.Concat(point.System.Sizes))), [point.Fee, point.Safety, point.ExpectedProfit])));
    }
}
