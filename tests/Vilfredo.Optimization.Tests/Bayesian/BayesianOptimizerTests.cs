using Vilfredo.Optimization.Bayesian;
using Vilfredo.Optimization.Problems;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Tests.Bayesian;

public class BayesianOptimizerTests
{
    private static readonly DecisionSpace Mixed = new(
        [Variable.Real("x", -1, 3), Variable.Integer("n", 0, 30), Variable.Categorical("c", 3), Variable.Real("fixed", 2, 2)]);

    public static TheoryData<AcquisitionFunction> All => [.. Enum.GetValues<AcquisitionFunction>()];

    private static void MixedValues(ReadOnlySpan<double> x, Span<double> f)
    {
        f[0] = Math.Abs(x[0]) + Math.Abs(x[1] - 12) / 10 + (x[2] == 1 ? 0 : 0.5);
        f[1] = Math.Abs(x[0] - 1) + Math.Abs(x[1] - 12) / 10 + (x[2] == 1 ? 0 : 0.5);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Learns_mixed_variables(AcquisitionFunction acquisition)
    {
        var problem = new FunctionProblem("mixed", Mixed, 2, (x, f, _) => MixedValues(x, f));
        var optimizer = BayesianOptimizer.For(problem, 3, new() { Acquisition = acquisition, InitialPoints = 10 });
        var found = Minimize.Run(problem, optimizer, Termination.AfterEvaluations(40)).Population;
        var random = Minimize.Run(problem, new SamplingOptimizer(new RandomSampler(Mixed, 3), 2), Termination.AfterEvaluations(200)).Population;
        Assert.True(Volume(found) > Volume(random), $"{Volume(found)} and {Volume(random)} of five times as many random points");
        static double Volume(Population points) => Indicators.Hypervolume.Compute(points.Objectives, 2, [2, 2]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_seed_decides_and_batches_are_distinct(AcquisitionFunction acquisition)
    {
        double[] Run(ulong seed)
        {
            var optimizer = new BayesianOptimizer(Mixed, 2, 0, seed, new() { Acquisition = acquisition, InitialPoints = 6 });
            var asked = new double[24];
            var all = new List<double>();
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(6, optimizer.Ask(asked));
                all.AddRange(asked);
                Tell(optimizer, asked, MixedValues);
            }

            Assert.Equal(18, Mixed.Validate(all.ToArray()));
            Assert.Equal(18, Enumerable.Range(0, 18).Select(i => (all[4 * i], all[4 * i + 1], all[4 * i + 2])).Distinct().Count());
            return [.. all];
        }

        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));
    }

