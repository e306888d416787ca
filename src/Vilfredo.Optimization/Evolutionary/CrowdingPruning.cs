using System.Runtime.Intrinsics;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Removes the most crowded points of a front one by one, with distances kept up to date (Kukkonen and Deb 2006): each
/// objective is a list of the remaining points in its order, so that a removal changes at most two points per objective.
/// </summary>
/// <remarks>O(removed * (points / 4 + objectives^2)) after sorting.</remarks>
internal sealed class CrowdingPruning(int objectiveCount)
{
    private const int None = -1;

    // Points are numbered by their place in the front; the lists of objective k start at k * stride.
    private int stride;
    private int[] previous = [];
    private int[] next = [];
    private double[] values = [];
    private double[] perRange = new double[objectiveCount];
    private double[] distances = [];
    private bool[] removed = [];

    /// <summary>Starts a front, with room for as many points as any front may have.</summary>
    public void Begin(int capacity)
    {
        if (stride < capacity || stride == 0)
        {
            stride = (capacity + Vector256<double>.Count) / Vector256<double>.Count * Vector256<double>.Count;
            previous = new int[stride * objectiveCount];
            next = new int[stride * objectiveCount];
            values = new double[stride * objectiveCount];
            distances = new double[stride];
            removed = new bool[stride];
        }

        removed.AsSpan().Clear();
        distances.AsSpan().Fill(double.PositiveInfinity);
    }

    /// <summary>Adds an objective: the points in its order, and their values. An infinite or empty range adds nothing.</summary>
    public void AddObjective(int k, ReadOnlySpan<int> order, ReadOnlySpan<double> valuesInOrder)
    {
        var range = Math.Abs(valuesInOrder[^1] - valuesInOrder[0]);
        perRange[k] = range > 0 && double.IsFinite(range) ? 1 / range : 0;
        for (var i = 0; i < order.Length; i++)
        {
            var at = k * stride + order[i];
            previous[at] = i > 0 ? order[i - 1] : None;
            next[at] = i < order.Length - 1 ? order[i + 1] : None;
            values[at] = valuesInOrder[i];
        }
    }

    /// <summary>Removes points until <paramref name="survivors"/> are left, and moves these to the front of the members.</summary>
    public void Prune(Span<int> members, int survivors, Span<double> distanceOfMembers)
    {
        for (var i = 0; i < members.Length; i++) distances[i] = Measure(i);
        for (var left = members.Length; left > survivors; left--) Remove(MostCrowded(members.Length));

        var kept = 0;
        for (var i = 0; i < members.Length; i++)
        {
            if (removed[i]) continue;
            distanceOfMembers[members[i]] = distances[i];
            (members[kept], members[i]) = (members[i], members[kept]);
            kept++;
        }
    }

    private double Measure(int point)
    {
        var sum = 0.0;
        for (var k = 0; k < objectiveCount; k++)
        {
            if (perRange[k] == 0) continue;
            var (before, after) = (previous[k * stride + point], next[k * stride + point]);
            if (before == None || after == None) return double.PositiveInfinity;
            sum += Math.Abs(values[k * stride + after] - values[k * stride + before]) * perRange[k];
        }

        return sum;
    }

    private int MostCrowded(int count)
    {
        var smallest = Vector256.Create(double.PositiveInfinity);
        for (var i = 0; i < count; i += Vector256<double>.Count) smallest = Vector256.Min(smallest, Vector256.LoadUnsafe(ref distances[i]));
        var distance = Math.Min(Math.Min(smallest[0], smallest[1]), Math.Min(smallest[2], smallest[3]));

        // Removed points are infinite like the extremes, so these are told apart when nothing else is left.
        return double.IsFinite(distance) ? Array.IndexOf(distances, distance, 0, count) : Array.IndexOf(removed, false, 0, count);
    }

    private void Remove(int point)
    {
        removed[point] = true;
        distances[point] = double.PositiveInfinity;
        for (var k = 0; k < objectiveCount; k++)
        {
            var (before, after) = (previous[k * stride + point], next[k * stride + point]);
            if (before != None) next[k * stride + before] = after;
            if (after != None) previous[k * stride + after] = before;
        }

        for (var k = 0; k < objectiveCount; k++)
        {
            var (before, after) = (previous[k * stride + point], next[k * stride + point]);
            if (before != None) distances[before] = Measure(before);
            if (after != None) distances[after] = Measure(after);
        }
    }
}
