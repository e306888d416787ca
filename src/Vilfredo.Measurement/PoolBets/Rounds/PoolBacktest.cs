using Vilfredo.Measurement.PoolBets.Bets;
using Vilfredo.Measurement.PoolBets.Prizes;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.PoolBets.Rounds;

/// <summary>Holds ways to bet, and the chances they rest on, against rounds that were played.</summary>
public static class PoolBacktest
{
    // Below this many expected rounds in a class the statistic is not chi-squared.
    private const double LeastExpected = 5;

    /// <summary>Bets on every round as if it were still to come.</summary>
    /// <param name="rounds">At least one round.</param>
    /// <param name="strategy">What to buy, knowing the coupon alone.</param>
    /// <param name="prizes">What columns are paid.</param>
    /// <param name="fees">What columns cost.</param>
    /// <param name="random">Draws the resamples of the interval.</param>
    /// <param name="options">Of the interval; <see langword="null"/> for the defaults.</param>
    public static BacktestReport Run(
        IReadOnlyList<PoolRound> rounds, Func<Coupon, IPoolBet> strategy, IPrizeModel prizes, FeeSchedule fees, RandomGenerator random,
        BootstrapOptions? options = null)
    {
        Check(rounds);
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(fees);
        var results = new List<RoundResult>();
        foreach (var round in rounds)
        {
            var bet = strategy(round.Coupon);
            var payout = Payouts.Of(round.Coupon, bet, prizes, round.OutcomeSpan);
            var counts = new double[round.Coupon.Count + 1];
            bet.CountByHits(round.OutcomeSpan, counts);
            results.Add(new RoundResult(round.Start, bet.Columns, fees.Fee(bet.Columns), payout, Array.FindLastIndex(counts, count => count > 0)));
        }

        return new BacktestReport(
            results, Bootstrap.OneSample([.. results.Select(result => result.Profit)], Descriptive.Mean, random, options));
    }

    /// <summary>Compares the favourites' hits with their chances.</summary>
    /// <param name="rounds">At least one round, all of as many matches.</param>
    /// <param name="random">Draws the resamples of the interval.</param>
    /// <param name="options">Of the interval; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">There is no round, or they have different numbers of matches.</exception>
    public static CalibrationReport Calibration(IReadOnlyList<PoolRound> rounds, RandomGenerator random, BootstrapOptions? options = null)
    {
        Check(rounds);
        var matches = rounds[0].Coupon.Count;
        var histogram = new int[matches + 1];
        var expected = new double[matches + 1];
        var differences = new double[rounds.Count];
        double sum = 0, expectedSum = 0;
        for (var i = 0; i < rounds.Count; i++)
        {
            var round = rounds[i];
            if (round.Coupon.Count != matches)
                throw new ArgumentException($"Rounds of {matches} and of {round.Coupon.Count} matches cannot be compared; pass rounds of one size.", nameof(rounds));
            var column = round.Coupon.FavouriteColumn();
            var hits = Coupon.Hits(column, round.OutcomeSpan);
            var distribution = round.Coupon.HitsOf(column);
            histogram[hits]++;
            for (var x = 0; x <= matches; x++) expected[x] += distribution.Probability(x);
            differences[i] = hits - distribution.Mean;
            (sum, expectedSum) = (sum + hits, expectedSum + distribution.Mean);
        }

        var (statistic, freedom) = ChiSquared(histogram, expected);
        return new CalibrationReport(
            rounds.Count, Bootstrap.OneSample(differences, Descriptive.Mean, random, options), sum / rounds.Count, expectedSum / rounds.Count,
            histogram, expected, statistic, freedom, freedom > 0 ? SpecialFunctions.ChiSquaredSurvival(statistic, freedom) : 1);
    }

    // Neighbouring numbers of hits are put together from below until a class expects enough; what is left joins the last class.
    private static (double Statistic, int DegreesOfFreedom) ChiSquared(int[] observed, double[] expected)
    {
        var classes = new List<(double Observed, double Expected)>();
        double o = 0, e = 0;
        for (var x = 0; x < observed.Length; x++)
        {
            (o, e) = (o + observed[x], e + expected[x]);
            if (e < LeastExpected) continue;
            classes.Add((o, e));
            (o, e) = (0, 0);
        }

        if (classes.Count == 0) return (0, 0);
        classes[^1] = (classes[^1].Observed + o, classes[^1].Expected + e);
        return classes.Count < 2 ? (0, 0) : (classes.Sum(c => (c.Observed - c.Expected) * (c.Observed - c.Expected) / c.Expected), classes.Count - 1);
    }

    private static void Check(IReadOnlyList<PoolRound> rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        if (rounds.Count == 0) throw new ArgumentException("There are no rounds; pass at least one.", nameof(rounds));
    }
}
