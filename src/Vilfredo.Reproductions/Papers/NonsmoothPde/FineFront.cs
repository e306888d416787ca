using Vilfredo.Optimization.Gradients.Fronts;
using Vilfredo.Optimization.Nonsmooth.Elliptic;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Many points of a control problem's front, against which others are measured: weighted sums by optimality systems, where the triangle (for two objectives the segment) of weights is halved along its
/// longest edge, as measured between the objectives, until no edge is long.
/// </summary>
internal sealed class FineFront
{
    private const double ShortestWeightEdge = 1e-5; // where the front is not convex an edge of the objectives stays long
    private readonly EllipticControl problem;
    private readonly double[] low, range;
    private readonly double endWeight, longestEdge;
    private readonly Dictionary<(double, double), Vertex> vertices = [];

    public FineFront(EllipticControl problem, double[] low, double[] range, double endWeight)
    {
        (this.problem, this.low, this.range, this.endWeight) = (problem, low, range, endWeight);
        var m = low.Length;
        longestEdge = m == 2 ? 0.03 : 0.1;
        Refine([.. Enumerable.Range(0, m).Select(k => Solve([.. Enumerable.Range(0, m).Select(i => i == k ? 1.0 : 0)], new double[problem.Variables]))]);
        All = Matrix(_ => true);
        Boundary = Matrix(vertex => vertex.Shares.Contains(0));
    }

    /// <summary>All points in ranges, row-major.</summary>
    public double[] All { get; }

    /// <summary>Those for which some objective has no share of the weights: the boundary of three objectives, the ends of two.</summary>
    public double[] Boundary { get; }

    /// <summary>Points in ranges between the ends of the front, row-major.</summary>
    public static double[] Scaled(IEnumerable<FrontPoint> front, double[] low, double[] range) =>
        [.. front.SelectMany(point => point.Values.Select((value, k) => (value - low[k]) / range[k]))];

    /// <summary>By how much, in every objective, a point of the fine front is better than one of the points, at most; below 0 when none is.</summary>
    /// <param name="scaled">The points in ranges, row-major.</param>
    public double MostDominated(double[] scaled)
    {
        var (m, most) = (low.Length, double.NegativeInfinity);
        for (var i = 0; i < scaled.Length; i += m)
        {
            for (var j = 0; j < All.Length; j += m)
            {
                var least = double.PositiveInfinity;
                for (var k = 0; k < m; k++) least = Math.Min(least, scaled[i + k] - All[j + k]);
                most = Math.Max(most, least);
            }
        }

        return most;
    }

    private void Refine(Vertex[] simplex)
    {
        if (simplex.Any(vertex => vertex.Point is null)) return;
        var (first, second, longest) = (0, 0, 0.0);
        for (var i = 0; i < simplex.Length; i++)
        {
            for (var j = i + 1; j < simplex.Length; j++)
            {
                var distance = Distance(simplex[i].Scaled, simplex[j].Scaled);
                if (distance > longest) (first, second, longest) = (i, j, distance);
            }
        }

        if (longest <= longestEdge || Distance(simplex[first].Shares, simplex[second].Shares) < ShortestWeightEdge) return;
        var middle = Solve(
            [.. simplex[first].Shares.Zip(simplex[second].Shares, (a, b) => 0.5 * (a + b))],
            [.. simplex[first].Point!.Zip(simplex[second].Point!, (a, b) => 0.5 * (a + b))]);
        Refine([.. simplex.Select((vertex, i) => i == first ? middle : vertex)]);
        Refine([.. simplex.Select((vertex, i) => i == second ? middle : vertex)]);
    }

    private Vertex Solve(double[] shares, double[] start)
    {
        if (vertices.TryGetValue((shares[0], shares[1]), out var known)) return known;
        var result = OptimalitySystem.Solve(problem, [.. shares.Select((share, k) => (endWeight + (1 - shares.Length * endWeight) * share) / range[k])], start);
        var vertex = result.Converged
            ? new Vertex(shares, [.. result.Control], Scaled([new FrontPoint(result.Control, result.Values)], low, range))
            : new Vertex(shares, null, []);
        vertices.Add((shares[0], shares[1]), vertex);
        return vertex;
    }

    private double[] Matrix(Func<Vertex, bool> condition) => [.. vertices.Values.Where(vertex => vertex.Point is not null && condition(vertex)).SelectMany(vertex => vertex.Scaled)];

    private static double Distance(double[] one, double[] other) => Math.Sqrt(one.Zip(other, (a, b) => (a - b) * (a - b)).Sum());

    /// <summary>A weighted sum's minimum; without a point when none was found.</summary>
    private sealed record Vertex(double[] Shares, double[]? Point, double[] Scaled);
}
