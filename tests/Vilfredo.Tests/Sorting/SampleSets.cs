namespace Vilfredo.Tests.Sorting;

/// <summary>Point sets that are hard on sorting algorithms: ties, copies, chains, antichains, constants, wide scales.</summary>
internal static class SampleSets
{
    public static readonly string[] Kinds =
        ["uniform", "few values", "three values", "copies", "chain", "antichain", "first constant", "last constant", "all equal", "scales", "infinities", "zeros"];

    public static double[] Create(string kind, int count, int objectives, RandomGenerator random)
    {
        var points = new double[count * objectives];
        for (var i = 0; i < count; i++)
        {
            var row = points.AsSpan(i * objectives, objectives);
            var chain = random.NextInt32(count);
            for (var j = 0; j < objectives; j++)
            {
                row[j] = kind switch
                {
                    "few values" => random.NextInt32(8),
                    "three values" => random.NextInt32(3),
                    "chain" => chain + random.NextInt32(2),
                    "antichain" => j == objectives - 1 ? -Sum(row[..j]) : random.NextInt32(50),
                    "first constant" => j == 0 ? 7 : random.NextInt32(20),
                    "last constant" => j == objectives - 1 ? -7 : random.NextDouble(),
                    "all equal" => 3.5,
                    "scales" => Math.Pow(10, random.NextDouble(-300, 300)) * (random.NextBoolean() ? 1 : -1),
                    "infinities" => random.NextInt32(5) switch
                    {
                        0 => double.PositiveInfinity,
                        1 => double.NegativeInfinity,
                        _ => random.NextInt32(6),
                    },
                    "zeros" => random.NextInt32(4) switch { 0 => -0.0, 1 => 0.0, 2 => double.Epsilon, _ => -1 },
                    _ => random.NextDouble(),
                };
            }

            if (kind == "copies" && i > 0 && random.NextBoolean())
                points.AsSpan(random.NextInt32(i) * objectives, objectives).CopyTo(row);
        }

        return points;
    }

    /// <summary>The definition: peel off what no remaining point dominates.</summary>
    public static int[] RanksByDefinition(double[] points, int objectives, double[]? violations = null)
    {
        var count = points.Length / objectives;
        var ranks = new int[count];
        Array.Fill(ranks, -1);
        for (int rank = 0, left = count; left > 0; rank++)
        {
            var front = Enumerable.Range(0, count)
                .Where(i => ranks[i] < 0 && !Enumerable.Range(0, count).Any(j => ranks[j] < 0 && Dominates(j, i))).ToArray();
            foreach (var i in front)
                ranks[i] = rank;
            left -= front.Length;
        }

        return ranks;

        bool Dominates(int a, int b)
        {
            if (violations is not null && violations[a] != violations[b]) return violations[a] < violations[b];
            var better = false;
            for (var k = 0; k < objectives; k++)
            {
                double x = points[a * objectives + k], y = points[b * objectives + k];
                if (x > y) return false;
                better |= x < y;
            }

            return better;
        }
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }
}
