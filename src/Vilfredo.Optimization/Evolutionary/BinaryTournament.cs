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

    /// <summary>The same within niches: points of different ones, neither of which is -1, meet by chance only.</summary>
    internal static int Winner(
        int first, int second, ReadOnlySpan<int> ranks, ReadOnlySpan<double> crowding, ReadOnlySpan<int> niches, RandomGenerator random)
    {
        if (!niches.IsEmpty && niches[first] != niches[second] && niches[first] >= 0 && niches[second] >= 0)
            return random.NextBoolean() ? first : second;
        if (ranks[first] != ranks[second]) return ranks[first] < ranks[second] ? first : second;
        if (crowding[first] != crowding[second]) return crowding[first] > crowding[second] ? first : second;
        return random.NextBoolean() ? first : second;
    }
}
