namespace Vilfredo.Studies.Reporting;

/// <summary>
/// The edge between what a set of points attains and what it does not, in a plane of two objectives: a staircase through
/// its non-dominated points, with the elbows on the worse side of both neighbours.
/// </summary>
public static class Staircase
{
    /// <summary>The non-dominated points, without duplicates, from the best in X to the best in Y.</summary>
    /// <param name="points">Any points, in the user's directions.</param>
    /// <param name="x">Which way is better across.</param>
    /// <param name="y">Which way is better up.</param>
    /// <remarks>O(n log n).</remarks>
    public static IReadOnlyList<PlanePoint> Corners(IEnumerable<PlanePoint> points, Direction x, Direction y)
    {
        ArgumentNullException.ThrowIfNull(points);
        var signX = x == Direction.Maximize ? -1 : 1;
        var signY = y == Direction.Maximize ? -1 : 1;
        var corners = new List<PlanePoint>();
        foreach (var point in points.OrderBy(point => signX * point.X).ThenBy(point => signY * point.Y))
        {
            if (corners.Count == 0 || signY * point.Y < signY * corners[^1].Y)
                corners.Add(point);
        }

        return corners;
    }

    /// <summary>
    /// The staircase as a line to draw: from the picture's worst edge in Y, down (or up) to the first corner, step by step
    /// to the last one, and on to the worst edge in X. Everything on its worse side is dominated.
    /// </summary>
    /// <param name="corners">The result of <see cref="Corners"/>.</param>
    /// <param name="worstX">The X of the picture's edge on the worse side.</param>
    /// <param name="worstY">The Y of the picture's edge on the worse side.</param>
    /// <returns>The line's points; none without corners.</returns>
    public static IReadOnlyList<PlanePoint> Path(IReadOnlyList<PlanePoint> corners, double worstX, double worstY)
    {
        ArgumentNullException.ThrowIfNull(corners);
        if (corners.Count == 0)
            return [];

        var path = new List<PlanePoint>(2 * corners.Count + 1) { new(corners[0].X, worstY), corners[0] };
        for (var i = 1; i < corners.Count; i++)
        {
            path.Add(new PlanePoint(corners[i].X, corners[i - 1].Y)); // worse in X as the next, worse in Y as this one
            path.Add(corners[i]);
        }

        path.Add(new PlanePoint(worstX, corners[^1].Y));
        return path;
    }
}
