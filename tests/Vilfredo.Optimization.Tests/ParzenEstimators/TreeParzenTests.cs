using Vilfredo.Optimization.ParzenEstimators;
using Vilfredo.Optimization.Problems;

namespace Vilfredo.Optimization.Tests.ParzenEstimators;

public class TreeParzenTests
{
    private static readonly DecisionSpace Mixed = new(
        [Variable.Real("x", -1, 3), Variable.Integer("n", 2, 7), Variable.Categorical("c", 3), Variable.Real("fixed", 2, 2)]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Densities_sum_to_one_and_samples_follow_them(bool joint)
    {
        var random = new RandomGenerator(1);
        var integer = Variable.Integer("n", 2, 7);
        var category = Variable.Categorical("c", 3);
        if (!joint)
        {
            var mixture = new ParzenMixture([Variable.Real("x", -1, 3)], [[-1, -0.9, 0.5, 3]], [1, 0.2, 1, 0.5]);
            Assert.Equal(1, Enumerable.Range(0, 40_000).Sum(i => Math.Exp(mixture.LogDensity([-1 + (i + 0.5) * 1e-4]))) * 1e-4, 1e-4);

            var integers = new ParzenMixture([integer], [[2, 2, 3, 7]], [1, 1, 1, 1]);
            AssertFollows(integers, Enumerable.Range(2, 6).Select(n => new double[] { n }), random);
            var categories = new ParzenMixture([category], [[0, 2, 2]], [1, 1, 0.1]);
            AssertFollows(categories, Enumerable.Range(0, 3).Select(c => new double[] { c }), random);
        }
        else
        {
            var mixture = new ParzenMixture([integer, category], [[2, 6, 7], [0, 1, 1]], [1, 2, 0.5]);
            AssertFollows(mixture, Enumerable.Range(2, 6).SelectMany(n => Enumerable.Range(0, 3).Select(c => new double[] { n, c })), random);
        }
    }

    private static void AssertFollows(ParzenMixture mixture, IEnumerable<double[]> values, RandomGenerator random)
    {
        var all = values.ToList();
        var mass = all.ConvertAll(v => Math.Exp(mixture.LogDensity(v)));
        Assert.Equal(1, mass.Sum(), 0.01); // wide integer kernels use the density in the middle of each unit
        const int Draws = 20_000;
        var counts = new int[all.Count];
        var point = new double[all[0].Length];
        for (var i = 0; i < Draws; i++)
        {
            mixture.Sample(random, point);
            counts[all.FindIndex(v => v.AsSpan().SequenceEqual(point))]++;
        }

        for (var i = 0; i < counts.Length; i++) Assert.Equal(mass[i], (double)counts[i] / Draws, 0.02);
    }

    [Fact]
    public void Good_points_are_the_best_ranks_and_then_the_largest_volumes()
    {
        // Rank 0 has four points of which the middle two are close to each other; rank 1 is (5, 5).
        double[] objectives = [0, 4, 2, 2, 2.1, 1.95, 4, 0, 5, 5];
        var (three, _) = GoodPoints.Choose(objectives, 2, new double[5], 3);
        Assert.Equal([0, 1, 3], three.Order());
        var (all, weights) = GoodPoints.Choose(objectives, 2, new double[5], 5);
        Assert.Equal([0, 1, 2, 3, 4], all);
        Assert.Equal(1, weights.Max());
        Assert.True(weights[4] < weights[0]);
    }

    [Fact]
    public void Infeasible_points_follow_by_their_violation_and_failed_ones_never()
    {
        double[] objectives = [0, 0, 0, 0, 9, 9, 0, 0];
        var (indices, _) = GoodPoints.Choose(objectives, 2, [3, 1, 0, double.NaN], 4);
        Assert.Equal([2, 1, 0], indices);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Suggestions_do_not_change_when_objectives_are_scaled_and_shifted(bool multivariate)
    {
        double[] Suggest(double scale, double shift)
        {
            var estimator = new TreeParzen(Mixed, 2, new() { Multivariate = multivariate });
            var random = new RandomGenerator(7);
            var point = new double[4];
            for (var i = 0; i < 60; i++)
            {
                Mixed.Sample(random, point);
                estimator.Tell(point, [scale * point[0] + shift, Math.Abs(point[1] - 4) - point[0] + point[2]]);
            }

            var proposals = new double[40];
            for (var i = 0; i < 10; i++) estimator.Suggest(random, [], proposals.AsSpan(4 * i, 4));
            Assert.Equal(10, Mixed.Validate(proposals));
            return proposals;
        }

        Assert.Equal(Suggest(1, 0), Suggest(1024, -4096));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Finds_more_of_the_frontier_than_random_points(bool multivariate)
    {
        var problem = new Zdt1(4);
        var wins = 0;
        for (var seed = 1UL; seed <= 5; seed++)
        {
            var tpe = Minimize.Run(problem, TreeParzenOptimizer.For(problem, seed, new() { Multivariate = multivariate }), Termination.AfterEvaluations(120));
            var random = Minimize.Run(problem, new Optimization.Samplers.SamplingOptimizer(new Optimization.Samplers.RandomSampler(problem.Space, seed), 2), Termination.AfterEvaluations(120));
            if (Volume(tpe) > Volume(random)) wins++;
        }

        Assert.True(wins >= 4, $"{wins} of 5");
        static double Volume(MinimizeResult result) => Indicators.Hypervolume.Compute(result.Population.Objectives, 2, [1.1, 6]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_inactive_variable_is_learned_only_where_it_is_active(bool multivariate)
    {
        // y counts only when c is 1, and is best near 0.8 there.
        var space = new DecisionSpace([Variable.Binary("c"), Variable.Real("y", 0, 1)]);
        var estimator = new TreeParzen(space, 1, new() { Multivariate = multivariate });
        var random = new RandomGenerator(3);
        for (var i = 0; i < 100; i++)
        {
            var (c, y) = (i % 2, random.NextDouble());
            estimator.Tell([c, c == 1 ? y : double.NaN], [c == 1 ? Math.Abs(y - 0.8) : 0.5]);
        }

        var values = new List<double>();
        var point = new double[2];
        for (var i = 0; i < 50; i++)
        {
            estimator.Suggest(random, [], point);
            values.Add(point[1]);
        }

        Assert.InRange(values.Order().ElementAt(25), 0.7, 0.9);
    }

    [Fact]
    public void Nothing_but_failed_or_infeasible_or_equal_points_still_gives_proposals_inside_the_space()
    {
        var random = new RandomGenerator(5);
        var point = new double[4];
        foreach (var kind in new[] { "failed", "infeasible", "equal", "infinite", "none" })
        {
            var estimator = new TreeParzen(Mixed, 2);
            for (var i = 0; i < 20 && kind != "none"; i++)
            {
                Mixed.Sample(random, point);
                if (kind == "failed") estimator.TellFailed(point);
                else if (kind == "infeasible") estimator.Tell(point, [1, 2], 1 + point[0] + 1);
                else if (kind == "equal") estimator.Tell(point, [1, 2]);
                else estimator.Tell(point, [double.PositiveInfinity, double.PositiveInfinity]);
            }

            estimator.Suggest(random, point, point);
            Assert.Equal(1, Mixed.Validate(point));
        }
    }

    [Fact]
    public void Failures_that_are_told_become_fewer_than_failures_that_are_kept_back()
    {
        // Fails for x > 0.5, where the objective is best.
        int Failures(bool tell)
        {
            var failures = 0;
            for (var seed = 1UL; seed <= 10; seed++)
            {
                var estimator = new TreeParzen(DecisionSpace.Continuous(1, 0, 1), 1);
                var random = new RandomGenerator(seed);
                var x = new double[1];
                for (var i = 0; i < 60; i++)
                {
                    if (i < 10) estimator.Space.Sample(random, x);
                    else estimator.Suggest(random, [], x);
                    if (x[0] <= 0.5) estimator.Tell(x, [-x[0]]);
                    else if (tell) estimator.TellFailed(x);
                    if (i >= 10 && x[0] > 0.5) failures++;
                }
            }

            return failures;
        }

        var (told, keptBack) = (Failures(true), Failures(false));
        Assert.True(told < 0.8 * keptBack, $"{told} and {keptBack} of 500");
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        var estimator = new TreeParzen(Mixed, 2);
        Assert.Throws<ArgumentException>(() => estimator.Tell([0, 2, 0, 2], [double.NaN, 1]));
        Assert.Throws<ArgumentException>(() => estimator.Tell([0, 2, 0, 2], [double.NegativeInfinity, 1]));
        Assert.Throws<ArgumentException>(() => estimator.Tell([0, 2, 0, 2], [1]));
        Assert.Throws<ArgumentException>(() => estimator.Tell([0, 2.5, 0, 2], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Tell([0, 2, 0, 2], [1, 1], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TreeParzen(Mixed, 2, new() { GoodShare = 1 }));
        Assert.Equal(0, estimator.Count);
    }

    [Fact]
    public void A_batch_and_a_filter_are_kept_and_the_seed_decides()
    {
        var space = DecisionSpace.Continuous(2, 0, 1).WithFilter(x => x[0] + x[1] <= 1);
        double[] Run(ulong seed)
        {
            var optimizer = new TreeParzenOptimizer(space, 2, 0, seed);
            var asked = new double[16];
            var all = new List<double>();
            for (var i = 0; i < 6; i++)
            {
                Assert.Equal(8, optimizer.Ask(asked));
                for (var j = 0; j < 16; j += 2) Assert.True(asked[j] + asked[j + 1] <= 1);
                Assert.Equal(8, Enumerable.Range(0, 8).Select(j => (asked[2 * j], asked[2 * j + 1])).Distinct().Count());
                optimizer.Tell(asked, asked, []);
                all.AddRange(asked);
            }

            return [.. all];
        }

        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));
    }
}
