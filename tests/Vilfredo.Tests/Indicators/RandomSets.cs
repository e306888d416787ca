namespace Vilfredo.Tests.Indicators;

/// <summary>Small random sets for property tests; every other one on a coarse grid, full of ties and duplicates.</summary>
internal static class RandomSets
{
    public static double[] Points(int count, int objectives, bool onGrid, RandomGenerator random) =>
        Enumerable.Range(0, count * objectives)
            .Select(_ => onGrid ? 1 + random.NextInt32(4) : random.NextDouble(0.1, 2))
            .ToArray();

    /// <summary>Cases (points, reference, objectives) of 1 to 40 points each in 1 to 7 objectives.</summary>
    public static IEnumerable<(double[] Points, double[] Reference, int Objectives)> Pairs(int cases, ulong seed)
    {
        var random = new RandomGenerator(seed);
        for (var i = 0; i < cases; i++)
        {
            var objectives = 1 + random.NextInt32(7);
            var onGrid = i % 2 == 0;
            yield return (
                Points(1 + random.NextInt32(40), objectives, onGrid, random),
                Points(1 + random.NextInt32(40), objectives, onGrid, random),
                objectives);
        }
    }

    public static double[] ShuffleRows(double[] points, int objectives, RandomGenerator random)
    {
        var rows = points.Chunk(objectives).ToArray();
        random.Shuffle(rows.AsSpan());
        return rows.SelectMany(r => r).ToArray();
    }
}
