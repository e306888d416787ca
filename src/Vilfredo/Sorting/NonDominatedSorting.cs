namespace Vilfredo.Sorting;

/// <summary>
/// Non-dominated sorting in one call; <see cref="NonDominatedSorter"/> is the same without allocation from call to call.
/// </summary>
public static class NonDominatedSorting
{
    /// <summary>The rank of every point: 0 for those that no point dominates, and so on; identical points share a rank.</summary>
    /// <param name="points">Row-major values to be minimized, <paramref name="objectives"/> per point; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <returns>One rank per point.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of <paramref name="objectives"/>, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    public static int[] Rank(ReadOnlySpan<double> points, int objectives)
    {
        var ranks = new int[PointMatrix.Validate(points, objectives)];
        new NonDominatedSorter().Rank(points, objectives, ranks);
        return ranks;
    }

    /// <summary>Writes the rank of every point; see <see cref="Rank(ReadOnlySpan{double}, int)"/>.</summary>
    /// <param name="points">Row-major values to be minimized, <paramref name="objectives"/> per point; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="ranks">Receives one rank per point.</param>
    /// <exception cref="ArgumentException">The shapes do not match, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    public static void Rank(ReadOnlySpan<double> points, int objectives, Span<int> ranks) =>
        new NonDominatedSorter().Rank(points, objectives, ranks);

    /// <summary>
    /// Writes the rank of every point in constrained dominance; see
    /// <see cref="NonDominatedSorter.Rank(ReadOnlySpan{double}, int, ReadOnlySpan{double}, Span{int}, int)"/>.
    /// </summary>
    /// <param name="points">Row-major values to be minimized, <paramref name="objectives"/> per point; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="violations">One total constraint violation per point: 0 when feasible, else above 0.</param>
    /// <param name="ranks">Receives one rank per point.</param>
    /// <exception cref="ArgumentException">The shapes do not match, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A violation is negative or NaN, or <paramref name="objectives"/> is below 1.</exception>
    public static void Rank(
        ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> violations, Span<int> ranks) =>
        new NonDominatedSorter().Rank(points, objectives, violations, ranks);

    /// <summary>The fronts of a set, best first: each an ascending list of point indices.</summary>
    /// <param name="points">Row-major values to be minimized, <paramref name="objectives"/> per point; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of <paramref name="objectives"/>, or a value is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="objectives"/> is below 1.</exception>
    public static int[][] Fronts(ReadOnlySpan<double> points, int objectives)
    {
        var sorter = new NonDominatedSorter();
        var fronts = new int[sorter.Rank(points, objectives, new int[PointMatrix.Validate(points, objectives)])][];
        for (var rank = 0; rank < fronts.Length; rank++)
            fronts[rank] = sorter.Front(rank).ToArray();
        return fronts;
    }
}
