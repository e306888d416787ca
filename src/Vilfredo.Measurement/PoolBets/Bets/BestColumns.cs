namespace Vilfredo.Measurement.PoolBets.Bets;

/// <summary>Columns in the order of their chance to be right in every match, the likeliest first.</summary>
/// <remarks>
/// A heap over ranks per match. Matches are sorted by how little their second outcome is behind the first, so that each column has
/// at most three successors and exactly one predecessor, none likelier than it: O(n (m + log n)) for n columns of m matches. Columns
/// of equal chance come in any order.
/// </remarks>
public static class BestColumns
{
    // From this many columns on, selecting among the chances of all of them is quicker than a heap, when there are few enough to hold.
    private const long ManyColumns = 20_000;
    private const double MostSelected = 4_000_000;

    /// <summary>Lists columns lazily, each with its chance to be right in every match.</summary>
    /// <param name="coupon">The matches; together their ranks must fit 64 bits (32 matches of three or four outcomes).</param>
    /// <exception cref="ArgumentException">The coupon is too long.</exception>
    public static IEnumerable<(int[] Column, double Chance)> Enumerate(Coupon coupon)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        var search = new Search(coupon);
        return search.Run().Select(state => (search.Column(state.Ranks), state.Chance));
    }

    /// <summary>
    /// The best chance that n columns can have to contain one that is right in every match: the sum of the n highest products. No
    /// set of n columns covers more, whatever an urn says.
    /// </summary>
    /// <param name="coupon">The matches.</param>
    /// <param name="columns">n, at least 0; more than there are is certain to win.</param>
    public static double TrueCoverage(Coupon coupon, long columns)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (columns >= coupon.Combinations) return 1;
        if (columns > ManyColumns && coupon.Combinations <= MostSelected) return SelectedCoverage(coupon, (int)columns);
        var sum = 0.0;
        foreach (var (_, chance) in new Search(coupon).Run())
        {
            if (columns-- == 0) break;
            sum += chance;
        }

        return Math.Min(1, sum);
    }

    private static double SelectedCoverage(Coupon coupon, int columns)
    {
        double[] chances = [1];
        foreach (var match in coupon.Matches)
        {
            var longer = new double[chances.Length * match.Count];
            for (var i = 0; i < longer.Length; i++) longer[i] = chances[i / match.Count] * match[i % match.Count];
            chances = longer;
        }

        return Math.Min(1, SumOfLargest(chances, columns));
    }

    // Selection by three-way partitions: O(length) on average, also with many equal values. Reorders the values.
    private static double SumOfLargest(Span<double> values, int count)
    {
        var sum = 0.0;
        while (count > 0)
        {
            var pivot = Median(values[0], values[values.Length / 2], values[^1]);
            int greater = 0, at = 0, less = values.Length;
            while (at < less)
            {
                if (values[at] > pivot) Swap(values, greater++, at++);
                else if (values[at] < pivot) Swap(values, at, --less);
                else at++;
            }

            if (count < greater)
            {
                values = values[..greater];
                continue;
            }

            foreach (var value in values[..greater]) sum += value;
            var equal = Math.Min(count, less) - greater;
            sum += equal * pivot;
            count -= greater + equal;
            values = values[less..];
        }

        return sum;
    }

    private static void Swap(Span<double> values, int i, int j) => (values[i], values[j]) = (values[j], values[i]);

    private static double Median(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    private sealed class Search
    {
        private readonly Coupon coupon;
        private readonly int[] order;
        private readonly int bits;

        public Search(Coupon coupon)
        {
            this.coupon = coupon;
            bits = Math.Max(1, int.Log2(Math.Max(1, coupon.Matches.Max(match => match.Count) - 1)) + 1);
            if (bits * coupon.Count > 64)
                throw new ArgumentException($"{coupon.Count} matches of this many outcomes are too many to enumerate; at most {64 / bits} are.", nameof(coupon));

            // Matches with one outcome have no second: they come last and are never changed.
            order = [.. Enumerable.Range(0, coupon.Count).OrderByDescending(i => Ratio(coupon.Matches[i]))];
        }

        public IEnumerable<(ulong Ranks, double Chance)> Run()
        {
            var queue = new PriorityQueue<(ulong Ranks, int Last), double>();
            queue.Enqueue((0, -1), -Chance(0));
            while (queue.TryDequeue(out var state, out var priority))
            {
                yield return (state.Ranks, -priority);
                var (ranks, last) = state;
                if (last >= 0)
                {
                    if (Rank(ranks, last) + 1 < Match(last).Count) Push(ranks + (1UL << (bits * last)), last);
                    if (Rank(ranks, last) == 1 && CanChange(last + 1))
                        Push(ranks - (1UL << (bits * last)) + (1UL << (bits * (last + 1))), last + 1);
                }

                if (CanChange(last + 1)) Push(ranks + (1UL << (bits * (last + 1))), last + 1);
            }

            void Push(ulong ranks, int last) => queue.Enqueue((ranks, last), -Chance(ranks));
        }

        public int[] Column(ulong ranks)
        {
            var column = new int[coupon.Count];
            for (var i = 0; i < order.Length; i++) column[order[i]] = Match(i).AtRank(Rank(ranks, i));
            return column;
        }

        private static double Ratio(OutcomeProbabilities match) => match.Count < 2 ? -1 : match.ChanceAtRank(1) / match.ChanceAtRank(0);

        private bool CanChange(int position) => position < order.Length && Match(position).Count > 1;

        private OutcomeProbabilities Match(int position) => coupon.Matches[order[position]];

        private int Rank(ulong ranks, int position) => (int)(ranks >> (bits * position) & ((1UL << bits) - 1));

        private double Chance(ulong ranks)
        {
            var product = 1.0;
            for (var i = 0; i < order.Length; i++) product *= Match(i).ChanceAtRank(Rank(ranks, i));
            return product;
        }
    }
}
