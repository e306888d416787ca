using Vilfredo.Optimization.Nonsmooth;

namespace Vilfredo.Optimization.Tests.Nonsmooth;

public class NonsmoothDescentTests
{
    public static TheoryData<string, double, double, double> Minima => new()
    {
        { nameof(NonsmoothProblems.Cb3), 1, 1, 2 },
        { nameof(NonsmoothProblems.Dem), 0, -3, -3 },
        { nameof(NonsmoothProblems.Ql), 1.2, 2.4, 7.2 },
        { nameof(NonsmoothProblems.Lq), Math.Sqrt(0.5), Math.Sqrt(0.5), -Math.Sqrt(2) },
        { nameof(NonsmoothProblems.Mifflin1), 1, 0, -1 },
        { nameof(NonsmoothProblems.Mifflin2), 1, 0, -1 },
        { nameof(NonsmoothProblems.Crescent), 0, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Minima))]
    public void One_objective_used_once_or_twice_returns_its_own_minimum(string name, double x1, double x2, double minimum)
    {
        var objective = Problem(name);
        Assert.Equal(minimum, objective.Value([x1, x2]), 1e-12);
        foreach (var count in new[] { 1, 2 })
        {
            var result = NonsmoothDescent.Minimize([.. Enumerable.Repeat(objective, count)], [-1.5, 2]);
            Assert.True(result.Critical);
            Assert.Equal(minimum, result.Values[0], 1e-4);
        }
    }

    [Fact]
    public void All_pairs_of_the_classical_functions_become_critical_within_2_000_evaluations()
    {
        string[] names = [.. Minima.Select(row => row.Data.Item1)];
        var random = new RandomGenerator(11);
        for (var i = 0; i < names.Length; i++)
        {
            for (var j = i; j < names.Length; j++)
            {
                ILipschitzObjective[] pair = [Problem(names[i]), Problem(names[j])];
                for (var start = 0; start < 20; start++)
                {
                    double[] x = start == 0 ? [-1.5, 2] : [random.NextDouble(-6, 6), random.NextDouble(-6, 6)];
                    var result = NonsmoothDescent.Minimize(pair, x);
                    var run = $"{names[i]} and {names[j]} from {x[0]}, {x[1]}: {result}";
                    Assert.True(result.Critical && result.Norm <= 1e-5, run);
                    Assert.True(result.Evaluations <= 2_000 && result.Subgradients <= 2_000, run);
                    for (var k = 0; k < 2; k++) Assert.True(result.Values[k] <= pair[k].Value(x), run);
                }
            }
        }
    }

    [Theory]
    [InlineData(nameof(NonsmoothProblems.Cb3), nameof(NonsmoothProblems.Lq), 2, 3, 0.9, 11)]
    [InlineData(nameof(NonsmoothProblems.Cb3), nameof(NonsmoothProblems.Lq), 1, 0, 0.9, 5)]
    [InlineData(nameof(NonsmoothProblems.Ql), nameof(NonsmoothProblems.Ql), -2, 2, 0.05, 11)]
    public void Levels_near_rounding_end_and_do_not_wander(string one, string other, double x1, double x2, double sufficient, int levels)
    {
        // Their least combinations are far below the longest subgradient, and their falls below the rounding of the values.
        var options = new NonsmoothDescentOptions
        {
            Sufficient = sufficient,
            Levels = [.. Enumerable.Range(1, levels).Select(k => new CriticalityLevel(Math.Pow(10, -k), Math.Pow(10, -k)))],
        };
        var result = NonsmoothDescent.Minimize([Problem(one), Problem(other)], [x1, x2], options);
        Assert.InRange(result.Evaluations, 1, 3_000);
        Assert.True(result.Norm < 1e-5, $"{result}");
    }

    [Theory]
    [MemberData(nameof(Minima))]
    public void Subgradients_are_the_gradients_where_the_function_is_smooth(string name, double x1, double x2, double minimum)
    {
        var objective = Problem(name);
        double[] x = [x1 + 0.731, x2 - 0.417];
        Assert.True(objective.Value(x) > minimum);
        var gradient = new double[2];
        objective.Subgradient(x, gradient);
        for (var j = 0; j < 2; j++)
        {
            var (up, down) = (x.ToArray(), x.ToArray());
            up[j] += 1e-6;
            down[j] -= 1e-6;
            Assert.Equal((objective.Value(up) - objective.Value(down)) / 2e-6, gradient[j], 1e-5 * Math.Max(1, Math.Abs(gradient[j])));
        }
    }

    [Fact]
    public void The_largest_coordinate_is_minimised_without_endless_zigzag()
    {
        var largest = new MaximumOfSmooth(
            (x => x[0], _ => [1, 0]),
            (x => -x[0], _ => [-1, 0]),
            (x => x[1], _ => [0, 1]),
            (x => -x[1], _ => [0, -1]));
        var result = NonsmoothDescent.Minimize([largest], [1, 0.999]);
        Assert.True(result.Critical);
        Assert.True(result.Steps < 100, $"{result.Steps} steps");
        Assert.True(result.Values[0] < 1e-4);
    }

    [Fact]
    public void Distances_in_the_sum_norm_end_between_their_centres()
    {
        // The Pareto-critical set of |x - a|_1 and |x - b|_1 is the box between a and b.
        static ILipschitzObjective Distance(double a1, double a2) => new MaximumOfSmooth(
            [.. from s in new[] { -1.0, 1 } from t in new[] { -1.0, 1 }
                select ((Func<double[], double>)(x => s * (x[0] - a1) + t * (x[1] - a2)), (Func<double[], double[]>)(_ => [s, t]))]);
        foreach (double[] start in new double[][] { [3, 4], [-2, 0.5], [0.3, -5], [-1, -1] })
        {
            var result = NonsmoothDescent.Minimize([Distance(0, 0), Distance(1, 2)], start);
            Assert.True(result.Critical);
            Assert.InRange(result.Point[0], -1e-4, 1 + 1e-4);
            Assert.InRange(result.Point[1], -1e-4, 2 + 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Minima))]
    public void Gradient_sampling_finds_the_minima_too(string name, double x1, double x2, double minimum)
    {
        var objective = Problem(name);
        var options = new NonsmoothDescentOptions { Bisection = false, Samples = 8, Levels = [.. Enumerable.Range(1, 4).Select(k => new CriticalityLevel(Math.Pow(10, -k), Math.Pow(10, -k)))] };
        var result = NonsmoothDescent.Minimize([objective, objective], [-1.5, 2], options, new RandomGenerator(3));
        Assert.True(result.Critical);
        Assert.Equal(minimum, result.Values[0], 1e-3);
        Assert.True(Math.Sqrt(Math.Pow(result.Point[0] - x1, 2) + Math.Pow(result.Point[1] - x2, 2)) < 0.05);
        var again = NonsmoothDescent.Minimize([objective, objective], [-1.5, 2], options, new RandomGenerator(3));
        Assert.Equal(result.Point, again.Point);
    }

    [Fact]
    public void Remembered_subgradients_and_samples_save_evaluations_of_the_same_minimum()
    {
        var plain = Run(new NonsmoothDescentOptions());
        var memory = Run(new NonsmoothDescentOptions { Memory = 50 });
        var sampled = Run(new NonsmoothDescentOptions { Samples = 2 });
        Assert.True(memory < plain, $"{memory} with memory, {plain} without");
        Assert.True(sampled < plain, $"{sampled} with samples, {plain} without");

        static long Run(NonsmoothDescentOptions options)
        {
            var (evaluations, random) = (0L, new RandomGenerator(4));
            for (var start = 0; start < 50; start++)
            {
                var result = NonsmoothDescent.Minimize([NonsmoothProblems.Ql], [random.NextDouble(-5, 5), random.NextDouble(-5, 5)], options, random.Split());
                Assert.True(result.Critical);
                Assert.Equal(7.2, result.Values[0], 1e-3);
                evaluations += result.Evaluations;
            }

            return evaluations;
        }
    }

    [Theory]
    [InlineData(1, 1, 0.5)]
    [InlineData(1, 4, 2.0 / 3)]
    [InlineData(9, 1, 0.25)]
    public void The_largest_weighted_distance_from_the_best_values_is_least_where_the_distances_agree(double w1, double w2, double x1)
    {
        // w1 x^2 = w2 (1 - x)^2 on the segment between the centres.
        ILipschitzObjective[] bowls = [.. new[] { 0.0, 1 }.Select(centre => new MaximumOfSmooth((x => (x[0] - centre) * (x[0] - centre) + x[1] * x[1], x => [2 * (x[0] - centre), 2 * x[1]])))];
        var result = NonsmoothDescent.Minimize([new TchebycheffObjective(bowls, [w1, w2], [0, 0])], [2, -1.5]);
        Assert.True(result.Critical);
        Assert.Equal(x1, result.Point[0], 1e-3);
        Assert.Equal(0, result.Point[1], 1e-3);
        Assert.Throws<ArgumentException>(() => new TchebycheffObjective(bowls, [1, 0], [0, 0]));
        Assert.Throws<ArgumentException>(() => new TchebycheffObjective(bowls, [1], [0, 0]));
    }

    [Fact]
    public void A_point_of_the_segment_between_two_centres_is_critical_at_once()
    {
        static ILipschitzObjective Bowl(double centre) =>
            new MaximumOfSmooth((x => (x[0] - centre) * (x[0] - centre) + x[1] * x[1], x => [2 * (x[0] - centre), 2 * x[1]]));
        var result = NonsmoothDescent.Minimize([Bowl(-1), Bowl(1)], [0.25, 0]);
        Assert.True(result.Critical);
        Assert.Equal(0, result.Steps);
        Assert.Equal([0.25, 0], result.Point);
    }

    [Fact]
    public void Settings_out_of_range_and_missing_objectives_are_refused()
    {
        Assert.Throws<ArgumentException>(() => NonsmoothDescent.Minimize([], [1]));
        Assert.Throws<ArgumentException>(() => NonsmoothDescent.Minimize([NonsmoothProblems.Lq], []));
        Assert.Throws<ArgumentException>(() => NonsmoothDescent.Minimize([NonsmoothProblems.Lq], [double.NaN, 0]));
        Assert.Throws<ArgumentException>(() => NonsmoothDescent.Minimize([NonsmoothProblems.Lq], [1, 1], new NonsmoothDescentOptions { Sufficient = 1 }));
        Assert.Throws<ArgumentException>(() => NonsmoothDescent.Minimize([NonsmoothProblems.Lq], [1, 1], new NonsmoothDescentOptions { Levels = [] }));
        Assert.Throws<ArgumentException>(() => NonsmoothDescent.Minimize([NonsmoothProblems.Lq], [1, 1], new NonsmoothDescentOptions { Samples = 3 }));
        Assert.Throws<ArgumentException>(() => NonsmoothDescent.Minimize([NonsmoothProblems.Lq], [1, 1], new NonsmoothDescentOptions { Bisection = false }));
        Assert.Throws<ArgumentException>(() => new MaximumOfSmooth());
    }

    private static ILipschitzObjective Problem(string name) => name switch
    {
        nameof(NonsmoothProblems.Cb3) => NonsmoothProblems.Cb3,
        nameof(NonsmoothProblems.Dem) => NonsmoothProblems.Dem,
        nameof(NonsmoothProblems.Ql) => NonsmoothProblems.Ql,
        nameof(NonsmoothProblems.Lq) => NonsmoothProblems.Lq,
        nameof(NonsmoothProblems.Mifflin1) => NonsmoothProblems.Mifflin1,
        nameof(NonsmoothProblems.Mifflin2) => NonsmoothProblems.Mifflin2,
        _ => NonsmoothProblems.Crescent,
    };
}
