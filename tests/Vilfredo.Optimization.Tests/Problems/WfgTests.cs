using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Problems;

public class WfgTests
{
    // Values of pymoo .'s formulas at z[i] = 2i frac(0.137 i + 0.291 r), r = 1 and 2, with k = 4 and l = 4.
    public static TheoryData<int, int, double[]> KnownValues => new()
    {
        { 1, 2, [2.9517502353880296, 0.9754941647278113, 2.9195166651721385, 0.97726834992235] },
        { 1, 3, [2.918361930818694, 0.9753425592561874, 0.977460371239131, 2.889044719333633, 0.976475433775199, 0.9739797838814095] },
        { 2, 2, [1.4132123762276887, 2.607305149147421, 1.3294459130886773, 3.897844970661638] },
        { 2, 3, [0.8761887725743904, 0.5763616062301957, 6.493056125201772, 0.7980726656229281, 0.921224927875293, 1.7628932125006957] },
        { 3, 2, [1.7690512820512818, 1.968051282051282, 1.657058608058608, 1.6100586080586083] },
        { 3, 3, [1.1334055197435895, 1.2253428066666665, 3.5230512820512825, 1.125397934981685, 1.8233799542124545, 1.5830586080586082] },
        { 4, 2, [1.2819990541883524, 4.034848136882546, 1.7070277756679386, 2.7682555380558163] },
        { 4, 3, [0.6669352740448977, 1.0064010063062159, 6.313213022355135, 1.3250111097372865, 1.7556000208346723, 4.500865898839514] },
        { 5, 2, [2.122839538968699, 2.94947043291681, 1.6339361250277689, 4.3094043207168315] },
        { 5, 3, [1.6065083592247222, 3.6350875514313308, 2.5002040118893003, 1.118645404994471, 2.7433213505746967, 5.796237987509233] },
        { 6, 2, [2.2940163437087118, 3.524374127537832, 2.292277667056507, 1.5222300790430614] },
        { 6, 3, [1.8223022750774458, 2.2523983656922755, 5.547683466705474, 2.0186437846033853, 0.6363996105026057, 3.777157892491923] },
        { 7, 2, [1.51475631491985, 3.937547136224377, 1.747472993598043, 2.9966946871369378] },
        { 7, 3, [0.5697628718831391, 0.5854666386780174, 6.490088850340429, 1.3468687635217833, 1.9912282038297127, 4.656720617560775] },
        { 8, 2, [2.564246827142149, 3.064298388051442, 2.682577565183128, 2.8955790035491997] },
        { 8, 3, [2.202635177342736, 1.8788198803151097, 5.15252216329277, 2.397158709528418, 3.3404539894321417, 2.9041346909795003] },
        { 9, 2, [2.3461083509333838, 2.9107614905481105, 1.875607333922309, 4.096436308151649] },
        { 9, 3, [1.1317670266195268, 1.0167172218243197, 6.5112703354404236, 1.3394184923212622, 2.2164711040500356, 6.0892137316086545] },
    };

