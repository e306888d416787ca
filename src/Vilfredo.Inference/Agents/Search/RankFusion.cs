namespace Vilfredo.Inference.Agents.Search;

/// <summary>Makes one ranking of several by reciprocal ranks: Σ 1 / (60 + rank) (Cormack, Clarke and Büttcher, SIGIR 2009). Scores of different sources cannot be compared, ranks can.</summary>
public static class RankFusion
{
    /// <summary>The constant that the first ranks are levelled by.</summary>
    public const double Constant = 60;

    /// <summary>The items of all rankings, each once, the best first; equal ones in the order in which they were met.</summary>
    /// <param name="rankings">The rankings, the best item first.</param>
    /// <param name="keyOf">What equal items have in common.</param>
    public static IReadOnlyList<T> Fuse<T, TKey>(IEnumerable<IReadOnlyList<T>> rankings, Func<T, TKey> keyOf)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(rankings);
        ArgumentNullException.ThrowIfNull(keyOf);
        var scores = new OrderedDictionary<TKey, (T Item, double Score)>();
        foreach (var ranking in rankings)
        {
            foreach (var (rank, item) in ranking.Index())
            {
                var key = keyOf(item);
                var before = scores.TryGetValue(key, out var known) ? known : (Item: item, Score: 0);
                scores[key] = (before.Item, before.Score + 1 / (Constant + rank + 1));
            }
        }

        return [.. scores.Values.OrderByDescending(one => one.Score).Select(one => one.Item)];
    }
}
