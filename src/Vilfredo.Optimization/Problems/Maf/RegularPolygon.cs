namespace Vilfredo.Optimization.Problems;

/// <summary>The regular polygon whose points are optimal in MaF8 and MaF9.</summary>
internal static class RegularPolygon
{
    /// <summary>The corners on the unit circle, clockwise from the one that follows the top.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 3.</exception>
    public static (double X, double Y)[] Corners(int objectives)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 3);
        var corners = new (double X, double Y)[objectives];
        for (var m = 0; m < objectives; m++)
        {
            var (sine, cosine) = Math.SinCos(Math.PI / 2 - (m + 1) * 2 * Math.PI / objectives);
            corners[m] = (cosine, sine);
        }

        return corners;
    }

    /// <summary>The corners, then uniform points of the triangles between the middle and two neighbouring corners.</summary>
    public static IEnumerable<(double X, double Y)> Points((double X, double Y)[] corners, int count)
    {
        var sequence = new HaltonSequence(3);
        var u = new double[3];
        for (var i = 0; i < count; i++)
        {
            var point = corners[i % corners.Length];
            if (i >= corners.Length)
            {
                sequence.At(i, u);
                var first = Math.Min((int)(u[2] * corners.Length), corners.Length - 1);
                var (a, b) = (corners[first], corners[(first + 1) % corners.Length]);
                var (share, other) = u[0] + u[1] <= 1 ? (u[0], u[1]) : (1 - u[0], 1 - u[1]);
                point = (share * a.X + other * b.X, share * a.Y + other * b.Y);
            }

            yield return point;
        }
    }
}
