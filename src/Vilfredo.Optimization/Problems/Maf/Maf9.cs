namespace Vilfredo.Optimization.Problems;

/// <summary>MaF9: the distances of a point in the plane from the lines through the sides of a regular polygon.</summary>
/// <remarks>
/// <para>Two variables in [-10000, 10000]. Optimal are the points of the polygon. Where two of the lines meet outside the polygon there would be other optimal points; the polygons that mirror
/// its chain of sides there about that crossing are left out by the space's filter.</para>
/// <para>Sources: Cheng et al. 2017; M. Li, C. Grosan, S. Yang, X. Liu, X. Yao, "Multi-line distance minimization: a visualized many-objective test problem suite", IEEE Transactions on
/// Evolutionary Computation 22(1), 2018. The excluded polygons are a reconstruction [memory].</para>
/// </remarks>
public sealed class Maf9 : MafProblem
{
    private const double Bound = 10_000;

    private readonly Point[] corners;

    // A corner or another place in the plane.
    private readonly record struct Point(double X, double Y);

    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 3.</param>
    public Maf9(int objectives = 3)
        : this([.. RegularPolygon.Corners(objectives).Select(corner => new Point(corner.X, corner.Y))])
    {
    }

    private Maf9(Point[] corners)
        : base(9, corners.Length, SpaceFor(corners))
    {
        this.corners = corners;
        IdealPoint = new double[corners.Length];
        // The farthest corner from a side: the one opposite, or the two of the side opposite.
        var nadir = Enumerable.Range(0, corners.Length).Max(corner => Distance(corners[corner], corners[0], corners[1]));
        NadirPoint = Constant(corners.Length, nadir);
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        for (var m = 0; m < f.Length; m++) f[m] = Distance(new(x[0], x[1]), corners[m], corners[(m + 1) % corners.Length]);
    }

    private protected override double[] Front(int count)
    {
        var front = new double[count * ObjectiveCount];
        foreach (var (i, point) in RegularPolygon.Points([.. corners.Select(corner => (corner.X, corner.Y))], count).Index())
            EvaluatePoint([point.X, point.Y], front.AsSpan(i * ObjectiveCount, ObjectiveCount), []);
        return front;
    }

    private static DecisionSpace SpaceFor(Point[] corners)
    {
        var plane = DecisionSpace.Continuous(2, -Bound, Bound);
        var excluded = Mirrored(corners);
        return excluded.Count == 0 ? plane : plane.WithFilter(
            x =>
            {
                var point = new Point(x[0], x[1]);
                if (IsInside(point, corners)) return true;
                foreach (var polygon in excluded)
                {
                    if (IsInside(point, polygon)) return false;
                }

                return true;
            },
            [0, 0]);
    }

    // A chain of corners h..t, two or more and fewer than half of all: the lines through the sides before h and behind t meet outside; the chain is mirrored about that crossing.
    private static List<Point[]> Mirrored(Point[] corners)
    {
        var m = corners.Length;
        var polygons = new List<Point[]>();
        for (var head = 0; head < m; head++)
        {
            for (var length = 1; length <= (m + 1) / 2 - 2; length++)
            {
                var chain = Enumerable.Range(head, length + 1).Select(i => corners[i % m]).ToArray();
                var crossing = Crossing(corners[(head + m - 1) % m], chain[0], chain[^1], corners[(head + length + 1) % m]);
                polygons.Add([.. chain, .. chain.Select(p => new Point(2 * crossing.X - p.X, 2 * crossing.Y - p.Y))]);
            }
        }

        return polygons;
    }

    private static Point Crossing(Point a, Point b, Point c, Point d)
    {
        var (p, q) = (new Point(b.X - a.X, b.Y - a.Y), new Point(d.X - c.X, d.Y - c.Y));
        var share = ((c.X - a.X) * q.Y - (c.Y - a.Y) * q.X) / (p.X * q.Y - p.Y * q.X);
        return new(a.X + share * p.X, a.Y + share * p.Y);
    }

    private static double Distance(Point point, Point a, Point b) =>
        Math.Abs((b.X - a.X) * (a.Y - point.Y) - (a.X - point.X) * (b.Y - a.Y)) / Math.Sqrt((b.X - a.X) * (b.X - a.X) + (b.Y - a.Y) * (b.Y - a.Y));

    // A ray to the right crosses the sides of a polygon an odd number of times.
    private static bool IsInside(Point point, Point[] polygon)
    {
        var inside = false;
        for (int i = 0, j = polygon.Length - 1; i < polygon.Length; j = i++)
        {
            var (a, b) = (polygon[i], polygon[j]);
            if (a.Y > point.Y != b.Y > point.Y && point.X < (b.X - a.X) * (point.Y - a.Y) / (b.Y - a.Y) + a.X) inside = !inside;
        }

        return inside;
    }
}