    [Theory]
    [MemberData(nameof(KnownValues))]
    public void Values_are_those_of_another_implementation(int number, int objectives, double[] expected)
    {
        var problem = Create(number, objectives, positions: 4, distances: 4);
        var x = new double[16];
        for (var i = 0; i < 16; i++) x[i] = 2 * (i % 8 + 1) * ((0.137 * (i % 8 + 1) + 0.291 * (i / 8 + 1)) % 1);
        var f = new double[2 * objectives];
        problem.Evaluate(x, 2, f, []);
        for (var i = 0; i < f.Length; i++) Assert.Equal(expected[i], f[i], 1e-11);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void With_optimal_distances_WFG4_to_9_reach_the_stretched_sphere(int number)
    {
        var random = new RandomGenerator(2);
        for (var objectives = 2; objectives <= 5; objectives++)
        {
            var problem = Create(number, objectives, null, 6);
            for (var i = 0; i < 20; i++)
                Assert.Equal(1, EvaluateOptimal(problem, random).Select((f, m) => f / (2 * (m + 1))).Sum(h => h * h), 1e-9);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void With_optimal_distances_WFG1_and_2_reach_the_convex_shape(int number)
    {
        var problem = Create(number, 2, null, 6);
        var random = new RandomGenerator(4);
        for (var i = 0; i < 50; i++)
        {
            var f = EvaluateOptimal(problem, random);
            var x = Math.Acos(1 - f[0] / 2) / (Math.PI / 2); // from f1 = 2 (1 - cos(x pi / 2))
            var last = number == 1
                ? 1 - x - Math.Cos(10 * Math.PI * x + Math.PI / 2) / (10 * Math.PI)
                : 1 - x * Math.Pow(Math.Cos(5 * Math.PI * x), 2);
            Assert.Equal(4 * last, f[1], 1e-7);
        }
    }

    [Fact]
    public void The_front_of_WFG3_is_a_line_for_two_objectives_and_not_given_for_more()
    {
        var random = new RandomGenerator(4);
        for (var i = 0; i < 20; i++)
        {
            var f = EvaluateOptimal(Create(3, 2, null, 6), random);
            Assert.Equal(1, f[0] / 2 + f[1] / 4, 1e-12);
        }

        Assert.Equal([0.0, 4, 2, 0], new Wfg3(2).SampleFront(2));
        Assert.False(new Wfg3(3).HasKnownFront);
        Assert.Empty(new Wfg3(4).Nadir.ToArray()); // of three objectives the range is known, see CatalogTests
    }

    // Brute force: what remains of a dense curve after all dominated points are gone.
    [Fact]
    public void The_front_of_WFG2_is_the_non_dominated_part_of_its_curve()
    {
        var front = new Wfg2(2).SampleFront(2_000);
        var lengths = 0.0;
        var best = double.PositiveInfinity;
        const int Dense = 200_000;
        for (var i = 0; i <= Dense; i++)
        {
            var last = 1 - (double)i / Dense * Math.Pow(Math.Cos(5 * Math.PI * i / Dense), 2);
            if (last >= best) continue;
            best = last;
            lengths += 1.0 / Dense;
        }

        // Both as shares of the position: the sampled positions are evenly spaced, so gaps beyond the spacing are not on the front.
        var positions = front.Chunk(2).Select(f => Math.Acos(1 - f[0] / 2) / (Math.PI / 2)).ToArray();
        var sampled = positions.Zip(positions.Skip(1), (a, b) => b - a).Where(step => step < 0.002).Sum();
        Assert.Equal(lengths, sampled, 0.003);
        Assert.Equal(5, positions.Zip(positions.Skip(1), (a, b) => b - a).Count(step => step > 0.05));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void Fronts_in_five_objectives_end_at_twice_the_number_of_the_objective(int number)
    {
        var problem = Create(number, 5, null, 4);
        Assert.Equal([0, 0, 0, 0, 0], problem.Ideal.ToArray());
        Assert.Equal([2, 4, 6, 8, 10], problem.Nadir.ToArray());
        var ends = problem.SampleFront(5);
        for (var m = 0; m < 5; m++) Assert.Equal(2 * (m + 1), ends[6 * m], 1e-12);
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        Assert.Equal(24, new Wfg1().Space.Count);
        Assert.Equal(24, new Wfg1(2).Space.Count);
        Assert.Equal(48, new Wfg4().Space.Variables[23].Upper);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Wfg1(1));
        Assert.Throws<ArgumentException>(() => new Wfg4(3, positions: 3));
        Assert.Throws<ArgumentException>(() => new Wfg2(3, distances: 5));
        Assert.Throws<ArgumentException>(() => new Wfg3(3, distances: 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Wfg4(3, distances: 0));
        Assert.Throws<ArgumentException>(() => new Wfg4().Optimal([0.5]));
        Assert.Throws<ArgumentException>(() => new Wfg4().Optimal([0, 0, 0, 1.5]));
    }

    private static WfgProblem Create(int number, int objectives, int? positions, int distances) => number switch
    {
        1 => new Wfg1(objectives, positions, distances),
        2 => new Wfg2(objectives, positions, distances),
        3 => new Wfg3(objectives, positions, distances),
        4 => new Wfg4(objectives, positions, distances),
        5 => new Wfg5(objectives, positions, distances),
        6 => new Wfg6(objectives, positions, distances),
        7 => new Wfg7(objectives, positions, distances),
        8 => new Wfg8(objectives, positions, distances),
        _ => new Wfg9(objectives, positions, distances),
    };

    private static double[] EvaluateOptimal(WfgProblem problem, RandomGenerator random)
    {
        var positions = new double[problem.PositionCount];
        foreach (ref var position in positions.AsSpan()) position = random.NextDouble();
        var f = new double[problem.ObjectiveCount];
        problem.Evaluate(problem.Optimal(positions), 1, f, []);
        return f;
    }
}
