namespace Vilfredo.Measurement.PoolBets.Bets;

/// <summary>The chance that at least one of a set of literal columns reaches a number of hits.</summary>
public static class Coverage
{
    /// <summary>
    /// What no set of so many columns can exceed. A column has at least k hits in as many outcomes of the round as lie within m − k
    /// misses of it; n columns cover at most n times as many, at best the likeliest ones.
    /// </summary>
    /// <remarks>For k = m the bound is attained: it is <see cref="BestColumns.TrueCoverage"/>.</remarks>
    /// <param name="coupon">The matches.</param>
    /// <param name="minHits">k, in [0, m].</param>
    /// <param name="columns">n, at least 0.</param>
    public static double UpperBound(Coupon coupon, int minHits, long columns)
    {
        Check(coupon, minHits);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        var covered = columns * OutcomesWithin(coupon, coupon.Count - minHits);
        return covered >= coupon.Combinations ? 1 : BestColumns.TrueCoverage(coupon, (long)covered);
    }

    /// <summary>The coverage of given columns, estimated from sampled rounds.</summary>
    /// <param name="coupon">The matches.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="minHits">k, in [0, m].</param>
    /// <param name="samples">How many rounds are sampled, at least 1; the standard error is at most 1 / (2 √samples).</param>
    /// <param name="random">Draws the outcomes.</param>
    public static double Estimate(Coupon coupon, IEnumerable<int[]> columns, int minHits, int samples, RandomGenerator random)
    {
        Check(coupon, minHits);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var counter = new HitCounter(coupon);
        var encoded = columns.Select(column =>
        {
            coupon.Check(column, nameof(columns));
            return counter.Encode(column);
        }).ToArray();
        var outcomes = new int[coupon.Count];
        var covered = 0;
        for (var i = 0; i < samples; i++)
        {
            coupon.Sample(random, outcomes);
            var outcome = counter.Encode(outcomes);
            foreach (var column in encoded)
            {
                if (HitCounter.Hits(column, outcome) < minHits) continue;
                covered++;
                break;
            }
        }

        return (double)covered / samples;
    }

    /// <summary>In how many outcomes of the round a column misses at most so many matches; the same for every column.</summary>
    internal static double OutcomesWithin(Coupon coupon, int misses)
    {
        var counts = new double[coupon.Count + 1];
        counts[0] = 1;
        for (var i = 0; i < coupon.Count; i++)
            for (var k = i + 1; k > 0; k--) counts[k] += counts[k - 1] * (coupon.Matches[i].Count - 1);
        return counts.Take(misses + 1).Sum();
    }

    internal static void Check(Coupon coupon, int minHits)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        if (minHits < 0 || minHits > coupon.Count)
            throw new ArgumentOutOfRangeException(nameof(minHits), minHits, $"A column of {coupon.Count} matches has between 0 and {coupon.Count} hits.");
    }
}
