using Vilfredo.Attainment;

namespace Vilfredo.Tests.Attainment;

public class AttainmentTests
{
    private const int Grid = 6;

    // Runs of 0 to 8 points on an integer grid: full of ties, duplicates and dominated points.
    private static double[][] GridRuns(int runs, int objectives, RandomGenerator random) =>
        [.. Enumerable.Range(0, runs).Select(_ =>
            Enumerable.Range(0, random.NextInt32(9) * objectives).Select(_ => (double)random.NextInt32(Grid)).ToArray())];

    private static IEnumerable<double[]> Goals(int objectives)
    {
        var total = (int)Math.Pow(Grid, objectives);
        for (var code = 0; code < total; code++)
            yield return [.. Enumerable.Range(0, objectives).Select(j => (double)(code / (int)Math.Pow(Grid, j) % Grid))];
    }

    private static int Reached(double[][] runs, double[] goal) =>
        runs.Count(r => r.Chunk(goal.Length).Any(p => Covers(p, goal)));

    private static bool Covers(double[] a, double[] b) => a.Zip(b).All(p => p.First <= p.Second);

    [Fact]
    public void Surfaces_of_two_runs_are_the_union_and_the_intersection_of_their_regions()
    {
        var function = new AttainmentFunction([[1, 3, 3, 1], [2, 2]], 2);
        Assert.Equal([1, 3, 2, 2, 3, 1], function.Surfaces[0].Vertices.ToArray());
        Assert.Equal([2, 3, 3, 2], function.Surfaces[1].Vertices.ToArray());
        Assert.Equal(0.5, function.ProbabilityAt([2, 2]));
        Assert.Equal(1, function.ProbabilityAt([3, 2]));
        Assert.Equal(0, function.ProbabilityAt([1, 2]));
    }

