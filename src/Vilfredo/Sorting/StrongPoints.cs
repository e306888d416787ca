namespace Vilfredo.Sorting;

/// <summary>Drops most dominated points of a set in one pass: those that a few strong points dominate.</summary>
/// <remarks>
/// A strong point has the smallest sum of values, each mapped to [0, 1] by its objective's range, in its share of the set.
/// On uniform points this leaves a small part; on a set without dominated points it costs O(d n) in vain.
/// </remarks>
internal sealed unsafe class StrongPoints
{
    private const int Shares = 8;
    private const int SmallestSet = 128;
    private readonly PinnedBuffer<double> origins = new(), scales = new(), strong = new();

    /// <summary>Writes the indices, ascending, of the points that no strong point dominates; returns how many there are.</summary>
    public int Survivors(double* points, int objectives, int count, bool strongDominance, int* survivors)
    {
        if (count < SmallestSet)
        {
            for (var i = 0; i < count; i++)
                survivors[i] = i;
            return count;
        }

        SetScales(points, objectives, count);
        SelectStrong(points, objectives, count);
        var left = 0;
        for (var i = 0; i < count; i++)
        {
            survivors[left] = i;
            left += IsDominated(points + (nint)i * objectives, objectives, strongDominance) ? 0 : 1;
        }

        GC.KeepAlive(this);
        return left;
    }

    private void SetScales(double* points, int objectives, int count)
    {
        var low = origins.Ensure(objectives);
        var scale = scales.Ensure(objectives);
        new Span<double>(low, objectives).Fill(double.PositiveInfinity);
        new Span<double>(scale, objectives).Fill(double.NegativeInfinity);
        for (var i = 0; i < count; i++)
        {
            var row = points + (nint)i * objectives;
            for (var j = 0; j < objectives; j++)
            {
                low[j] = row[j] < low[j] ? row[j] : low[j];
                scale[j] = row[j] > scale[j] ? row[j] : scale[j];
            }
        }

        for (var j = 0; j < objectives; j++)
        {
            var range = scale[j] - low[j];
            scale[j] = double.IsFinite(1 / range) ? 1 / range : 0;
        }
    }

    private void SelectStrong(double* points, int objectives, int count)
    {
        double* low = origins.Pointer, scale = scales.Pointer;
        var chosen = strong.Ensure(Shares * objectives);
        for (var share = 0; share < Shares; share++)
        {
            var (start, end) = ((int)((long)count * share / Shares), (int)((long)count * (share + 1) / Shares));
            var best = start;
            var smallest = double.PositiveInfinity;
            for (var i = start; i < end; i++)
            {
                var row = points + (nint)i * objectives;
                var sum = 0.0;
                for (var j = 0; j < objectives; j++)
                    sum += (row[j] - low[j]) * scale[j];
                if (sum < smallest) (smallest, best) = (sum, i);
            }

            new Span<double>(points + (nint)best * objectives, objectives).CopyTo(new Span<double>(chosen + share * objectives, objectives));
        }
    }

    private bool IsDominated(double* row, int objectives, bool strongDominance)
    {
        for (var share = 0; share < Shares; share++)
        {
            var other = strong.Pointer + share * objectives;
            var noWorse = true;
            var better = strongDominance;
            for (var j = 0; j < objectives && noWorse; j++)
            {
                noWorse = strongDominance ? other[j] < row[j] : other[j] <= row[j];
                better |= other[j] < row[j];
            }

            if (noWorse && better) return true;
        }

        return false;
    }
}
