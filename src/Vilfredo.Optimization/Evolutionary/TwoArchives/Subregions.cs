namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The subregions of C-TAEA for one set of points: the direction that each is nearest to in angle, and how far it is along that direction.</summary>
/// <remarks>Objectives are in units of the ranges of all points given. Values that are infinite are as far as can be.</remarks>
internal sealed class Subregions
{
    private const double Farthest = 1e50;

    private readonly int objectiveCount;
    private readonly double[] normalized;

    public Subregions(Population points, ReadOnlySpan<double> directions)
    {
        objectiveCount = points.ObjectiveCount;
        Count = directions.Length / objectiveCount;
        normalized = Normalize(points);
        (RegionOf, Tchebycheff) = (new int[points.Count], new double[points.Count]);
        var lines = new ReferenceNiches(objectiveCount, directions);
        for (var i = 0; i < points.Count; i++)
        {
            RegionOf[i] = lines.Nearest(At(i)).Line;
            for (var j = 0; j < objectiveCount; j++)
                Tchebycheff[i] = Math.Max(Tchebycheff[i], At(i)[j] / Math.Max(directions[RegionOf[i] * objectiveCount + j], 1e-6));
        }
    }

    /// <summary>The number of subregions.</summary>
    public int Count { get; }

    /// <summary>The subregion of each point.</summary>
    public int[] RegionOf { get; }

    /// <summary>The weighted Tchebycheff value of each point for the direction of its subregion; smaller is better.</summary>
    public double[] Tchebycheff { get; }

    /// <summary>The Euclidean distance of two points.</summary>
    public double Distance(int a, int b)
    {
        var square = 0.0;
        for (var j = 0; j < objectiveCount; j++)
        {
            var difference = At(a)[j] - At(b)[j];
            square += difference * difference;
        }

        return Math.Sqrt(square);
    }

    private ReadOnlySpan<double> At(int point) => normalized.AsSpan(point * objectiveCount, objectiveCount);

    private double[] Normalize(Population points)
    {
        var result = points.Objectives.ToArray();
        for (var j = 0; j < objectiveCount; j++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = j; i < result.Length; i += objectiveCount)
                if (double.IsFinite(result[i])) (low, high) = (Math.Min(low, result[i]), Math.Max(high, result[i]));
            var width = high > low ? high - low : 1;
            for (var i = j; i < result.Length; i += objectiveCount)
                result[i] = double.IsFinite(result[i]) ? (result[i] - low) / width : result[i] > 0 ? Farthest : 0;
        }

        return result;
    }
}