    [Theory]
    [InlineData(AcquisitionFunction.Hypervolume)]
    [InlineData(AcquisitionFunction.NoisyHypervolume)]
    [InlineData(AcquisitionFunction.ParEgo)]
    public void Proposals_do_not_depend_on_scale_and_origin_of_objectives(AcquisitionFunction acquisition)
    {
        double[] Suggest(double scale, double shift)
        {
            var search = new BayesianSearch(DecisionSpace.Continuous(2, 0, 1), 2, options: new() { Acquisition = acquisition });
            var random = new RandomGenerator(4);
            for (var i = 0; i < 15; i++)
            {
                double[] x = [random.NextDouble(), random.NextDouble()];
                search.Tell(x, [scale * (x[0] + x[1] * x[1]) + shift, 1 - x[0] + x[1]]);
            }

            var proposal = new double[2];
            search.Suggest(random, [], proposal);
            return proposal;
        }

        var (one, other) = (Suggest(1, 0), Suggest(256, -1000));
        for (var j = 0; j < 2; j++) Assert.Equal(one[j], other[j], 0.01);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Degenerate_results_still_give_proposals_inside_the_space(AcquisitionFunction acquisition)
    {
        var random = new RandomGenerator(5);
        foreach (var kind in new[] { "nothing", "failed", "infeasible", "equal", "twice", "infinite", "one" })
        {
            var search = new BayesianSearch(Mixed, 2, 1, new() { Acquisition = acquisition, Candidates = 32 });
            var x = new double[4];
            var f = new double[2];
            Mixed.Sample(random, x);
            for (var i = 0; i < (kind == "one" ? 1 : 12) && kind != "nothing"; i++)
            {
                if (kind != "twice" || i % 4 == 0) Mixed.Sample(random, x);
                MixedValues(x, f);
                if (kind == "failed") search.TellFailed(x);
                else if (kind == "infeasible") search.Tell(x, f, [1 + x[0]]);
                else if (kind == "equal") search.Tell(x, [1, 2], [0]);
                else if (kind == "infinite") search.Tell(x, [double.PositiveInfinity, i % 2 == 0 ? double.PositiveInfinity : 1], [0]);
                else search.Tell(x, f, [-1]);
            }

            search.Suggest(random, x, x);
            Assert.Equal(1, Mixed.Validate(x));
        }
    }

    [Fact]
    public void Constraints_and_failures_are_avoided()
    {
        // Fails for y > 0.6 and is infeasible for x > 0.5; both are what the objectives ask for.
        var space = DecisionSpace.Continuous(2, 0, 1);
        var optimizer = new BayesianOptimizer(space, 2, 1, 1);
        var x = new double[2];
        var good = 0;
        for (var i = 0; i < 40; i++)
        {
            optimizer.Ask(x);
            if (x[1] <= 0.6 && x[0] <= 0.5 && i >= 20) good++;
            if (x[1] > 0.6) optimizer.TellFailed(x);
            else optimizer.Tell(x, [-x[0] + 0.2 * x[1], -x[1] - 0.2 * x[0]], [x[0] - 0.5]);
        }

        Assert.True(good >= 10, $"{good} of 20 where 6 would be chance");
        for (var i = 0; i < optimizer.Population.Count; i++) Assert.True(optimizer.Population.IsFeasible(i));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_filter_is_kept(AcquisitionFunction acquisition)
    {
        var space = DecisionSpace.Continuous(2, 0, 1).WithFilter(x => x[0] + x[1] >= 0.7);
        var optimizer = new BayesianOptimizer(space, 2, 0, 1, new() { Acquisition = acquisition, InitialPoints = 5 });
        var x = new double[2];
        for (var i = 0; i < 15; i++)
        {
            optimizer.Ask(x);
            Assert.True(x[0] + x[1] >= 0.7);
            optimizer.Tell(x, x, []);
        }
    }

    [Fact]
    public void A_finite_space_is_searched_without_repeats_until_nothing_is_left()
    {
        var space = new DecisionSpace([Variable.Integer("n", 0, 3), Variable.Categorical("c", 3)]);
        var optimizer = new BayesianOptimizer(space, 1, 0, 1, new() { InitialPoints = 1 });
        var x = new double[2];
        var seen = new HashSet<(double, double)>();
        for (var i = 0; i < 14; i++)
        {
            optimizer.Ask(x);
            Assert.Equal(i < 12, seen.Add((x[0], x[1])));
            optimizer.Tell(x, [x[0] + x[1]], []);
        }
    }

    [Fact]
    public void Points_that_mean_the_same_are_one()
    {
        // y counts only when c is 1.
        var space = new DecisionSpace([Variable.Binary("c"), Variable.Integer("y", 0, 3)]);
        var search = new BayesianSearch(space, 1, normalization: x => x[1] = x[0] == 1 ? x[1] : 0);
        var random = new RandomGenerator(1);
        var x = new double[2];
        var seen = new HashSet<(double, double)>();
        for (var i = 0; i < 5; i++)
        {
            search.Suggest(random, [], x);
            Assert.True(seen.Add((x[0], x[0] == 1 ? x[1] : 0)));
            search.Tell(x, [x[0] + x[1]]);
        }
    }

    [Fact]
    public void Four_objectives_work_where_they_are_allowed()
    {
        var problem = new Dtlz2(4, 5);
        foreach (var acquisition in Enum.GetValues<AcquisitionFunction>())
        {
            BayesianOptions options = new() { Acquisition = acquisition, InitialPoints = 12 };
            if (acquisition == AcquisitionFunction.Hypervolume)
            {
                Assert.Contains("up to 3 objectives, not 4", Assert.Throws<ArgumentException>(() => BayesianOptimizer.For(problem, 1, options)).Message);
                continue;
            }

            Assert.Equal(15, Minimize.Run(problem, BayesianOptimizer.For(problem, 1, options), Termination.AfterEvaluations(15)).Evaluations);
        }
    }

    [Theory]
    [InlineData(AcquisitionFunction.NoisyHypervolume)]
    [InlineData(AcquisitionFunction.Hypervolume)]
    public void Three_objectives_are_searched_better_than_by_chance(AcquisitionFunction acquisition)
    {
        var problem = new Dtlz2(3, 5);
        var found = Minimize.Run(problem, BayesianOptimizer.For(problem, 2, new() { Acquisition = acquisition, InitialPoints = 12 }), Termination.AfterEvaluations(60)).Population;
        var random = Minimize.Run(problem, new SamplingOptimizer(new RandomSampler(problem.Space, 2), 3), Termination.AfterEvaluations(60)).Population;
        Assert.True(Volume(found) > 1.3 * Volume(random), $"{Volume(found)} and {Volume(random)} of as many random points");
        static double Volume(Population points) => Indicators.Hypervolume.Compute(points.Objectives, 3, [1.1, 1.1, 1.1]);
    }

    [Fact]
    public void A_noisy_objective_is_searched_better_than_by_chance()
    {
        // The measured values are noisy; the true values at what was proposed count.
        var problem = new Dtlz2(2, 4);
        var wins = 0;
        for (var seed = 1UL; seed <= 5; seed++)
        {
            var noise = new RandomGenerator(seed, 5);
            var optimizer = BayesianOptimizer.For(problem, seed, new() { InitialPoints = 10 });
            var (x, f) = (new double[4], new double[2]);
            var truth = new List<double>();
            for (var i = 0; i < 40; i++)
            {
                optimizer.Ask(x);
                problem.Evaluate(x, 1, f, []);
                truth.AddRange(f);
                optimizer.Tell(x, [f[0] + 0.1 * noise.NextNormal(), f[1] + 0.1 * noise.NextNormal()], []);
            }

            var random = Minimize.Run(problem, new SamplingOptimizer(new RandomSampler(problem.Space, seed), 2), Termination.AfterEvaluations(40)).Population;
            if (Indicators.Hypervolume.Compute(truth.ToArray(), 2, [1.1, 1.1]) > Indicators.Hypervolume.Compute(random.Objectives, 2, [1.1, 1.1])) wins++;
        }

        Assert.True(wins >= 4, $"{wins} of 5 against as many random points");
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        var space = DecisionSpace.Continuous(1, 0, 1);
        Assert.Throws<ArgumentException>(() => new BayesianOptimizer(space, 6, 0, 1));
        Assert.Throws<ArgumentException>(() => new BayesianOptimizer(space, 2, 0, 1, new() { InitialPoints = 0 }));
        Assert.Throws<ArgumentException>(() => new BayesianOptimizer(space, 2, 0, 1, new() { ReferencePoint = [1] }));
        Assert.Throws<ArgumentException>(() => new BayesianOptimizer(space, 1, 0, 1, new() { NoiseVariances = [-1] }));
        Assert.Throws<ArgumentException>(() => new BayesianOptimizer(space, 2, 0, 1, new() { Acquisition = (AcquisitionFunction)9 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BayesianOptimizer(space, 2, 0, 1, new() { Samples = 1 }));
        var optimizer = new BayesianOptimizer(space, 2, 0, 1);
        Assert.Throws<ArgumentException>(() => optimizer.Tell([0.5], [double.NaN, 1], []));
        Assert.Throws<ArgumentException>(() => optimizer.Tell([0.5], [double.NegativeInfinity, 1], []));
        Assert.Throws<ArgumentException>(() => optimizer.Tell([1.5], [1, 1], []));
        Assert.Throws<ArgumentException>(() => Variable.Real("x", 1, 0));
        Assert.Equal(0, optimizer.Population.Count);
    }

    private delegate void Function(ReadOnlySpan<double> x, Span<double> f);

    private static void Tell(BayesianOptimizer optimizer, double[] decisions, Function function)
    {
        var n = optimizer.Space.Count;
        var f = new double[2];
        for (var i = 0; i < decisions.Length; i += n)
        {
            function(decisions.AsSpan(i, n), f);
            optimizer.Tell(decisions.AsSpan(i, n), f, []);
        }
    }
}
