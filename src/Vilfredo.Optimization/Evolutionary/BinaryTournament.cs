namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The selection of NSGA-II: of two points, the one of the better rank wins, then the one in the less crowded region, then
/// either at random (the crowded-comparison operator, Deb et al. 2002, section III-B).
/// </summary>
public static class BinaryTournament
{
    /// <summary>The index of the winner.</summary>
    /// <param name="first">Index of a point.</param>
    /// <param name="second">Index of another point, or the same.</param>
    /// <param name="ranks">The non-domination rank of every point; smaller is better.</param>
    /// <param name="crowding">The crowding distance of every point; larger is better.</param>
    /// <param name="random">Decides ties.</param>
    public static int Winner(
        int first, int second, ReadOnlySpan<int> ranks, ReadOnlySpan<double> crowding, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Winner(first, second, ranks, crowding, [], random);
    }

    /// <summary>
    /// The same within niches: points of different ones, neither of which is -1, meet by chance only. Given objectives, one row per point, a point that dominates the
    /// other wins where rank and crowding are equal.
    /// </summary>
    internal static int Winner(
        int first, int second, ReadOnlySpan<int> ranks, ReadOnlySpan<double> crowding, ReadOnlySpan<int> niches, RandomGenerator random, ReadOnlySpan<double> objectives = default)
    {
        if (!niches.IsEmpty && niches[first] != niches[second] && niches[first] >= 0 && niches[second] >= 0)
            return random.NextBoolean() ? first : second;
        if (ranks[first] != ranks[second]) return ranks[first] < ranks[second] ? first : second;
        if (crowding[first] != crowding[second]) return crowding[first] > crowding[second] ? first : second;
        if (!objectives.IsEmpty)
        {
            var count = objectives.Length / ranks.Length;
            var a = objectives.Slice(first * count, count);
            var b = objectives.Slice(second * count, count);
            if (Sorting.Dominance.Dominates(a, b)) return first;
            if (Sorting.Dominance.Dominates(b, a)) return second;
        }

        return random.NextBoolean() ? first : second;
    }
}
