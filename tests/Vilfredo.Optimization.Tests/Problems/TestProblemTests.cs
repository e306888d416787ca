using Vilfredo.Indicators;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Problems;

public class TestProblemTests
{
    public static TheoryData<string> Names => [.. TestProblems.All().Select(p => p.Name)];

    public static TheoryData<string> NamesWithFront => [.. TestProblems.All().Where(p => p.HasKnownFront).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(NamesWithFront))]
    public void Points_of_the_front_do_not_dominate_each_other_and_span_from_ideal_to_nadir(string name)
    {
        var problem = TestProblems.Named(name);
        var m = problem.ObjectiveCount;
        var front = problem.SampleFront(400);
        var count = front.Length / m;
        Assert.InRange(count, 15, 400); // MW5 has little more than single points
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
                Assert.False(Dominates(front.AsSpan(i * m, m), front.AsSpan(j * m, m)), $"{i} dominates {j}");
        }

        for (var k = 0; k < m; k++)
        {
            var values = Enumerable.Range(0, count).Select(i => front[i * m + k]).ToArray();
            var range = problem.Nadir[k] - problem.Ideal[k];
            Assert.InRange(values.Min(), problem.Ideal[k] - 1e-9, problem.Ideal[k] + 0.1 * range);
            Assert.InRange(values.Max(), problem.Nadir[k] - 0.1 * range, problem.Nadir[k] + 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(NamesWithFront))]
    public void No_random_point_beats_the_front(string name)
    {
        var problem = TestProblems.Named(name);
        var m = problem.ObjectiveCount;
        var front = problem.SampleFront(300);
        var random = new RandomGenerator(5);
        var x = new double[problem.Space.Count];
        var f = new double[m];
        var g = new double[problem.ConstraintCount];
        for (var i = 0; i < 300; i++)
        {
            problem.Space.Sample(random, x);
            problem.Evaluate(x, 1, f, g);
            if (g.Any(value => value > 0)) continue;
            for (var j = 0; j < front.Length; j += m) Assert.False(Dominates(f, front.AsSpan(j, m)));
        }
    }

    // Decisions on the Pareto set, from the papers: the value must be a point of the front.
    [Theory]
    [InlineData("ZDT1")]
    [InlineData("ZDT2")]
    [InlineData("ZDT4")]
    public void With_all_other_variables_zero_the_front_of_ZDT_is_reached(string name)
    {
        var problem = TestProblems.Named(name);
        for (var first = 0.0; first <= 1; first += 0.125)
        {
            var x = new double[problem.Space.Count];
            x[0] = first;
            var f = Evaluate(problem, x);
            Assert.Equal(first, f[0]);
            Assert.Equal(name == "ZDT2" ? 1 - first * first : 1 - Math.Sqrt(first), f[1], 12);
        }
    }

    [Fact]
    public void ZDT3_values_on_its_pareto_set_lie_on_the_sampled_curve()
    {
        var problem = new Zdt3();
        var front = problem.SampleFront(101);
        for (var i = 0; i < front.Length; i += 2)
        {
            var x = new double[30];
            x[0] = front[i];
            Assert.Equal([front[i], front[i + 1]], Evaluate(problem, x), Close);
        }
    }

    [Fact]
    public void ZDT5_front_is_ten_over_the_number_of_ones_plus_one()
    {
        var problem = new Zdt5();
        Assert.Equal(80, problem.Space.Count);
        var x = Enumerable.Repeat(1.0, 80).ToArray();
        Assert.Equal([31, 10.0 / 31], Evaluate(problem, x));
        x.AsSpan(0, 30).Clear();
        Assert.Equal([1, 10], Evaluate(problem, x));
        x.AsSpan().Clear();
        Assert.Equal([1, 20], Evaluate(problem, x));
        Assert.Equal(62, problem.SampleFront(31).Length);
        Assert.Equal(10, problem.SampleFront(5).Length);
    }

    [Fact]
    public void ZDT6_starts_at_the_published_smallest_value()
    {
        var problem = new Zdt6();
        Assert.Equal(0.2807753191, problem.Ideal[0], 8);
        var x = new double[10];
        x[0] = 1;
        Assert.Equal(1, Evaluate(problem, x)[0], 12);
        for (x[0] = 0; x[0] < 1; x[0] += 0.001) Assert.True(Evaluate(problem, x)[0] >= problem.Ideal[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void DTLZ_fronts_are_a_simplex_or_a_sphere(int number)
    {
        for (var objectives = 2; objectives <= 5; objectives++)
        {
            TestProblem problem = number switch
            {
                1 => new Dtlz1(objectives),
                2 => new Dtlz2(objectives),
                3 => new Dtlz3(objectives),
                _ => new Dtlz4(objectives),
            };
            var random = new RandomGenerator(3);
            var x = Enumerable.Repeat(0.5, problem.Space.Count).ToArray();
            for (var i = 0; i < 20; i++)
            {
                for (var j = 0; j < objectives - 1; j++) x[j] = random.NextDouble();
                var f = Evaluate(problem, x);
                if (number == 1) Assert.Equal(0.5, f.Sum(), 10);
                else Assert.Equal(1, f.Sum(v => v * v), 10);
            }
        }
    }

    [Fact]
    public void DTLZ5_and_6_reach_their_curve_and_DTLZ7_its_parts()
    {
        for (var first = 0.0; first <= 1; first += 0.1)
        {
            var x = Enumerable.Repeat(0.5, 12).ToArray();
            x[0] = first;
            var f = Evaluate(new Dtlz5(), x);
            Assert.Equal(f[0], f[1], 12);
            Assert.Equal(1, f.Sum(v => v * v), 12);

            x = new double[12];
            x[0] = first;
            Assert.Equal(f, Evaluate(new Dtlz6(), x), Close);
        }

        Assert.False(new Dtlz5(4).HasKnownFront);
        Assert.Throws<InvalidOperationException>(() => new Dtlz5(4).SampleFront(10));
        var problem = new Dtlz7();
        var front = problem.SampleFront(50);
        for (var i = 0; i < front.Length; i += 3)
            Assert.Equal(front[i..(i + 3)], Evaluate(problem, [front[i], front[i + 1], .. new double[20]]), Close);
    }

    [Fact]
    public void Hypervolumes_of_dense_fronts_are_the_integrals()
    {
        Assert.Equal(2.0 / 3, Hypervolume.Compute(new Zdt1().SampleFront(20_001), 2, [1, 1]), 3);
        Assert.Equal(1.0 / 3, Hypervolume.Compute(new Zdt2().SampleFront(20_001), 2, [1, 1]), 3);
        Assert.Equal(1 - Math.PI / 6, Hypervolume.Compute(new Dtlz2().SampleFront(20_000), 3, [1, 1, 1]), 0.01);
        Assert.Equal(5.0 / 48, Hypervolume.Compute(new Dtlz1().SampleFront(20_000), 3, [0.5, 0.5, 0.5]), 0.005);
    }

    [Fact]
    public void Constrained_fronts_are_feasible_and_the_published_points()
    {
        Assert.Equal([0, 50, 136, 4], Ends(new Bnh()), Close);
        var srn = new Srn();
        var g = new double[2];
        srn.Evaluate([-2.5, Math.Sqrt(225 - 6.25)], 1, new double[2], g);
        Assert.Equal(0, g[0], 9);
        Assert.True(g[1] <= 0);

        // Ends of TNK: radius sqrt(1.1) is cut by the second constraint; published range about 0.04 to 1.04.
        var tnk = new Tnk();
        Assert.InRange(tnk.Ideal[0], 0.04, 0.05);
        Assert.InRange(tnk.Nadir[1], 1.03, 1.05);

        // Best first objective of OSY: all of x1..x5 at A, x = (5, 1, 5, 0, 5, 0).
        var f = new double[2];
        var osy = new Osy();
        osy.Evaluate([5, 1, 5, 0, 5, 0], 1, f, new double[6]);
        Assert.Equal([-274, 76], f);
        Assert.Equal(-274, osy.Ideal[0], 9);
        Assert.Equal(76, osy.Nadir[1], 9);
    }

    [Fact]
    public void The_constrained_front_of_OSY_satisfies_all_constraints_at_its_published_corners()
    {
        var osy = new Osy();
        var g = new double[6];
        foreach (var x in new double[][] { [5, 1, 1, 0, 5, 0], [5, 1, 5, 0, 1, 0], [4.056, 2.056 / 3, 1, 0, 1, 0], [0, 2, 3.732, 0, 1, 0], [1, 1, 1, 0, 1, 0] })
        {
            osy.Evaluate(x, 1, new double[2], g);
            Assert.All(g, value => Assert.True(value <= 1e-9));
        }
    }

    [Fact]
    public void The_welded_beam_reaches_the_published_cheapest_design()
    {
        // Minimum cost 2.38 at h = 0.2444, l = 6.2187, t = 8.2915, b = 0.2444 (single-objective optimum of the literature).
        var f = new double[2];
        var g = new double[4];
        var beam = new WeldedBeam();
        beam.Evaluate([0.2444, 6.2187, 8.2915, 0.2444], 1, f, g);
        Assert.Equal(2.381, f[0], 2);
        Assert.All(g, value => Assert.InRange(value, -1, 1e-3));
        Assert.False(beam.HasKnownFront);
        Assert.Equal(2.3810, beam.Ideal[0], 3); // the published optimum again, to more digits
    }

    [Fact]
    public void SRN_values_are_those_of_its_formulas()
    {
        var f = new double[2];
        var g = new double[2];
        new Srn().Evaluate([3, 4], 1, f, g);
        Assert.Equal([2 + 1 + 9, 27 - 9], f);
        Assert.Equal([-200, 1], g);
    }

    // Straight from the papers' formulas, without a vector in sight.
    [Theory]
    [MemberData(nameof(Names))]
    public void Values_agree_with_the_formulas_as_printed(string name)
    {
        var problem = TestProblems.Named(name);
        if (!name.StartsWith("ZDT", StringComparison.Ordinal) && !name.StartsWith("DTLZ", StringComparison.Ordinal)) return;
        var random = new RandomGenerator(11);
        var n = problem.Space.Count;
        var x = new double[7 * n];
        var f = new double[7 * problem.ObjectiveCount];
        for (var i = 0; i < 7; i++) problem.Space.Sample(random, x.AsSpan(i * n, n));
        problem.Evaluate(x, 7, f, []);
        for (var i = 0; i < 7; i++)
        {
            var expected = PrintedFormulas.Of(name, x[(i * n)..((i + 1) * n)], problem.ObjectiveCount);
            Assert.Equal(expected, f[(i * problem.ObjectiveCount)..((i + 1) * problem.ObjectiveCount)], Close);
        }
    }

    [Fact]
    public void Wrong_shapes_and_names_are_refused()
    {
        var problem = new Zdt1();
        Assert.Throws<ArgumentException>(() => problem.Evaluate(new double[31], 1, new double[2], []));
        Assert.Throws<ArgumentException>(() => problem.Evaluate(new double[30], 1, new double[3], []));
        Assert.Throws<ArgumentException>(() => problem.Evaluate(new double[30], 1, new double[2], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Zdt1(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dtlz2(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => problem.SampleFront(1));
        Assert.Contains("ZDT1", Assert.Throws<ArgumentException>(() => TestProblems.Named("zdt9")).Message);
        Assert.IsType<WeldedBeam>(TestProblems.Named("weldedbeam"));
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) <= 1e-9 * (1 + Math.Abs(a));

    private static double[] Ends(TestProblem problem) => problem.SampleFront(2);

    private static double[] Evaluate(TestProblem problem, double[] x)
    {
        var f = new double[problem.ObjectiveCount];
        problem.Evaluate(x, 1, f, new double[problem.ConstraintCount]);
        return f;
    }

    private static bool Dominates(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var better = false;
        for (var k = 0; k < a.Length; k++)
        {
            if (a[k] > b[k]) return false;
            better |= a[k] < b[k] - 1e-9;
        }

        return better;
    }
}
