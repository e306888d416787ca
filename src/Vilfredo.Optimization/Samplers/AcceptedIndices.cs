namespace Vilfredo.Optimization.Samplers;

/// <summary>
/// Numbers the points of a design that satisfy a filter: finds the index of the i-th accepted one. Remembers what it found,
/// 8 bytes per accepted point. Safe to use from several threads.
/// </summary>
/// <param name="count">The number of points of the design.</param>
/// <param name="accepts">Whether the point of an index satisfies the filter.</param>
/// <param name="refusalsInARow">After how many refusals in a row the search is given up.</param>
internal sealed class AcceptedIndices(long count, Func<long, bool> accepts, long refusalsInARow)
{
    private readonly Lock gate = new();
    private readonly List<long> accepted = [];
    private long next;
    private bool ended;

    /// <summary>
    /// The design index of accepted point <paramref name="ordinal"/>; false when the design ends before it, or too many
    /// points in a row were refused.
    /// </summary>
    public bool TryFind(long ordinal, out long index)
    {
        lock (gate)
        {
            var refusals = 0L;
            while (accepted.Count <= ordinal && !ended)
            {
                if (next < count && accepts(next))
                {
                    accepted.Add(next);
                    refusals = 0;
                }
                else
                {
                    ended = next >= count || ++refusals == refusalsInARow;
                }

                next++;
            }

            var found = ordinal < accepted.Count;
            index = found ? accepted[(int)ordinal] : 0;
            return found;
        }
    }
}
