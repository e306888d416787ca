using System.Globalization;
using CsCheck;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.Problems;

/// <summary>The functions of BBOB and the pairs of bbob-biobj, against values of the COCO platform.</summary>
public class BbobTests
{
    public static TheoryData<int> Functions => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_have_the_values_of_the_platform(int number)
    {
        var checkedValues = 0;
        foreach (var (key, values) in Lines('f'))
        {
            if (key[0] != number) continue;
            var x = key[2..];
            var function = new BbobFunction(number, x.Length, (int)key[1]);
            Assert.Equal(values[0], function.Evaluate(x), 1e-9 * (1 + Math.Abs(values[0])));
            checkedValues++;
        }

        Assert.Equal(8, checkedValues);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_optimum_has_the_optimums_value_and_nothing_is_below(int number)
    {
        foreach (var instance in new[] { 1, 4, 17 })
        {
            var function = new BbobFunction(number, 4, instance);
            double[] best = [.. function.Optimum];
            Assert.Equal(function.OptimumValue, function.Evaluate(best), 1e-7);
            Assert.All(best, value => Assert.InRange(value, -5, 5));
            Gen.Double[-7, 7].Array[4].Sample(x => function.Evaluate(x) >= function.OptimumValue - 1e-9, iter: 200);
            // Nor near the optimum.
            Gen.Double[-0.01, 0.01].Array[4].Sample(step => function.Evaluate([.. best.Zip(step, (b, s) => b + s)]) >= function.OptimumValue - 1e-7, iter: 200);
        }
    }

    [Fact]
    public void Pairs_have_the_ideal_and_nadir_points_of_the_platform()
    {
        var pairs = Lines('p').ToArray();
        Assert.Equal(BbobPair.PairCount, pairs.Length);
        foreach (var (key, values) in pairs)
        {
            var problem = new BbobPair((int)key[0], (int)key[2], (int)key[1]);
            double[] actual = [.. problem.Ideal, .. problem.Nadir];
            for (var i = 0; i < 4; i++) Assert.Equal(values[i], actual[i], 1e-8 * (1 + Math.Abs(values[i])));
        }
    }

    [Fact]
    public void Pairs_go_through_ten_functions_in_order()
    {
        (int, int) Of(int pair) => (new BbobPair(pair, 2).First.Number, new BbobPair(pair, 2).Second.Number);
        Assert.Equal([(1, 1), (1, 2), (1, 21), (2, 2), (20, 21), (21, 21)], [Of(1), Of(2), Of(10), Of(11), Of(54), Of(55)]);
        Assert.Equal(55, Enumerable.Range(1, 55).Select(Of).Distinct().Count());
    }

    [Fact]
    public void Two_spheres_have_the_line_between_their_optima_as_Pareto_set()
    {
        var problem = new BbobPair(1, 3);
        Assert.True(problem.HasKnownFront);
        // In values above the optima the front is sqrt(a) + sqrt(b) = the distance of the optima.
        var distance = Math.Sqrt(problem.First.Optimum.Zip(problem.Second.Optimum, (a, b) => (a - b) * (a - b)).Sum());
        foreach (var point in problem.SampleFront(21).Chunk(2))
            Assert.Equal(distance, Math.Sqrt(point[0] - problem.Ideal[0]) + Math.Sqrt(point[1] - problem.Ideal[1]), 1e-9);
        Assert.False(new BbobPair(2, 3).HasKnownFront);
    }

    [Fact]
    public void The_same_numbers_give_the_same_function_and_other_instances_others()
    {
        double[] x = [1, 2];
        Assert.Equal(new BbobFunction(15, 2, 3).Evaluate(x), new BbobFunction(15, 2, 3).Evaluate(x));
        Assert.NotEqual(new BbobFunction(15, 2, 3).Evaluate(x), new BbobFunction(15, 2, 4).Evaluate(x));
        Assert.Equal("BBOB-biobj7", TestProblems.Named("bbob-biobj7").Name);
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BbobFunction(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BbobFunction(25, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BbobFunction(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BbobFunction(1, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BbobFunction(1, 2).Evaluate([1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BbobPair(56));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BbobPair(1, instance: 16));
    }

    // Lines of numbers after a letter, with a bar between what they are of and what was computed.
    private static IEnumerable<(double[] Key, double[] Values)> Lines(char letter)
    {
        using var reader = new StreamReader(typeof(BbobTests).Assembly.GetManifestResourceStream("bbob-values.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line[0] != letter) continue;
            var parts = line[1..].Split('|');
            yield return (Numbers(parts[0]), Numbers(parts[1]));
        }
    }

    private static double[] Numbers(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
}
