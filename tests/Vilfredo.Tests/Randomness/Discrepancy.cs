namespace Vilfredo.Tests.Randomness;

/// <summary>How evenly points fill the unit cube, for the tests of the sequences.</summary>
internal static class Discrepancy
{
    public static double[] Points(ILowDiscrepancySequence sequence, int count)
    {
        var points = new double[count * sequence.Dimension];
        for (var i = 0; i < count; i++) sequence.Next(points.AsSpan(i * sequence.Dimension, sequence.Dimension));
        return points;
    }

    public static double[] RandomPoints(int dimension, int count, RandomGenerator random) =>
        Enumerable.Range(0, count * dimension).Select(_ => random.NextDouble()).ToArray();

    /// <summary>Hickernell's centered L2 discrepancy, squared (Math. Comp. 67, 1998).</summary>
    public static double Centered(double[] points, int dimension)
    {
        var rows = points.Chunk(dimension).ToArray();
        double single = 0, pairs = 0;
        foreach (var a in rows)
        {
            single += a.Aggregate(1.0, (p, x) => p * (1 + 0.5 * Math.Abs(x - 0.5) - 0.5 * (x - 0.5) * (x - 0.5)));
            foreach (var b in rows)
            {
                var product = 1.0;
                for (var j = 0; j < dimension; j++)
                    product *= 1 + 0.5 * Math.Abs(a[j] - 0.5) + 0.5 * Math.Abs(b[j] - 0.5) - 0.5 * Math.Abs(a[j] - b[j]);
                pairs += product;
            }
        }

        double n = rows.Length;
        return Math.Pow(13.0 / 12, dimension) - 2 / n * single + pairs / (n * n);
    }
}
