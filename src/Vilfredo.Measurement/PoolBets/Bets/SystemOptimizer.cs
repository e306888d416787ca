namespace Vilfredo.Measurement.PoolBets.Bets;

/// <summary>Chooses which matches of a system to double or triple, so that its best column most probably reaches a number of hits.</summary>
public static class SystemOptimizer
{
    /// <summary>The best system of at most so many columns: exact, by branch and bound.</summary>
    /// <remarks>
    /// Matches are taken from the most uncertain to the least. With a budget of R columns left, at most log2 R further matches
    /// can be more than singles; the bound makes that many of the most uncertain ones certain. Matches of equal chances are not
    /// permuted. At worst all ∏ counts of outcomes are visited, 3^13 in the 13-match pool; a budget of a thousand columns takes
    /// thousands to some hundred thousand steps.
    /// </remarks>
    /// <param name="coupon">The matches.</param>
    /// <param name="minHits">The hits to reach, in [0, m].</param>
    /// <param name="maxColumns">The budget, at least 1.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static SystemBet Maximize(Coupon coupon, int minHits, long maxColumns, CancellationToken cancellation = default)
    {
        Check(coupon, minHits, maxColumns);
        var search = new Search(coupon, minHits, Greedy(coupon, minHits, maxColumns), cancellation);
        search.Visit(0, maxColumns);
        return new SystemBet(coupon, search.Best);
    }

    /// <summary>A good system: the step with the highest gain of safety per logarithm of its price, until none is affordable.</summary>
    /// <inheritdoc cref="Maximize"/>
    public static SystemBet Greedy(Coupon coupon, int minHits, long maxColumns)
    {
        Check(coupon, minHits, maxColumns);
        var sizes = Enumerable.Repeat(1, coupon.Count).ToArray();
        var current = new SystemBet(coupon, sizes);
        while (true)
        {
            SystemBet? best = null;
            var highest = double.NegativeInfinity;
            for (var i = 0; i < sizes.Length; i++)
            {
                for (var size = sizes[i] + 1; size <= coupon.Matches[i].Count; size++)
                {
                    if (current.Columns / sizes[i] > maxColumns / size) break;
                    var grown = (int[])sizes.Clone();
                    grown[i] = size;
                    var next = new SystemBet(coupon, grown);
                    var gain = (next.BestColumn.Tail(minHits) - current.BestColumn.Tail(minHits)) / Math.Log((double)size / sizes[i]);
                    if (gain > highest) (best, highest) = (next, gain);
                }
            }

            if (best is null) return current;
            current = best;
            sizes = [.. best.Sizes];
        }
    }

    /// <summary>Doubles of as many matches as the budget allows, chosen at random: a baseline.</summary>
    /// <param name="coupon">The matches.</param>
    /// <param name="maxColumns">The budget, at least 1.</param>
    /// <param name="random">Chooses the matches.</param>
    public static SystemBet RandomDoubles(Coupon coupon, long maxColumns, RandomGenerator random)
    {
        Check(coupon, 0, maxColumns);
        ArgumentNullException.ThrowIfNull(random);
        int[] candidates = [.. Enumerable.Range(0, coupon.Count).Where(i => coupon.Matches[i].Count > 1)];
        random.Shuffle<int>(candidates);
        var sizes = Enumerable.Repeat(1, coupon.Count).ToArray();
        foreach (var i in candidates.Take((int)long.Log2(maxColumns))) sizes[i] = 2;
        return new SystemBet(coupon, sizes);
    }

    private static void Check(Coupon coupon, int minHits, long maxColumns)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        if (minHits < 0 || minHits > coupon.Count)
            throw new ArgumentOutOfRangeException(nameof(minHits), minHits, $"A column of {coupon.Count} matches has between 0 and {coupon.Count} hits.");
        ArgumentOutOfRangeException.ThrowIfLessThan(maxColumns, 1);
    }

    private sealed class Search
    {
        // Rounding of two ways to the same safety; below it a node cannot improve on the best.
        private const double Slack = 1e-14;

        private readonly OutcomeProbabilities[] matches;
        private readonly int[] order;
        private readonly int[] chosen;
        private readonly int maxMisses;
        private readonly double[][] misses;         // [depth][misses so far], up to maxMisses
        private readonly double[][] singlesAfter;   // [position][at most so many misses] of singles from there on
        private readonly CancellationToken cancellation;
        private double highest;

        public Search(Coupon coupon, int minHits, SystemBet start, CancellationToken cancellation)
        {
            this.cancellation = cancellation;
            order = [.. Enumerable.Range(0, coupon.Count).OrderBy(i => coupon.Matches[i].ChanceAtRank(0)).ThenBy(i => coupon.Matches[i].Count)];
            matches = [.. order.Select(i => coupon.Matches[i])];
            chosen = new int[matches.Length];
            Best = [.. start.Sizes];
            highest = start.BestColumn.Tail(minHits);
            maxMisses = coupon.Count - minHits;
            misses = [.. Enumerable.Range(0, matches.Length + 1).Select(_ => new double[maxMisses + 1])];
            misses[0][0] = 1;
            singlesAfter = new double[matches.Length + 1][];
            for (var j = 0; j <= matches.Length; j++)
            {
                var rest = new PoissonBinomial([.. matches[j..].Select(match => 1 - match.ChanceAtRank(0))]);
                singlesAfter[j] = [.. Enumerable.Range(0, maxMisses + 1).Select(k => 1 - rest.Tail(k + 1))];
            }
        }

        public int[] Best { get; }

        public void Visit(int depth, long budget)
        {
            if (depth == matches.Length)
            {
                Keep();
                return;
            }

            cancellation.ThrowIfCancellationRequested();
            var match = matches[depth];
            var most = (int)Math.Min(match.Count, budget);
            if (depth > 0 && match.Values.Order().SequenceEqual(matches[depth - 1].Values.Order())) most = Math.Min(most, chosen[depth - 1]);
            for (var size = most; size >= 1; size--)
            {
                chosen[depth] = size;
                var hit = match.ChanceOfBest(size);
                var (before, after) = (misses[depth], misses[depth + 1]);
                after[0] = before[0] * hit;
                for (var k = 1; k <= maxMisses; k++) after[k] = before[k] * hit + before[k - 1] * (1 - hit);
                if (Bound(depth + 1, budget / size) > highest + Slack) Visit(depth + 1, budget / size);
            }
        }

        private double Bound(int depth, long budget)
        {
            var from = Math.Min(matches.Length, depth + (int)long.Log2(budget));
            var sum = 0.0;
            for (var k = 0; k <= maxMisses; k++) sum += misses[depth][k] * singlesAfter[from][maxMisses - k];
            return sum;
        }

        private void Keep()
        {
            var safety = misses[^1].Sum();
            if (safety <= highest) return;
            highest = safety;
            for (var i = 0; i < chosen.Length; i++) Best[order[i]] = chosen[i];
        }
    }
}
