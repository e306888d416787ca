using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Bets;

namespace Vilfredo.Cli.Commands.PoolBets;

/// <summary>The chance of real columns to reach a number of hits at least once, by the ways to choose them that the commands know.</summary>
/// <param name="System">Of the best system of at most so many columns (exact).</param>
/// <param name="Columns">Of columns chosen one by one: the likeliest for all hits (exact), else columns far apart (sampled).</param>
internal sealed record ReachedCoverage(double System, double Columns)
{
    // Choosing more columns than the one, or rating more than the other, takes longer than a second.
    private const long MostChosen = 2_000;
    private const long MostDrawn = 50_000;
    private const int ChoosingSamples = 2_000;
    private const int RatingSamples = 10_000;

    /// <summary>The better of the two.</summary>
    public double Best => Math.Max(System, Columns);

    /// <summary>Chooses and rates the columns.</summary>
    public static ReachedCoverage Of(Coupon coupon, int minHits, long columns, ulong seed, CancellationToken cancellation = default)
    {
        var system = SystemOptimizer.Maximize(coupon, minHits, columns, cancellation).BestColumn.Tail(minHits);
        if (minHits == coupon.Count) return new ReachedCoverage(system, BestColumns.TrueCoverage(coupon, columns));
        var spread = Math.Max(1, (int)Math.Min(Math.Min(columns, MostDrawn), coupon.Combinations / 2));
        var chosen = spread <= MostChosen
            ? SpreadColumns.Greedy(coupon, minHits, spread, ChoosingSamples, new RandomGenerator(seed))
            : SpreadColumns.Draw(coupon, spread, new RandomGenerator(seed));
        return new ReachedCoverage(system, Coverage.Estimate(coupon, chosen, minHits, RatingSamples, new RandomGenerator(seed, 1)));
    }
}
