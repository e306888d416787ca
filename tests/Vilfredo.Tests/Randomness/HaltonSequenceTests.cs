namespace Vilfredo.Tests.Randomness;

public class HaltonSequenceTests
{
    [Fact]
    public void First_points_are_the_radical_inverses()
    {
        var halton = new HaltonSequence(5);
        double[][] expected =
        [
            [0, 0, 0, 0, 0],
            [1 / 2.0, 1 / 3.0, 1 / 5.0, 1 / 7.0, 1 / 11.0],
            [1 / 4.0, 2 / 3.0, 2 / 5.0, 2 / 7.0, 2 / 11.0],
            [3 / 4.0, 1 / 9.0, 3 / 5.0, 3 / 7.0, 3 / 11.0],
            [1 / 8.0, 4 / 9.0, 4 / 5.0, 4 / 7.0, 4 / 11.0],
            [5 / 8.0, 7 / 9.0, 1 / 25.0, 5 / 7.0, 5 / 11.0],
        ];
        var point = new double[5];
        foreach (var row in expected)
        {
            halton.Next(point);
            Assert.Equal(row, point);
        }
    }

    [Fact]
    public void The_bases_are_the_primes()
    {
        var point = new double[HaltonSequence.MaximumDimension];
        new HaltonSequence(HaltonSequence.MaximumDimension).At(1, point);
        Assert.Equal(1 / 29.0, point[9]);
        Assert.Equal(1 / 541.0, point[99]);
        Assert.Equal(1 / 7919.0, point[999]);
        Assert.Equal(1 / 65521.0, point[^1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_block_of_a_power_of_the_base_visits_every_interval_once(bool scrambled)
    {
        var halton = new HaltonSequence(4, scrambled ? new RandomGenerator(3) : null);
        int[] bases = [2, 3, 5, 7];
        for (var j = 0; j < 4; j++)
        {
            var block = bases[j] * bases[j] * bases[j];
            var point = new double[4];
            var visited = new HashSet<int>();
            for (var i = 2 * block; i < 3 * block; i++)
            {
                halton.At(i, point);
                visited.Add((int)(point[j] * block + 1e-9));
            }

            Assert.Equal(block, visited.Count);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_point_depends_on_its_index_only(bool scrambled)
    {
        HaltonSequence Create() => new(6, scrambled ? new RandomGenerator(4) : null);
        HaltonSequence stepping = Create(), skipped = Create();
        skipped.Skip(1_000_000);
        stepping.Skip(999_990);
        double[] a = new double[6], b = new double[6];
        for (var i = 0; i < 10; i++) stepping.Next(a);
        for (var i = 0; i < 20; i++)
        {
            stepping.Next(a);
            skipped.Next(b);
            Assert.Equal(a, b);
            Create().At(1_000_000 + i, b);
            Assert.Equal(a, b);
        }

        Assert.Equal(1_000_020, skipped.Position);
    }

    [Fact]
    public void Scrambled_coordinates_are_uniform_over_the_seeds_and_below_one()
    {
        var counts = new int[10];
        var point = new double[4];
        for (ulong seed = 0; seed < 3000; seed++)
        {
            new HaltonSequence(4, new RandomGenerator(seed)).At(0, point);
            foreach (var x in point)
            {
                Assert.InRange(x, 0, Math.BitDecrement(1.0));
                counts[(int)(x * 10)]++;
            }
        }

        Assert.All(counts, n => Assert.InRange(n, 1050, 1350));
    }

    [Fact]
    public void Scrambling_breaks_the_correlation_of_large_bases()
    {
        // Dimensions 30 and 31 (bases 113 and 127): the first hundred plain points lie on a line.
        var plain = Math.Abs(Correlation(new HaltonSequence(31), 100));
        var scrambled = Math.Abs(Correlation(new HaltonSequence(31, new RandomGenerator(1)), 100));
        Assert.True(plain > 0.9);
        Assert.True(scrambled < 0.4);

        static double Correlation(HaltonSequence sequence, int count)
        {
            var points = Discrepancy.Points(sequence, count).Chunk(31).Select(p => (X: p[29], Y: p[30])).ToArray();
            double mx = points.Average(p => p.X), my = points.Average(p => p.Y);
            return points.Sum(p => (p.X - mx) * (p.Y - my))
                / Math.Sqrt(points.Sum(p => (p.X - mx) * (p.X - mx)) * points.Sum(p => (p.Y - my) * (p.Y - my)));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Discrepancy_is_far_below_that_of_random_points(bool scrambled)
    {
        var halton = Discrepancy.Points(new HaltonSequence(4, scrambled ? new RandomGenerator(1) : null), 300);
        var random = Discrepancy.RandomPoints(4, 300, new RandomGenerator(2));
        Assert.True(Discrepancy.Centered(halton, 4) < 0.2 * Discrepancy.Centered(random, 4));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new HaltonSequence(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HaltonSequence(HaltonSequence.MaximumDimension + 1));
        var halton = new HaltonSequence(3);
        Assert.Throws<ArgumentException>(() => halton.Next(new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => halton.At(-1, new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => halton.Skip(-1));
        halton.At(long.MaxValue - 1, new double[3]);
    }
}