    [Theory]
    [InlineData(2, 300)]
    [InlineData(3, 300)]
    public void Surfaces_agree_with_brute_force_on_grids_with_ties(int objectives, int cases)
    {
        var random = new RandomGenerator(41, (ulong)objectives);
        for (var i = 0; i < cases; i++)
        {
            var runs = GridRuns(1 + random.NextInt32(6), objectives, random);
            var function = new AttainmentFunction(runs, objectives);
            Assert.Equal(runs.Length, function.Surfaces.Count);
            var goals = Goals(objectives).ToArray();
            var counts = goals.Select(g => Reached(runs, g)).ToArray();
            for (var level = 1; level <= runs.Length; level++)
            {
                var region = goals.Where((_, g) => counts[g] >= level).ToArray();
                var corners = region.Where(g => !region.Any(h => h != g && Covers(h, g)))
                    .OrderBy(g => g[0]).ThenBy(g => g[1]).ThenBy(g => g[^1]);
                var surface = function.Surfaces[level - 1];
                Assert.Equal(corners.SelectMany(g => g), surface.Vertices.ToArray());
                Assert.Equal(level, surface.Level);
                Assert.All(goals.Zip(counts), g => Assert.Equal(g.Second >= level, surface.Attains(g.First)));
            }

            Assert.All(goals.Zip(counts), g => Assert.Equal(g.Second, function.CountAt(g.First)));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Surfaces_of_many_points_agree_with_the_count_at_random_goals(int objectives)
    {
        var random = new RandomGenerator(42);
        double[][] runs = [.. Enumerable.Range(0, 9).Select(_ => Enumerable.Range(0, 60 * objectives).Select(_ => random.NextDouble()).ToArray())];
        var function = new AttainmentFunction(runs, objectives);
        for (var i = 0; i < 300; i++)
        {
            var goal = Enumerable.Range(0, objectives).Select(_ => random.NextDouble(0, 0.5)).ToArray();
            var count = function.CountAt(goal);
            for (var level = 1; level <= runs.Length; level++) Assert.Equal(count >= level, function.Surfaces[level - 1].Attains(goal));
        }

        // Each vertex is reached by exactly what its level says: random values have no ties between runs.
        foreach (var surface in function.Surfaces)
        {
            foreach (var vertex in surface.Vertices.ToArray().Chunk(objectives)) Assert.Equal(surface.Level, function.CountAt(vertex));
        }
    }

    [Fact]
    public void The_order_of_runs_and_points_does_not_matter()
    {
        var random = new RandomGenerator(43);
        foreach (var objectives in new[] { 2, 3 })
        {
            for (var i = 0; i < 50; i++)
            {
                var runs = GridRuns(4, objectives, random);
                double[][] shuffled = [.. runs.Reverse().Select(r => r.Chunk(objectives).Reverse().SelectMany(p => p).ToArray())];
                var a = new AttainmentFunction(runs, objectives);
                var b = new AttainmentFunction(shuffled, objectives);
                for (var k = 0; k < 4; k++) Assert.Equal(a.Surfaces[k].Vertices.ToArray(), b.Surfaces[k].Vertices.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(25, 1)]
    [InlineData(25.1, 2)]
    [InlineData(50, 2)]
    [InlineData(75, 3)]
    [InlineData(100, 4)]
    public void A_percentile_is_the_level_that_at_least_so_many_runs_reach(double percentile, int level)
    {
        var function = new AttainmentFunction([[1, 1], [2, 2], [3, 3], [4, 4]], 2);
        var surface = function.SurfaceAtPercentile(percentile);
        Assert.Equal(level, surface.Level);
        Assert.Equal(25.0 * level, surface.Percentile);
        Assert.Equal([level, level], surface.Vertices.ToArray());
    }

    [Fact]
    public void Every_percentile_of_a_level_gives_that_level_back()
    {
        for (var runs = 1; runs <= 60; runs++)
        {
            var function = new AttainmentFunction([.. Enumerable.Range(1, runs).Select(i => new double[] { i, i })], 2);
            foreach (var surface in function.Surfaces) Assert.Same(surface, function.SurfaceAtPercentile(surface.Percentile));
        }
    }

    [Fact]
    public void Runs_without_points_and_points_at_infinity_reach_nothing()
    {
        var function = new AttainmentFunction([[1, 1], [], [0, double.PositiveInfinity]], 2);
        Assert.Equal(1, function.Surfaces[0].Count);
        Assert.Equal(0, function.Surfaces[1].Count);
        Assert.Equal(0, function.Surfaces[2].Count);
        Assert.Equal(1, function.CountAt([double.PositiveInfinity, double.PositiveInfinity]));
        Assert.False(function.Surfaces[2].Attains([9, 9]));
        Assert.Equal([double.NegativeInfinity, 5], new AttainmentFunction([[double.NegativeInfinity, 5]], 2).Surfaces[0].Vertices.ToArray());
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new AttainmentFunction(null!, 2));
        Assert.Throws<ArgumentException>(() => new AttainmentFunction([], 2));
        var error = Assert.Throws<ArgumentException>(() => new AttainmentFunction([[1, 2], [1, 2, 3]], 2));
        Assert.Contains("runs[1]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new AttainmentFunction([[1, double.NaN]], 2));
        var function = new AttainmentFunction([[1, 2]], 2);
        Assert.Throws<ArgumentException>(() => function.CountAt([1]));
        Assert.Throws<ArgumentException>(() => function.Surfaces[0].Attains([1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => function.SurfaceAtPercentile(101));
        Assert.Throws<ArgumentOutOfRangeException>(() => function.SurfaceAtPercentile(double.NaN));
        var four = new AttainmentFunction([[1, 2, 3, 4]], 4);
        Assert.Equal(1, four.CountAt([1, 2, 3, 4]));
        Assert.Throws<NotSupportedException>(() => four.Surfaces);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Differences_agree_with_brute_force_on_grids_with_ties(int objectives)
    {
        var random = new RandomGenerator(44, (ulong)objectives);
        for (var i = 0; i < 100; i++)
        {
            double[][] first = GridRuns(1 + random.NextInt32(4), objectives, random), second = GridRuns(1 + random.NextInt32(4), objectives, random);
            var difference = new AttainmentDifference(new(first, objectives), new(second, objectives));
            double Expected(double[] goal) => (double)Reached(first, goal) / first.Length - (double)Reached(second, goal) / second.Length;

            var points = difference.Points.ToArray().Chunk(objectives).ToArray();
            Assert.Equal(points.Length, points.Select(p => string.Join(' ', p)).Distinct().Count());
            Assert.Equal(points.Select(Expected), difference.Values.ToArray());
            Assert.All(points, p => Assert.Equal(Expected(p), difference.At(p)));

            // Every value that occurs anywhere occurs at a vertex.
            var goals = Goals(objectives).Select(Expected).Where(d => d != 0).Distinct();
            Assert.Subset(difference.Values.ToArray().ToHashSet(), goals.ToHashSet());
            Assert.Equal(Goals(objectives).Max(g => Math.Abs(Expected(g))), difference.Largest);
        }
    }

    [Fact]
    public void Rectangles_are_disjoint_and_cover_exactly_where_the_sets_differ()
    {
        var random = new RandomGenerator(45);
        for (var i = 0; i < 200; i++)
        {
            double[][] first = GridRuns(1 + random.NextInt32(4), 2, random), second = GridRuns(1 + random.NextInt32(4), 2, random);
            var difference = new AttainmentDifference(new(first, 2), new(second, 2));
            var rectangles = difference.Rectangles();
            foreach (var goal in Goals(2))
            {
                var holding = rectangles.Where(r => r.X0 <= goal[0] && goal[0] < r.X1 && r.Y0 <= goal[1] && goal[1] < r.Y1).ToArray();
                Assert.True(holding.Length <= 1);
                Assert.Equal(difference.At(goal), holding.Length == 0 ? 0 : holding[0].Difference);
            }
        }
    }

    [Fact]
    public void Rectangles_of_two_single_points_meet_at_their_corners()
    {
        var difference = new AttainmentDifference(new([[1, 3]], 2), new([[2, 1]], 2));
        Assert.Equal(
            [new(1, 3, 2, double.PositiveInfinity, 1), new(2, 1, double.PositiveInfinity, 3, -1)],
            difference.Rectangles());
        Assert.Equal([1, 3, 2, 1, 2, 3], difference.Points.ToArray());
        Assert.Equal([1, -1, 0], difference.Values.ToArray());
        Assert.Equal(1, difference.Largest);
    }

    [Fact]
    public void Equal_sets_do_not_differ_and_unlike_sets_are_refused()
    {
        var a = new AttainmentFunction([[1, 3, 2, 2], [2, 1]], 2);
        var difference = new AttainmentDifference(a, a);
        Assert.Empty(difference.Rectangles());
        Assert.Equal(0, difference.Largest);
        var three = new AttainmentFunction([[1, 2, 3]], 3);
        Assert.Throws<ArgumentException>(() => new AttainmentDifference(a, three));
        Assert.Throws<NotSupportedException>(() => new AttainmentDifference(three, three).Rectangles());
        Assert.Throws<ArgumentNullException>(() => new AttainmentDifference(a, null!));
    }
}
