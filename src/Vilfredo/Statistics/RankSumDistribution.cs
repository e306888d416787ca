namespace Vilfredo.Statistics;

/// <summary>
/// Exact null distributions of rank sums, by counting subsets: every choice of ranks is equally likely. Ranks are doubled so
/// that midranks are whole numbers. Counts are exact up to 2^53 and correct to rounding beyond.
/// </summary>
internal static class RankSumDistribution
{
    /// <summary>Lower and upper tail, both including the observed sum.</summary>
    public readonly record struct Tails(double Lower, double Upper);

    /// <summary>
    /// The tails of the sum of <paramref name="size"/> ranks drawn without replacement. O(n · size · sum of the ranks).
    /// </summary>
    public static Tails OfChoice(ReadOnlySpan<double> ranks, int size, double observed)
    {
        // counts[c][s]: how many subsets of c of the ranks so far have the doubled sum s.
        var total = DoubledSum(ranks);
        var counts = new double[size + 1][];
        for (var c = 0; c <= size; c++) counts[c] = new double[total + 1];
        counts[0][0] = 1;

        var (taken, reach) = (0, 0);
        foreach (var rank in ranks)
        {
            var r = Doubled(rank);
            taken++;
            reach += r;
            for (var c = Math.Min(size, taken); c >= 1; c--)
            {
                var (from, to) = (counts[c - 1], counts[c]);
                for (var s = reach; s >= r; s--) to[s] += from[s - r];
            }
        }

        return TailsOf(counts[size], Doubled(observed));
    }

    /// <summary>The tails of the sum of a subset that holds each rank with probability one half. O(n · sum of the ranks).</summary>
    public static Tails OfSubset(ReadOnlySpan<double> ranks, double observed)
    {
        var counts = new double[DoubledSum(ranks) + 1];
        counts[0] = 1;
        var reach = 0;
        foreach (var rank in ranks)
        {
            var r = Doubled(rank);
            reach += r;
            for (var s = reach; s >= r; s--) counts[s] += counts[s - r];
        }

        return TailsOf(counts, Doubled(observed));
    }

    private static Tails TailsOf(double[] counts, int observed)
    {
        double below = 0, above = 0;
        for (var s = 0; s < observed; s++) below += counts[s];
        for (var s = observed + 1; s < counts.Length; s++) above += counts[s];
        var all = below + counts[observed] + above;
        return new Tails((below + counts[observed]) / all, (above + counts[observed]) / all);
    }

    private static int Doubled(double rank) => (int)Math.Round(2 * rank);

    private static int DoubledSum(ReadOnlySpan<double> ranks)
    {
        var sum = 0;
        foreach (var rank in ranks) sum += Doubled(rank);
        return sum;
    }
}
