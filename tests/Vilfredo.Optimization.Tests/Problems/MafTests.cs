using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Problems;

public class MafTests
{
    // All distance variables at 1/2 (g = 0), and the first of them at 0 (g = 1/4): positions 1/4 and 1/2.
    [Fact]
    public void MaF1_is_the_simplex_turned_round()
    {
        Assert.Equal([0.875, 0.875, 0.25], Evaluate(new Maf1(), 0.5)); // simplex 1/8, 1/8, 3/4
        Assert.Equal([1.25 * 0.875, 1.25 * 0.875, 1.25 * 0.25], Evaluate(new Maf1(), 0));
        foreach (var point in new Maf1(5).SampleFront(50).Chunk(5)) Assert.Equal(4, point.Sum(), 1e-12);
    }

    [Fact]
    public void MaF2_has_a_distance_for_each_objective()
    {
        // Angles (1/8 + 1/4) and (1/4 + 1/4) of a quarter turn; the first three of ten distance variables are the first objective's.
        var (first, second) = (0.375 * Math.PI / 2, 0.5 * Math.PI / 2);
        double[] middle = [Math.Cos(first) * Math.Cos(second), Math.Cos(first) * Math.Sin(second), Math.Sin(first)];
        Near(middle, Evaluate(new Maf2(), 0.5));
        Near([middle[0] * (1 + 1 / 16.0), middle[1], middle[2]], Evaluate(new Maf2(), 0));
        foreach (var point in new Maf2(5).SampleFront(50).Chunk(5)) Assert.Equal(1, point.Sum(f => f * f), 1e-12);
    }

    [Fact]
    public void MaF3_to_5_bend_and_scale_DTLZ()
    {
        // The sphere at an eighth and a quarter of a half turn; a distance variable at 0 instead of 1/2 adds 100 (1/4 + 1 - cos(-10 pi)) = 25 to DTLZ3.
        double[] sphere = [Math.Cos(Math.PI / 8) * Math.Sqrt(0.5), Math.Cos(Math.PI / 8) * Math.Sqrt(0.5), Math.Sin(Math.PI / 8)];
        Near([Math.Pow(sphere[0], 4), Math.Pow(sphere[1], 4), Math.Pow(sphere[2], 2)], Evaluate(new Maf3(), 0.5));
        Near([Math.Pow(26 * sphere[0], 4), Math.Pow(26 * sphere[1], 4), Math.Pow(26 * sphere[2], 2)], Evaluate(new Maf3(), 0));
        Near([2 * (1 - sphere[0]), 4 * (1 - sphere[1]), 8 * (1 - sphere[2])], Evaluate(new Maf4(), 0.5));
        Near([52 * (1 - sphere[0]), 104 * (1 - sphere[1]), 208 * (1 - sphere[2])], Evaluate(new Maf4(), 0));
        Assert.Equal([2.0, 4, 8], new Maf4().Nadir.ToArray());
        Assert.Equal([8.0, 4, 2], new Maf5().Nadir.ToArray());
        Near([8, 0, 0], Evaluate(new Maf5(), 0.5)); // 1/4 and 1/2 to the hundredth power are as good as 0
        Near([10, 0, 0], Evaluate(new Maf5(), 0));
    }

    [Fact]
    public void MaF6_is_a_curve_for_any_number_of_objectives()
    {
        var f = Evaluate(new Maf6(), 0.5);
        Assert.Equal(f[0], f[1], 1e-12);
        Assert.Equal(1, f.Sum(value => value * value), 1e-12);
        Assert.Equal(26 * 26, Evaluate(new Maf6(), 0).Sum(value => value * value), 1e-9);
        foreach (var point in new Maf6(6).SampleFront(20).Chunk(6)) Assert.Equal(1, point.Sum(value => value * value), 1e-12);
    }

    [Fact]
    public void MaF8_measures_distances_from_the_corners_of_a_polygon()
    {
        var f = new double[4];
        new Maf8(4).Evaluate([1, 0], 1, f, []); // the corner of the first objective
        Near([0, Math.Sqrt(2), 2, Math.Sqrt(2)], f);
        new Maf8(4).Evaluate([0, 0], 1, f, []);
        Near([1, 1, 1, 1], f);
        Assert.Equal(Math.Sqrt(3), new Maf8(3).Nadir[0], 1e-12); // the side of the triangle
        Assert.Throws<ArgumentOutOfRangeException>(() => new Maf8(2));
    }

