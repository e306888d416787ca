namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// What tells one generational algorithm from another: which points of parents and children survive, and how good the
/// survivors are as parents.
/// </summary>
internal interface ISurvival
{
    /// <summary>Selects survivors.</summary>
    /// <param name="objectives">One row per point, to be minimised; no NaN.</param>
    /// <param name="violations">The overall constraint violation of each point, 0 when feasible; empty when there are no constraints.</param>
    /// <param name="survivors">How many to select; all when there are fewer.</param>
    /// <param name="indices">Receives the indices of the survivors.</param>
    /// <param name="ranks">Receives each survivor's rank in <see cref="BinaryTournament"/>, smaller being better.</param>
    /// <param name="crowding">Receives what decides between equal ranks, larger being better.</param>
    /// <param name="copies">Points that rank behind all others because they repeat another one; empty when there are none.</param>
    /// <param name="seed">Of random choices, should there be any.</param>
    /// <returns>The number of survivors.</returns>
    int Select(
        ReadOnlySpan<double> objectives,
        ReadOnlySpan<double> violations,
        int survivors,
        Span<int> indices,
        Span<int> ranks,
        Span<double> crowding,
        ReadOnlySpan<bool> copies,
        ulong seed);

    /// <summary>
    /// The niches of the points just selected, for algorithms whose parents meet in niches: points of different ones meet by chance only, and those
    /// of niche -1 are told from all others by rank.
    /// </summary>
    /// <returns>False, with nothing written, when the algorithm has none.</returns>
    bool Niches(ReadOnlySpan<double> objectives, ReadOnlySpan<double> violations, ReadOnlySpan<int> indices, Span<int> niches) => false;

    /// <summary>A survival that remembers the same of earlier selections, and goes its own way from here on.</summary>
    ISurvival Copy();
}
