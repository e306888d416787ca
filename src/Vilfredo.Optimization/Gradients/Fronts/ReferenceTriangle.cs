namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>
/// A surface through the fronts of the three pairs of objectives, in units of ranges: the plane triangle of the minima, bent so that its sides are the fronts. A point's share of a bend is that of the
/// side's two corners together.
/// </summary>
internal sealed class ReferenceTriangle
{
    private static readonly (int First, int Second)[] Pairs = [(0, 1), (0, 2), (1, 2)];
    private readonly double[][] corners;
    private readonly double[][][] sides; // points in order, each with the length up to it behind its three values

    public ReferenceTriangle(IReadOnlyList<FrontPoint> minima, IReadOnlyList<IReadOnlyList<FrontPoint>> pairs, double[] ideal, double[] range)
    {
        double[] Scaled(FrontPoint point) => [.. point.Values.Select((value, k) => (value - ideal[k]) / range[k])];
        corners = [.. minima.Select(Scaled)];
        sides = new double[pairs.Count][][];
        for (var side = 0; side < sides.Length; side++)
        {
            var (points, length) = (pairs[side].Select(Scaled).ToArray(), 0.0);
            for (var i = 0; i < points.Length; i++)
            {
                if (i > 0) length += Math.Sqrt(points[i].Zip(points[i - 1].Take(3), (a, b) => (a - b) * (a - b)).Sum());
                points[i] = [.. points[i], length];
            }

            sides[side] = points;
        }
    }

    /// <summary>The length of the longest side.</summary>
    public double LongestSide => sides.Max(side => side[^1][3]);

    /// <summary>The point of three shares that sum to 1.</summary>
    public double[] At(double[] shares)
    {
        var point = new double[3];
        for (var corner = 0; corner < 3; corner++)
        {
            for (var k = 0; k < 3; k++) point[k] += shares[corner] * corners[corner][k];
        }

        for (var side = 0; side < 3; side++)
        {
            var both = shares[Pairs[side].First] + shares[Pairs[side].Second];
            if (both <= 0) continue;
            var along = shares[Pairs[side].Second] / both;
            var (first, last, bent) = (sides[side][0], sides[side][^1], Along(sides[side], along));
            for (var k = 0; k < 3; k++) point[k] += both * (bent[k] - (1 - along) * first[k] - along * last[k]);
        }

        return point;
    }

    /// <summary>The point at a part of a side's length.</summary>
    private static double[] Along(double[][] side, double part)
    {
        var length = part * side[^1][3];
        var i = 1;
        while (i < side.Length - 1 && side[i][3] < length) i++;
        if (side.Length == 1) return side[0];
        var width = side[i][3] - side[i - 1][3];
        var share = width > 0 ? (length - side[i - 1][3]) / width : 0;
        return [.. Enumerable.Range(0, 3).Select(k => side[i - 1][k] + share * (side[i][k] - side[i - 1][k]))];
    }
}
