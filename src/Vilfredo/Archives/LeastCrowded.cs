using Vilfredo.Sorting;

namespace Vilfredo.Archives;

/// <summary>The truncation that gives up the point with the smallest crowding distance.</summary>
internal sealed class LeastCrowded
{
    private readonly CrowdingDistance crowding = new();
    private double[] distances = [];

    /// <summary>The position of the point with the smallest distance; of several, the last.</summary>
    public int Choose(ReadOnlySpan<double> points, int objectives)
    {
        var count = points.Length / objectives;
        var smallest = 0;
        var distance = Measure(points, objectives, count);
        for (var i = 1; i < count; i++)
        {
            if (distance[i] <= distance[smallest]) smallest = i;
        }

        return smallest;
    }

    /// <summary>The crowding distances of points, in a buffer that the next call overwrites.</summary>
    public ReadOnlySpan<double> Measure(ReadOnlySpan<double> points, int objectives, int count)
    {
        if (distances.Length < count) distances = new double[Math.Max(count, 2 * distances.Length)];
        crowding.Compute(points, objectives, distances.AsSpan(0, count));
        return distances.AsSpan(0, count);
    }
}
