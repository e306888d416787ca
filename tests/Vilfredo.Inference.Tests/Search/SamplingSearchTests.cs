using Vilfredo.Inference.Strategies.Search.Trees;
using Vilfredo.Inference.Strategies.Search.Trees.Posteriors;

namespace Vilfredo.Inference.Tests.Search;

public class SamplingSearchTests
{
    [Fact]
    public void A_particle_filter_with_equal_weights_is_plain_sampling()
    {
        var filter = new ParticleFilter<string>(new("", 3), 5, 6);
        while (filter.Ask(5) is { Count: > 0 } asked)
        {
            Assert.Equal(5, asked.Count);
            foreach (var trial in asked)
                filter.Tell(trial.Id, new($"{filter.State.Nodes[trial.Parent].State}{trial.Action}", 0.7));
        }

        // Each particle is a line of its own.
        Assert.Equal(["000000", "111111", "222222", "333333", "444444"], filter.Particles.Select(node => node!.State));
        Assert.Equal(30, filter.State.Trials.Count);
        Assert.True(filter.IsDone);
    }

    [Fact]
    public void Particles_are_drawn_by_the_odds_of_their_scores()
    {
        var filter = new ParticleFilter<string>(new("", 3), 4, temperature: 1);
        Assert.Equal(4, filter.WeightOf(new(1, 0, 1, 0, "", 0.8)), 12);
        Assert.Equal(1, filter.WeightOf(new(1, 0, 1, 0, "", null)), 12);
        Assert.Equal((99, 0), (Math.Round(filter.WeightOf(new(1, 0, 1, 0, "", 1)), 9), filter.WeightOf(null)));
        Assert.Equal(2, new ParticleFilter<string>(new("", 3), 4, temperature: 2).WeightOf(new(1, 0, 1, 0, "", 0.8)), 12);
        double?[] scores = [0.01, 0.99, 0.01, 0.01];
        foreach (var (trial, score) in filter.Ask(4).Zip(scores))
            filter.Tell(trial.Id, new($"{trial.Action}", score));
        Assert.All(filter.Ask(4), trial => Assert.Equal(2, trial.Parent));
    }

    [Fact]
    public void Particles_whose_step_failed_are_not_drawn_and_finished_ones_do_not_grow()
    {
        var filter = new ParticleFilter<string>(new("", 1), 3, 4);
        var asked = filter.Ask(3);
        filter.Tell(asked[0].Id, null);
        filter.Tell(asked[1].Id, new("end", 0.5, true));
        filter.Tell(asked[2].Id, new("on", 0.5));
        var next = filter.Ask(3);
        Assert.All(next, trial => Assert.Equal("on", filter.State.Nodes[trial.Parent].State));
        Assert.InRange(next.Count, 1, 2);
        Assert.Equal(3, filter.Particles.Count);
    }

    [Fact]
    public void Systematic_draws_differ_from_their_expectations_by_less_than_one()
    {
        var random = new RandomGenerator(9);
        for (var i = 0; i < 500; i++)
        {
            var weights = Enumerable.Range(0, 1 + random.NextInt32(6)).Select(_ => random.NextBoolean(0.2) ? 0 : random.NextDouble()).Append(0.1).ToList();
            var count = 1 + random.NextInt32(20);
            var drawn = SystematicResampling.Draw(weights, count, random.NextDouble());
            Assert.Equal(count, drawn.Count);
            foreach (var (place, weight) in weights.Index())
            {
                var expected = weight * count / weights.Sum();
                Assert.InRange(drawn.Count(one => one == place), Math.Floor(expected - 1e-9), Math.Ceiling(expected + 1e-9));
            }
        }

        Assert.Throws<ArgumentException>(() => SystematicResampling.Draw([0, 0], 2, 0.5));
    }

    [Fact]
    public void The_gaussian_posterior_is_that_of_its_formulas()
    {
        var posterior = new GaussianPosterior();
        Assert.Equal((0.0, 1.0, 1.0, 0.1), posterior.After([]));
        // One score of 1: κ = 2, m = 1/2, ν = 2, ντ² = 0.1 + ½·1² = 0.6.
        Near((0.5, 2, 2, 0.3), posterior.After([1]));
        // 0.2 and 0.6: m = 0.8/3, ντ² = 0.1 + 0.08 + ⅔·0.4² = 0.28667.
        Near((0.8 / 3, 3, 3, (0.18 + 0.32 / 3) / 3), posterior.After([0.2, 0.6]));
        var scores = Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 0.6 : 0.8).ToList();
        var (mean, weight, degrees, variance) = posterior.After(scores);
        var random = new RandomGenerator(4);
        var draws = Enumerable.Range(0, 40_000).Select(_ => posterior.Sample(scores, random)).ToList();
        var spread = variance * degrees / (degrees - 2) / weight;
        Assert.Equal(mean, draws.Average(), 4 * Math.Sqrt(spread / draws.Count));
        Assert.Equal(1, draws.Average(draw => (draw - mean) * (draw - mean)) / spread, 0.05);

