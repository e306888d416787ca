namespace Vilfredo.Sorting;

/// <summary>Ranks points of three objectives in one pass over their lexicographic order.</summary>
/// <remarks>
/// As Jensen's sweep for two objectives, with a staircase in the other two objectives per front in place of a tail: a front
/// dominates the next point when a step of its staircase is no greater, and the staircases are nested, so that a binary
/// search over the fronts finds the rank. O(n log f log s) for f fronts and staircases of s steps.
/// </remarks>
internal sealed unsafe class SpatialRanking
{
    private readonly Staircases staircases = new();

    /// <summary>Ranks points and returns the number of fronts.</summary>
    /// <param name="points">Three values per point; no NaN.</param>
    /// <param name="order">The points in lexicographic order.</param>
    /// <param name="count">The number of points, at least 1.</param>
    /// <param name="ranks">Receives the rank of every point.</param>
    public int Rank(double* points, int* order, int count, int* ranks)
    {
        staircases.Clear();
        var rank = 0;
        double* last = null;
        for (var i = 0; i < count; i++)
        {
            var ahead = order[Math.Min(i + Prefetch.Distance, count - 1)];
            Prefetch.Line(points + 3 * (nint)ahead);
            Prefetch.Line(ranks + ahead);
            var point = points + 3 * (nint)order[i];
            if (last == null || point[0] != last[0] || point[1] != last[1] || point[2] != last[2])
            {
                rank = staircases.CountDominating(point[1], point[2]);
                if (rank == staircases.Count) staircases.Add();
                staircases.Insert(rank, point[1], point[2]);
                last = point;
            }

            ranks[order[i]] = rank;
        }

        GC.KeepAlive(this);
        return staircases.Count;
    }
}