    [Fact]
    public void MaF9_measures_distances_from_the_sides_of_a_polygon()
    {
        var f = new double[4];
        new Maf9(4).Evaluate([0, 0], 1, f, []); // half a side of the square from each
        Near([Math.Sqrt(0.5), Math.Sqrt(0.5), Math.Sqrt(0.5), Math.Sqrt(0.5)], f);
        new Maf9(4).Evaluate([1, 0], 1, f, []); // the first corner, on the sides that meet there
        Near([0, Math.Sqrt(2), Math.Sqrt(2), 0], f);
        Assert.Equal(1.5, new Maf9(3).Nadir[0], 1e-12); // the height of the triangle
        Assert.Null(new Maf9(4).Space.Filter);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Maf9(2));
        foreach (var point in new Maf9(3).SampleFront(40).Chunk(3)) Assert.Equal(1.5, point.Sum(), 1e-12); // Viviani
    }

    // Beyond the polygon nothing is optimal but in the mirrored polygons, which therefore are left out.
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Outside_the_polygon_MaF9_leaves_only_points_that_the_front_dominates(int objectives)
    {
        const double Spacing = 0.06; // of the sampled points, at most
        var problem = new Maf9(objectives);
        var front = problem.SampleFront(4_000).Chunk(objectives).ToArray();
        var random = new RandomGenerator(9);
        var (f, excludedAndOptimal) = (new double[objectives], 0);
        for (var i = 0; i < 1_000; i++)
        {
            double[] x = [random.NextDouble(-8, 8), random.NextDouble(-8, 8)];
            if (x[0] * x[0] + x[1] * x[1] < 1.5) continue;
            problem.Evaluate(x, 1, f, []);
            var dominated = Array.Exists(front, point => point.Zip(f).All(pair => pair.First <= pair.Second + Spacing));
            if (problem.Space.Satisfies(x)) Assert.True(dominated, $"{x[0]} {x[1]}");
            else if (!dominated) excludedAndOptimal++;
        }

        Assert.True(excludedAndOptimal > 0);
    }

    [Fact]
    public void MaF7_and_10_to_12_are_earlier_problems()
    {
        foreach (var (maf, original) in new (TestProblem, TestProblem)[]
        {
            (new Maf7(4), new Dtlz7(4)), (new Maf10(4), new Wfg1(4, 3, 10)), (new Maf11(4), new Wfg2(4, 3, 10)), (new Maf12(4), new Wfg9(4, 3, 10)),
        })
        {
            var x = new double[maf.Space.Count];
            var (f, expected) = (new double[4], new double[4]);
            maf.Space.Sample(new RandomGenerator(1), x);
            maf.Evaluate(x, 1, f, []);
            original.Evaluate(x, 1, expected, []);
            Assert.Equal(expected, f);
            Assert.Equal(original.Nadir.ToArray(), maf.Nadir.ToArray());
        }
    }

    // From the formulas written with NumPy, where variable i (from 1) is at the share frac(0.137 i + 0.291) of its range.
    [Fact]
    public void MaF13_to_15_have_the_values_of_their_formulas()
    {
        Near([11.695903056948879, 12.106981060203433, 7.922329359711985, 68638082758.98209], AtShares(new Maf13(4)));
        Near([6.490901340652804, 23208.851654033722, 38.018164896295836], AtShares(new Maf14()));
        Near([21.98503483615811, 17.040703183803707, 0.42608964131118593], AtShares(new Maf15()));

        // On the Pareto set of MaF13 its variables lie on the wave.
        var f = new double[3];
        double[] x = [0.3, 0.6, 0, 0, 0];
        for (var i = 3; i <= 5; i++) x[i - 1] = 2 * x[1] * Math.Sin(2 * Math.PI * x[0] + i * Math.PI / 5);
        new Maf13().Evaluate(x, 1, f, []);
        Assert.Equal(1, f.Sum(value => value * value), 1e-12);

        // At 0 throughout, the distances of MaF15 are 0.
        var origin = new double[3];
        new Maf15().Evaluate(new double[60], 1, origin, []);
        Assert.Equal([0.0, 1, 1], origin);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Maf13(2));
    }

    private static double[] AtShares(TestProblem problem)
    {
        var x = new double[problem.Space.Count];
        for (var i = 0; i < x.Length; i++) x[i] = (0.137 * (i + 1) + 0.291) % 1;
        problem.Space.FromUnit(x, x);
        var f = new double[problem.ObjectiveCount];
        problem.Evaluate(x, 1, f, []);
        return f;
    }

    private static void Near(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-8 * (1 + Math.Abs(expected[i])));
    }

    private static double[] Evaluate(TestProblem problem, double firstDistance)
    {
        var x = new double[problem.Space.Count];
        x.AsSpan().Fill(0.5);
        (x[0], x[1], x[2]) = (0.25, 0.5, firstDistance);
        var f = new double[problem.ObjectiveCount];
        problem.Evaluate(x, 1, f, []);
        return f;
    }
}