        static void Near((double A, double B, double C, double D) expected, (double A, double B, double C, double D) actual)
        {
            Assert.Equal(expected.A, actual.A, 12);
            Assert.Equal((expected.B, expected.C), (actual.B, actual.C));
            Assert.Equal(expected.D, actual.D, 12);
        }
    }

    [Fact]
    public void The_beta_posterior_counts_scores_as_parts_of_successes()
    {
        var posterior = new BetaPosterior();
        var (alpha, beta) = posterior.After([0.9, 0.4]);
        Assert.Equal((1.8, 1.2), (Math.Round(alpha, 12), Math.Round(beta, 12)));
        var random = new RandomGenerator(4);
        var draws = Enumerable.Range(0, 40_000).Select(_ => posterior.Sample([0.9, 0.4], random)).ToList();
        // Mean α/(α+β) = 0.6, variance αβ/((α+β)²(α+β+1)) = 0.06.
        Assert.Equal(0.6, draws.Average(), 0.005);
        Assert.Equal(0.06, draws.Average(draw => (draw - 0.6) * (draw - 0.6)), 0.002);
        Assert.All(draws, draw => Assert.InRange(draw, 0, 1));
    }

    private static AdaptiveBranchingSearch<double> Run(IScorePosterior posterior, Func<SearchNode<double>, int, RandomGenerator, double> child, int trials, ulong seed, int actions = 1)
    {
        var random = new RandomGenerator(seed, 99);
        var search = new AdaptiveBranchingSearch<double>(new(0.0, seed), posterior, actions);
        for (var i = 0; i < trials; i++)
        {
            var trial = search.Ask()[0];
            var score = Math.Clamp(child(search.State.Nodes[trial.Parent], trial.Action, random), 0, 1);
            search.Tell(trial.Id, new(score, score));
        }

        return search;
    }

    [Fact]
    public void Adaptive_branching_judges_new_children_by_children_going_on_by_what_is_below_and_a_child_by_its_subtree()
    {
        SearchNode<string>[] nodes =
        [
            new(0, -1, 0, -1, ""), new(1, 0, 1, 0, "a", 0.1), new(2, 0, 1, 0, "b", 0.2), new(3, 1, 2, 0, "aa", 0.7), new(4, 1, 2, 0, "ab", 0.9), new(5, 2, 2, 0, "ba"),
        ];
        var trials = nodes.Skip(1).Select((node, i) => new SearchTrial(i, node.Parent, 0, node.Id)).ToList();
        var seen = new Recorded();
        // By means: at the root 0.15 for a new child and 0.8 for going on; a has 0.57 and b 0.2; at a, 0.8 for a new child against 0 for going on, of which nothing is known.
        Assert.Equal(1, new AdaptiveBranchingSearch<string>(new(1, nodes, trials), seen).Ask()[0].Parent);
        Assert.Equal([[0.1, 0.2], [0.7, 0.9], [0.1, 0.7, 0.9], [0.2], [0.7, 0.9], []], seen.Scores);
    }

    private sealed class Recorded : IScorePosterior
    {
        public List<List<double>> Scores { get; } = [];

        public double Sample(IReadOnlyList<double> scores, RandomGenerator random)
        {
            Scores.Add([.. scores.Order()]);
            return scores.Count == 0 ? 0 : scores.Average();
        }
    }

    [Theory]
    [InlineData("gaussian")]
    [InlineData("beta")]
    public void Adaptive_branching_goes_wide_where_attempts_vary_and_deep_where_improving_helps(string prior)
    {
        IScorePosterior posterior = prior == "beta" ? new BetaPosterior() : new GaussianPosterior();
        var (wide, deep) = (0.0, 0.0);
        for (var seed = 1UL; seed <= 30; seed++)
        {
            // Improving spoils an attempt; or each improvement adds to it.
            var spoils = Run(posterior, (node, _, random) => node.Depth == 0 ? 0.4 + 0.4 * random.NextDouble() : 0.05, 40, seed);
            var helps = Run(posterior, (node, _, random) => node.Depth == 0 ? 0.2 : node.State + 0.2 * random.NextDouble(), 40, seed);
            wide += spoils.State.Nodes.Count(node => node.Depth == 1);
            deep += helps.State.Nodes.Count(node => node.Depth == 1);
        }

        Assert.True(wide > 2 * deep, $"{wide / 30} {deep / 30}");
    }

    [Fact]
    public void Adaptive_branching_learns_which_model_is_better()
    {
        var better = 0;
        for (var seed = 1UL; seed <= 10; seed++)
            better += Run(new BetaPosterior(), (_, action, random) => (action == 1 ? 0.8 : 0.2) + 0.1 * random.NextDouble(), 40, seed, 2).State.Trials.Count(trial => trial.Action == 1);
        Assert.InRange(better / 400.0, 0.7, 1);
    }
}
