namespace Vilfredo.Tests.Indicators;

/// <summary>Point sets and a slow, independent hypervolume for the hypervolume tests.</summary>
internal static class HypervolumeSamples
{
    /// <summary>Points with coordinates that sum to 1: no point dominates another.</summary>
    public static double[] Simplex(int count, int objectives, ulong seed)
    {
        var random = new RandomGenerator(seed);
        var points = new double[count * objectives];
        for (var i = 0; i < count; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < objectives; j++)
                sum += points[i * objectives + j] = -Math.Log(1 - random.NextDouble());
            for (var j = 0; j < objectives; j++)
                points[i * objectives + j] /= sum;
        }

        return points;
    }

    /// <summary>Points with integer coordinates in [0, levels): many ties, duplicates and dominated points.</summary>
    public static double[] Grid(int count, int objectives, int levels, ulong seed)
    {
        var random = new RandomGenerator(seed);
        var points = new double[count * objectives];
        for (var i = 0; i < points.Length; i++)
            points[i] = random.NextInt32(levels);
        return points;
    }

    /// <summary>Uniform points in the unit cube.</summary>
    public static double[] Cube(int count, int objectives, ulong seed)
    {
        var random = new RandomGenerator(seed);
        var points = new double[count * objectives];
        for (var i = 0; i < points.Length; i++)
            points[i] = random.NextDouble();
        return points;
    }

    public static double[] Fill(int objectives, double value) => Enumerable.Repeat(value, objectives).ToArray();

    /// <summary>Slices along the last objective, down to one: exponential in the objectives, but too simple to be wrong.</summary>
    public static double Sliced(ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> reference)
    {
        var inside = new List<double[]>();
        for (var i = 0; i < points.Length; i += objectives)
        {
            var point = points.Slice(i, objectives).ToArray();
            var isInside = true;
            for (var j = 0; j < objectives; j++)
                isInside &= point[j] < reference[j];
            if (isInside)
                inside.Add(point);
        }

        return Sliced(inside, objectives, reference);
    }

    private static double Sliced(List<double[]> points, int objectives, ReadOnlySpan<double> reference)
    {
        if (points.Count == 0)
            return 0;
        var last = objectives - 1;
        if (objectives == 1)
            return reference[0] - points.Min(point => point[0]);
        var levels = points.Select(point => point[last]).Distinct().Order().Append(reference[last]).ToArray();
        var volume = 0.0;
        for (var i = 0; i + 1 < levels.Length; i++)
        {
            var slice = points.Where(point => point[last] <= levels[i]).ToList();
            volume += (levels[i + 1] - levels[i]) * Sliced(slice, last, reference);
        }

        return volume;
    }
}
