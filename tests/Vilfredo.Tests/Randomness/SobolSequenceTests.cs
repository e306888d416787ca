namespace Vilfredo.Tests.Randomness;

public class SobolSequenceTests
{
    [Fact]
    public void First_points_are_the_published_ones()
    {
        var sobol = new SobolSequence(3);
        double[][] expected =
        [
            [0, 0, 0], [0.5, 0.5, 0.5], [0.75, 0.25, 0.25], [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625], [0.875, 0.875, 0.125], [0.625, 0.125, 0.875], [0.125, 0.625, 0.375],
        ];
        var point = new double[3];
        foreach (var row in expected)
        {
            sobol.Next(point);
            Assert.Equal(row, point);
        }
    }

    [Theory]
    [InlineData(5, new[] { 0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375 })]
    [InlineData(17, new[] { 0.59375, 0.96875, 0.96875, 0.15625, 0.78125, 0.46875, 0.03125, 0.34375 })]
    [InlineData(31, new[] { 0.03125, 0.53125, 0.90625, 0.96875, 0.96875, 0.78125, 0.34375, 0.53125 })]
    public void Eight_dimensions_agree_with_scipy(long index, double[] expected)
    {
        var point = new double[8];
        new SobolSequence(8).At(index, point);
        Assert.Equal(expected, point);
    }

    [Fact]
    public void High_dimensions_agree_with_scipy()
    {
        var sobol = new SobolSequence(SobolSequence.MaximumDimension);
        var point = new double[sobol.Dimension];
        sobol.At(1000, point);
        Assert.Equal([0.2001953125, 0.1416015625, 0.7958984375, 0.0830078125], new[] { point[999], point[4999], point[12345], point[21200] });

        double sum = 0;
        for (var i = 0; i < 1024; i++)
        {
            sobol.Next(point);
            sum += point.Sum();
        }

        Assert.Equal(10_844_311.5, sum);
    }

