namespace Vilfredo.Measurement.PoolBets;

/// <summary>
/// Drawing without replacement: an urn holds <c>total</c> items of which some are marked, and <c>drawn</c> of them are taken.
/// The same formula is "at least one of n columns wins" and pass@k, "at least one of k samples passes".
/// </summary>
/// <remarks>
/// Ratios of binomial coefficients are taken as sums of logarithms of quotients, one per marked or per drawn item, whichever
/// are fewer: C(1,594,323, n) itself overflows, and differences of log-gamma values of that size lose eight digits.
/// </remarks>
public static class Hypergeometric
{
    /// <summary>P(no marked item is drawn) = C(total − marked, drawn) / C(total, drawn). O(min(marked, drawn)).</summary>
    /// <param name="total">Items in the urn, at least 0.</param>
    /// <param name="marked">How many of them are marked, in [0, total].</param>
    /// <param name="drawn">How many are taken, in [0, total].</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or above <paramref name="total"/>.</exception>
    public static double None(long total, long marked, long drawn) => Math.Exp(LogNone(total, marked, drawn));

    /// <summary>P(at least one marked item is drawn), without cancellation when it is small.</summary>
    /// <inheritdoc cref="None"/>
    public static double AtLeastOne(long total, long marked, long drawn)
    {
        var log = LogNone(total, marked, drawn);
        return log == 0 ? 0 : -ExpMinusOne(log);
    }

    /// <summary>
    /// P(exactly these counts): the multivariate hypergeometric distribution, where tier i has <c>marked[i]</c> items in the urn of
    /// which <c>hits[i]</c> are drawn, and the rest of the draw is unmarked. O(sum of marked).
    /// </summary>
    /// <param name="total">Items in the urn.</param>
    /// <param name="marked">How many items each tier has; together at most <paramref name="total"/>.</param>
    /// <param name="hits">How many of each tier are drawn; 0 is the probability of an impossible count.</param>
    /// <param name="drawn">How many items are taken, in [0, total].</param>
    /// <exception cref="ArgumentException">The tiers and counts differ in number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or too large.</exception>
    public static double Joint(long total, ReadOnlySpan<long> marked, ReadOnlySpan<long> hits, long drawn)
    {
        if (marked.Length != hits.Length)
            throw new ArgumentException($"{marked.Length} tiers but {hits.Length} counts of hits were given; pass one per tier.", nameof(hits));
        long sumMarked = 0, sumHits = 0;
        var log = 0.0;
        for (var i = 0; i < marked.Length; i++)
        {
            Check(marked[i], total, nameof(marked));
            ArgumentOutOfRangeException.ThrowIfNegative(hits[i], nameof(hits));
            if (hits[i] > marked[i]) return 0;
            (sumMarked, sumHits) = (sumMarked + marked[i], sumHits + hits[i]);
            for (long j = 0; j < hits[i]; j++) log += Math.Log((double)(marked[i] - j) / (j + 1));
        }

        Check(sumMarked, total, nameof(marked));
        Check(drawn, total, nameof(drawn));
        var missed = sumMarked - sumHits;
        if (sumHits > drawn || missed > total - drawn) return 0;

        // C(N−S, n−K) / C(N, n) = n(n−1).. (K factors) · (N−n)(N−n−1).. (S−K factors) / N(N−1).. (S factors).
        for (long j = 0; j < sumHits; j++) log += Math.Log((double)(drawn - j) / (total - j));
        for (long j = 0; j < missed; j++) log += Math.Log((double)(total - drawn - j) / (total - sumHits - j));
        return Math.Exp(log);
    }

    private static double LogNone(long total, long marked, long drawn)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        Check(marked, total, nameof(marked));
        Check(drawn, total, nameof(drawn));
        if (marked > total - drawn) return double.NegativeInfinity;
        var (terms, taken) = marked < drawn ? (marked, drawn) : (drawn, marked);
        var log = 0.0;
        for (long i = 0; i < terms; i++) log += LogOnePlus(-(double)taken / (total - i));
        return log;
    }

    private static void Check(long value, long total, string name)
    {
        if (value < 0 || value > total)
            throw new ArgumentOutOfRangeException(name, value, $"Of {total} items between 0 and {total} can be marked or drawn.");
    }

    /// <summary>log(1 + x) for x above −1, to full relative precision near 0 (Kahan's form).</summary>
    internal static double LogOnePlus(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }

    /// <summary>exp(x) − 1, to full relative precision near 0 (Kahan's form).</summary>
    internal static double ExpMinusOne(double x)
    {
        var u = Math.Exp(x);
        if (u == 1) return x;
        var v = u - 1;
        return v == -1 ? -1 : v * x / Math.Log(u);
    }
}
