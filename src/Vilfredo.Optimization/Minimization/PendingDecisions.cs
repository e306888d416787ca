using System.Runtime.InteropServices;

namespace Vilfredo.Optimization;

/// <summary>The points that were asked for and not told yet.</summary>
internal sealed class PendingDecisions(int variables)
{
    private readonly List<double> rows = [];

    /// <summary>One row per point. Valid until the next change.</summary>
    public ReadOnlySpan<double> Rows => CollectionsMarshal.AsSpan(rows);

    public void Add(ReadOnlySpan<double> point) => rows.AddRange(point);

    /// <summary>Removes a point that was told; one that was never asked for is ignored.</summary>
    public void Remove(ReadOnlySpan<double> point)
    {
        for (var start = 0; start < rows.Count; start += variables)
        {
            if (!Rows.Slice(start, variables).SequenceEqual(point)) continue;
            rows.RemoveRange(start, variables);
            return;
        }
    }
}