    [Fact]
    public void The_table_holds_primitive_polynomials_and_odd_numbers()
    {
        var table = new JoeKuoDirectionNumbers();
        var seen = new HashSet<(int, uint)>();
        for (var dimension = 2; dimension <= 1111; dimension++)
        {
            table.MoveNext();
            Assert.True(seen.Add((table.Degree, table.Coefficients)));
            Assert.True(IsPrimitive(table.Degree, table.Coefficients), $"dimension {dimension}");
            for (var i = 0; i < table.Degree; i++)
            {
                Assert.Equal(1u, table.Initial[i] & 1);
                Assert.True(table.Initial[i] < 2u << i);
            }
        }

        Assert.Equal(13, table.Degree);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_axis_has_one_point_in_each_interval(bool scrambled)
    {
        const int dimension = 200, count = 256;
        var sobol = new SobolSequence(dimension, scrambled ? new RandomGenerator(5) : null);
        var seen = new bool[dimension, count];
        var point = new double[dimension];
        for (var i = 0; i < count; i++)
        {
            sobol.Next(point);
            for (var j = 0; j < dimension; j++)
            {
                var interval = (int)(point[j] * count);
                Assert.False(seen[j, interval]);
                seen[j, interval] = true;
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_first_two_dimensions_are_a_net_with_one_point_per_elementary_box(bool scrambled)
    {
        var sobol = new SobolSequence(2, scrambled ? new RandomGenerator(6) : null);
        AssertNet(sobol, 0, 1, logCount: 8, quality: 0);
    }

    [Fact]
    public void Neighbouring_dimensions_are_nets_of_low_quality_parameter()
    {
        for (var first = 1; first < 9; first++) AssertNet(new SobolSequence(10), first, first + 1, logCount: 10, quality: 5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_point_depends_on_its_index_only(bool scrambled)
    {
        SobolSequence Create() => new(7, scrambled ? new RandomGenerator(11) : null);
        var stepping = Create();
        var jumping = Create();
        var skipped = Create();
        skipped.Skip(50);
        double[] a = new double[7], b = new double[7];
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(i, stepping.Position);
            stepping.Next(a);
            jumping.At(i, b);
            Assert.Equal(a, b);
            if (i < 50) continue;
            skipped.Next(b);
            Assert.Equal(a, b);
        }

        skipped.Skip(-200);
        skipped.Next(a);
        jumping.At(0, b);
        Assert.Equal(b, a);
    }

    [Fact]
    public void Scrambling_is_seeded_and_keeps_points_in_the_unit_cube()
    {
        double[] a = new double[5], b = new double[5], c = new double[5];
        for (ulong seed = 0; seed < 200; seed++)
        {
            new SobolSequence(5, new RandomGenerator(seed)).At(3, a);
            new SobolSequence(5, new RandomGenerator(seed)).At(3, b);
            new SobolSequence(5, new RandomGenerator(seed + 1)).At(3, c);
            Assert.Equal(a, b);
            Assert.NotEqual(a, c);
            Assert.All(a, x => Assert.InRange(x, 0, Math.BitDecrement(1.0)));
        }
    }

    [Fact]
    public void A_scrambled_point_is_uniform_over_the_seeds()
    {
        var counts = new int[10];
        var point = new double[3];
        for (ulong seed = 0; seed < 5000; seed++)
        {
            new SobolSequence(3, new RandomGenerator(seed)).At(0, point);
            foreach (var x in point) counts[(int)(x * 10)]++;
        }

        Assert.All(counts, n => Assert.InRange(n, 1350, 1650));
    }

    [Fact]
    public void Discrepancy_is_far_below_that_of_random_points()
    {
        const int dimension = 4, count = 256;
        var sobol = Discrepancy.Points(new SobolSequence(dimension), count);
        var scrambled = Discrepancy.Points(new SobolSequence(dimension, new RandomGenerator(1)), count);
        var random = Discrepancy.RandomPoints(dimension, count, new RandomGenerator(2));

        // The value of the plain sequence is that of scipy.stats.qmc.discrepancy.
        Assert.Equal(0.00012570491511532111, Discrepancy.Centered(sobol, dimension), 1e-15);
        Assert.True(Discrepancy.Centered(sobol, dimension) < 0.1 * Discrepancy.Centered(random, dimension));
        Assert.True(Discrepancy.Centered(scrambled, dimension) < 0.1 * Discrepancy.Centered(random, dimension));
    }

    [Fact]
    public void Scrambled_means_converge_faster_than_random_ones()
    {
        // Mean of the product of 2 x_j over five axes is 1; the root mean square error over 30 seeds.
        double sobol = 0, random = 0;
        for (ulong seed = 0; seed < 30; seed++)
        {
            sobol += Square(Mean(Discrepancy.Points(new SobolSequence(5, new RandomGenerator(seed)), 1024)) - 1);
            random += Square(Mean(Discrepancy.RandomPoints(5, 1024, new RandomGenerator(seed))) - 1);
        }

        Assert.True(Math.Sqrt(sobol) < 0.2 * Math.Sqrt(random));

        static double Square(double x) => x * x;
        static double Mean(double[] points) => points.Chunk(5).Average(p => p.Aggregate(1.0, (product, x) => product * 2 * x));
    }

    [Fact]
    public void The_last_points_can_be_reached_and_not_passed()
    {
        var sobol = new SobolSequence(2);
        sobol.Skip(SobolSequence.Length - 1);
        var point = new double[2];
        sobol.Next(point);
        Assert.All(point, x => Assert.InRange(x, 0, Math.BitDecrement(1.0)));
        Assert.Throws<InvalidOperationException>(() => sobol.Next(point));
        Assert.Throws<ArgumentOutOfRangeException>(() => sobol.Skip(1));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SobolSequence(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SobolSequence(SobolSequence.MaximumDimension + 1));
        var sobol = new SobolSequence(3);
        Assert.Throws<ArgumentException>(() => sobol.Next(new double[2]));
        Assert.Throws<ArgumentException>(() => sobol.At(0, new double[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sobol.At(-1, new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sobol.At(SobolSequence.Length, new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sobol.Skip(-1));
    }

    // A (t, m, 2)-net in base 2: every box of 2^-k by 2^-(m-t-k) holds 2^t of the 2^m points.
    private static void AssertNet(SobolSequence sobol, int x, int y, int logCount, int quality)
    {
        var points = Discrepancy.Points(sobol, 1 << logCount);
        var boxes = logCount - quality;
        for (var k = 0; k <= boxes; k++)
        {
            var counts = new int[1 << boxes];
            for (var i = 0; i < 1 << logCount; i++)
            {
                var column = (int)(points[i * sobol.Dimension + x] * (1 << k));
                var row = (int)(points[i * sobol.Dimension + y] * (1 << (boxes - k)));
                counts[(column << (boxes - k)) + row]++;
            }

            Assert.All(counts, n => Assert.Equal(1 << quality, n));
        }
    }

    // x generates the multiplicative group of the field when its order is exactly 2^s - 1.
    private static bool IsPrimitive(int degree, uint coefficients)
    {
        var polynomial = 1u << degree | coefficients << 1 | 1;
        if (degree == 1) return polynomial == 3;
        var order = 0;
        var element = 1u;
        do
        {
            element <<= 1;
            if ((element >> degree & 1) != 0) element ^= polynomial;
            order++;
        }
        while (element != 1 && order < 1 << degree);
        return order == (1 << degree) - 1;
    }
}
