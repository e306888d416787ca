namespace Vilfredo.Attainment;

/// <summary>Whether a set of points reaches a goal.</summary>
internal static class WeaklyDominates
{
    /// <summary>Whether some row is at most the goal in every objective.</summary>
    public static bool Any(ReadOnlySpan<double> points, ReadOnlySpan<double> goal)
    {
        for (var offset = 0; offset < points.Length; offset += goal.Length)
        {
            var j = 0;
            while (j < goal.Length && points[offset + j] <= goal[j]) j++;
            if (j == goal.Length) return true;
        }

        return false;
    }
}
