namespace Vilfredo.Benchmarks.Hypervolumes;

/// <summary>Random fronts whose points do not dominate each other.</summary>
internal static class HypervolumeFronts
{
    /// <summary>Uniform on the simplex: normalised exponentials, coordinates sum to 1.</summary>
    public static double[] Linear(int count, int objectives, ulong seed)
    {
        var random = new RandomGenerator(seed);
        return Normalized(count, objectives, () => -Math.Log(1 - random.NextDouble()), 1);
    }

    /// <summary>Uniform on the positive part of the unit sphere: a concave front under minimisation.</summary>
    public static double[] Concave(int count, int objectives, ulong seed)
    {
        var random = new RandomGenerator(seed);
        return Normalized(count, objectives, () => Math.Abs(random.NextNormal()), 2);
    }

    /// <summary>The sphere seen from the other side, 1 - x: a convex front.</summary>
    public static double[] Convex(int count, int objectives, ulong seed) =>
        Array.ConvertAll(Concave(count, objectives, seed), value => 1 - value);

    private static double[] Normalized(int count, int objectives, Func<double> draw, double norm)
    {
        var points = new double[count * objectives];
        for (var i = 0; i < count; i++)
        {
            var row = points.AsSpan(i * objectives, objectives);
            var sum = 0.0;
            for (var j = 0; j < objectives; j++)
            {
                row[j] = draw();
                sum += Math.Pow(row[j], norm);
            }

            for (var j = 0; j < objectives; j++)
                row[j] /= Math.Pow(sum, 1 / norm);
        }

        return points;
    }
}
