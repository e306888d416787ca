namespace Vilfredo.Benchmarks.Sorting;

/// <summary>The point sets of the sorting benchmark, the same in every run.</summary>
internal static class SortingPoints
{
    /// <summary>
    /// <c>uniform</c> in the unit cube; <c>integers</c> uniform from 0 to 99, so with ties and copies; <c>front</c> on the
    /// linear simplex, nothing dominated; <c>chain</c> near the diagonal, with many fronts. Each stream is another set.
    /// </summary>
    public static double[] Create(string shape, int objectives, int count, int stream = 0)
    {
        var random = new RandomGenerator((ulong)objectives, (ulong)stream);
        var points = new double[count * objectives];
        for (var i = 0; i < count; i++)
        {
            var row = points.AsSpan(i * objectives, objectives);
            var sum = 0.0;
            for (var j = 0; j < objectives; j++)
            {
                row[j] = shape switch
                {
                    "integers" => random.NextInt32(100),
                    "front" => -Math.Log(1 - random.NextDouble()),
                    _ => random.NextDouble(),
                };
                sum += row[j];
            }

            for (var j = 0; j < objectives && shape is "front" or "chain"; j++)
                row[j] = shape == "front" ? row[j] / sum : row[0] + row[j] / count;
        }

        return points;
    }
}
