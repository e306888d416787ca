using System.Numerics;

namespace Vilfredo.Measurement.PoolBets.Bets;

/// <summary>
/// Columns that are likely but far apart. A system's columns are neighbours and reach the same tier together; to reach a tier below
/// all hits at least once, columns that cover different outcomes do better.
/// </summary>
public static class SpreadColumns
{
    private const double LeastExponent = 1;
    private const double MostExponent = 3;

    /// <summary>
    /// Chooses columns greedily: each next one covers the most sampled rounds that no column covers yet. The greedy choice reaches
    /// at least 1 − 1/e of the best coverage of the sample by the candidates (Nemhauser, Wolsey and Fisher, 1978). Candidates are drawn by
    /// chance^a with a from 1 to 3, and the favourite column.
    /// </summary>
    /// <remarks>
    /// O(candidates · samples) and lazy re-evaluation. The coverage of the sample it was chosen by is optimistic: estimate that of the
    /// result by <see cref="Coverage.Estimate"/> with another generator.
    /// </remarks>
    /// <param name="coupon">The matches.</param>
    /// <param name="minHits">The hits to reach, in [0, m].</param>
    /// <param name="columns">How many columns, at least 1 and at most half of all.</param>
    /// <param name="samples">Sampled rounds, at least 1.</param>
    /// <param name="random">Draws rounds and candidates.</param>
    public static IReadOnlyList<int[]> Greedy(Coupon coupon, int minHits, int columns, int samples, RandomGenerator random)
    {
        Coverage.Check(coupon, minHits);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        CheckColumns(coupon, columns);
        var candidates = Draw(coupon, (int)Math.Min(Math.Max(1000, 2L * columns), Math.Max(1, coupon.Combinations / 2)), random);
        var covers = CoveredSamples(coupon, candidates, minHits, samples, random);

        // Gains only fall as columns are added, so that a stale gain is an upper bound: the best is the first whose gain is fresh.
        var queue = new PriorityQueue<int, (int, int)>();
        for (var i = 0; i < candidates.Count; i++) queue.Enqueue(i, (-covers[i].Sum(BitOperations.PopCount), i));
        var uncovered = new ulong[(samples + 63) / 64];
        Array.Fill(uncovered, ulong.MaxValue);
        var chosen = new List<int[]>(columns);
        while (chosen.Count < columns)
        {
            queue.TryDequeue(out var best, out var stale);
            var gain = covers[best].Zip(uncovered, (a, b) => BitOperations.PopCount(a & b)).Sum();
            if (gain != -stale.Item1)
            {
                queue.Enqueue(best, (-gain, best));
                continue;
            }

            chosen.Add(candidates[best]);
            for (var w = 0; w < uncovered.Length; w++) uncovered[w] &= ~covers[best][w];
        }

        return chosen;
    }

    /// <summary>
    /// Different columns drawn by chance^a with a from 1 to 3, and the favourite column: for numbers of columns that are too many to
    /// choose one by one.
    /// </summary>
    /// <param name="coupon">The matches.</param>
    /// <param name="columns">How many columns, at least 1 and at most half of all.</param>
    /// <param name="random">Draws them.</param>
    public static IReadOnlyList<int[]> Draw(Coupon coupon, int columns, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        ArgumentNullException.ThrowIfNull(random);
        CheckColumns(coupon, columns);
        var candidates = new List<int[]> { coupon.FavouriteColumn() };
        var seen = new HashSet<string> { string.Join(',', candidates[0]) };

        // Peaked chances give few different columns; then the likeliest ones fill up.
        for (var tries = 0; candidates.Count < columns && tries < 20L * columns; tries++)
        {
            var exponent = random.NextDouble(LeastExponent, MostExponent);
            int[] column = [.. coupon.Matches.Select(match => Outcome(match, exponent, random))];
            if (seen.Add(string.Join(',', column))) candidates.Add(column);
        }

        foreach (var (column, _) in candidates.Count < columns ? BestColumns.Enumerate(coupon) : [])
        {
            if (seen.Add(string.Join(',', column))) candidates.Add(column);
            if (candidates.Count == columns) break;
        }

        return candidates;
    }

    private static int Outcome(OutcomeProbabilities match, double exponent, RandomGenerator random)
    {
        var sum = 0.0;
        for (var j = 0; j < match.Count; j++) sum += Math.Pow(match[j], exponent);
        var u = random.NextDouble() * sum;
        for (var rank = 0; rank < match.Count - 1; rank++)
        {
            u -= Math.Pow(match.ChanceAtRank(rank), exponent);
            if (u < 0) return match.AtRank(rank);
        }

        return match.AtRank(match.Count - 1);
    }

    private static ulong[][] CoveredSamples(Coupon coupon, IReadOnlyList<int[]> candidates, int minHits, int samples, RandomGenerator random)
    {
        var counter = new HitCounter(coupon);
        var outcomes = new int[coupon.Count];
        var rounds = new ulong[samples][];
        for (var s = 0; s < samples; s++)
        {
            coupon.Sample(random, outcomes);
            rounds[s] = counter.Encode(outcomes);
        }

        return [.. candidates.Select(candidate =>
        {
            var (encoded, covered) = (counter.Encode(candidate), new ulong[(samples + 63) / 64]);
            for (var s = 0; s < samples; s++)
                if (HitCounter.Hits(encoded, rounds[s]) >= minHits) covered[s >> 6] |= 1UL << (s & 63);
            return covered;
        })];
    }

    private static void CheckColumns(Coupon coupon, int columns)
    {
        if (columns < 1 || columns > Math.Max(1, coupon.Combinations / 2))
            throw new ArgumentOutOfRangeException(nameof(columns), columns, $"Of {coupon.Combinations:G10} columns between 1 and half of them are chosen.");
    }
}
