using CsCheck;
using Vilfredo.Measurement.OffPolicy;
using Vilfredo.Measurement.OffPolicy.Networks;
using Vilfredo.Measurement.OffPolicy.Stationary;

namespace Vilfredo.Measurement.Tests.OffPolicy;

public class LagrangianEvaluationTests
{
    private const double Gamma = 0.8;

    private static readonly LagrangianOptions[] Presets =
    [
        LagrangianOptions.BestDice, LagrangianOptions.DualDice, LagrangianOptions.GenDice, LagrangianOptions.AlgaeDice, LagrangianOptions.MinimaxQ, LagrangianOptions.MinimaxWeight,
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(0, Presets.Length)];

    // Three states; action 0 goes on, action 1 stays; without chance, so that the logged pairs tell the whole truth.
    private static TabularProblem Cycle(int horizon) =>
        new(2, horizon, Gamma, [1, 0, 0], [0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1], [1, 0, -1, 2, 0.5, 3]);

    // d_π over the share of each pair among the logged steps with a successor, or those shares discounted; the sum over time is cut where γ^t is below 1e-30.
    private static double[] ExactRatios(LoggedTrajectories data, TabularPolicy policy, bool isDiscounted)
    {
        var distributions = Cycle(320).StateDistributions(policy);
        var (target, logged, sum) = (new double[6], new double[6], 0.0);
        for (var t = 0; t < 320; t++)
        {
            for (var pair = 0; pair < 6; pair++) target[pair] += (1 - Gamma) * Math.Pow(Gamma, t) * distributions[t * 3 + pair / 2] * policy[pair / 2, pair % 2];
        }

        for (var entry = 0; entry < data.Rewards.Length; entry++)
        {
            if (entry % data.Horizon == data.Horizon - 1) continue;
            var count = isDiscounted ? Math.Pow(Gamma, entry % data.Horizon) : 1;
            logged[data.States[entry] * 2 + data.Actions[entry]] += count;
            sum += count;
        }

        return [.. Enumerable.Range(0, data.Rewards.Length).Select(entry => data.States[entry] * 2 + data.Actions[entry]).Select(pair => target[pair] / (logged[pair] / sum))];
    }

    [Theory]
    [MemberData(nameof(All))]
    public void On_tables_every_variant_gives_the_exact_stationary_ratios_and_value(int preset)
    {
        var policy = OffPolicyExamples.Policy(2);
        var data = Cycle(10).Generate(OffPolicyExamples.Policy(1), 30, new RandomGenerator(1));
        foreach (var isDiscounted in (bool[])[false, true])
        {
            var options = Presets[preset] with { DiscountsData = isDiscounted };
            var evaluation = LagrangianEvaluation.Solve(data, LinearFeatures.Tabular(data, policy), options);
            Assert.All(ExactRatios(data, policy, isDiscounted).Zip(evaluation.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
            Assert.Equal(Cycle(320).Value(policy), evaluation.Value, 1e-3);
            Assert.Equal(Cycle(320).Value(policy), evaluation.LagrangianValue, 1e-3);
        }
    }

    [Fact]
    public void Minimax_learning_with_linear_functions_is_the_closed_form() =>
        (from seed in Gen.ULong[1, 1000] select seed).Sample(seed =>
        {
            var random = new RandomGenerator(seed);
            var problem = TabularProblem.RandomWithTrap(3, 2, 6, Gamma, random, 0.3);
            var policy = OffPolicyExamples.Policy(seed + 1);
            var all = problem.Generate(OffPolicyExamples.Policy(seed), 300, random);

            // Some end before the horizon.
            int[] lengths = [.. Enumerable.Range(0, all.Count).Select(_ => 1 + random.NextInt32(6))];
            var data = new LoggedTrajectories(6, Gamma, all.Rewards, all.BehaviorProbabilities, lengths, all.States, all.Actions);
            var features = LinearFeatures.Tabular(data, policy);
            var closed = DiscountedEvaluation.Fit(data, features);
            Assert.Equal(closed.Value, LagrangianEvaluation.Solve(data, features, LagrangianOptions.MinimaxWeight).Value, 1e-4);
            var values = LagrangianEvaluation.Solve(data, features, LagrangianOptions.MinimaxQ);
            Assert.Equal(closed.Value, values.PrimalValue, 1e-4);
            Assert.Equal(closed.Value, LagrangianEvaluation.Solve(data, features).Value, 1e-4);
            Assert.Equal(closed.Value, LagrangianEvaluation.Solve(data, features, LagrangianOptions.GenDice).Value, 1e-4);
            for (var entry = 0; entry < data.Rewards.Length; entry++) Assert.Equal(closed.ActionValues[entry], values.ActionValues[entry], 1e-3);
        }, iter: 20);

    [Fact]
    public void The_normalization_counts_what_follows_the_ends()
    {
        // One step of reward 1, then the end: J = 1. The logged step has the ratio 1 − γ; γ is the mass after the end.
        var data = new LoggedTrajectories(2, Gamma, [1, 0], [1, 1], [1], new int[2], new int[2]);
        var evaluation = LagrangianEvaluation.Solve(data, LinearFeatures.Tabular(data, TabularPolicy.Uniform(1, 1)));
        Assert.Equal(1 - Gamma, evaluation.Weights[0], 1e-5);
        Assert.Equal(1, evaluation.Value, 1e-5);
    }

    [Fact]
    public void With_the_data_discounted_the_marginal_estimator_is_the_dual_value_over_the_horizon()
    {
        var policy = OffPolicyExamples.Policy(2);
        var data = Cycle(10).Generate(OffPolicyExamples.Policy(1), 30, new RandomGenerator(1));
        var evaluation = LagrangianEvaluation.Solve(data, LinearFeatures.Tabular(data, policy), new LagrangianOptions { DiscountsData = true, EndsAtHorizon = true });
        Assert.All(evaluation.Weights, weight => Assert.True(weight >= 0));
        Assert.Equal(evaluation.Value * (1 - Math.Pow(Gamma, 10)), OffPolicyEstimator.Marginal.Estimate(data, evaluation.View()), 1e-9);
    }

    [Fact]
    public void A_penalty_on_both_players_moves_the_weights_towards_1()
    {
        var policy = OffPolicyExamples.Policy(2);
        var data = Cycle(10).Generate(OffPolicyExamples.Policy(1), 30, new RandomGenerator(1));
        double Distance(double penalty) => LagrangianEvaluation.Solve(
            data, LinearFeatures.Tabular(data, policy), new LagrangianOptions { ValuePenalty = penalty, RewardShare = 0, IsNormalized = false }).Weights.Average(weight => Math.Abs(weight - 1));
        Assert.True(Distance(100) < 0.1 * Distance(0));
    }

    [Theory]
    [InlineData(new int[0], 0.003, 0.1)]
    [InlineData(new[] { 32 }, 0.001, 0.25)]
    public void Training_comes_near_the_saddle_point(int[] hidden, double learningRate, double tolerance)
    {
        // A policy near that of the data: the ratios are 0.49 to 1.95.
        var behavior = TabularPolicy.Uniform(3, 2);
        var policy = behavior.Mix(OffPolicyExamples.Policy(2), 0.4);
        var data = Cycle(10).Generate(behavior, 100, new RandomGenerator(1));
        var network = new NetworkOptions { HiddenUnits = hidden, LearningRate = learningRate, Steps = 5000, BatchSize = 32 };
        var evaluation = LagrangianEvaluation.Train(data, StateActionInputs.Tabular(data, policy), new RandomGenerator(3), network: network);
        Assert.All(ExactRatios(data, policy, false).Zip(evaluation.Weights), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        Assert.Equal(Cycle(320).Value(policy), evaluation.Value, 2 * tolerance);
        Assert.Equal(Cycle(320).Value(policy), evaluation.LagrangianValue, 2 * tolerance);
    }

    [Fact]
    public void A_view_takes_values_from_elsewhere()
    {
        var policy = OffPolicyExamples.Policy(2);
        var data = Cycle(5).Generate(OffPolicyExamples.Policy(1), 10, new RandomGenerator(1));
        var evaluation = LagrangianEvaluation.Solve(data, LinearFeatures.Tabular(data, policy));
        var counted = TabularEvaluation.Fit(data, policy);
        var view = evaluation.View(counted);
        Assert.Same(counted.ActionValues, view.ActionValues);
        Assert.Equal(evaluation.Weights.Select(weight => Math.Max(0, weight)), view.StateActionRatios!);
        Assert.Same(evaluation.ActionValues, evaluation.View().ActionValues);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var data = LoggedTrajectories.Bandit([1, 2], [0.5, 0.5], [0, 0], [0, 1]);
        var features = LinearFeatures.Tabular(data, TabularPolicy.Uniform(1, 2));
        Assert.Contains("below 1", Assert.Throws<ArgumentException>(() => LagrangianEvaluation.Solve(data, features)).Message);
        var cut = new LoggedTrajectories(1, 0.9, [1, 2], [0.5, 0.5], [], [0, 0], [0, 1]);
        Assert.Contains("known successor", Assert.Throws<ArgumentException>(() => LagrangianEvaluation.Solve(cut, features)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => LagrangianEvaluation.Solve(cut, features, new LagrangianOptions { WeightPenalty = -1, EndsAtHorizon = true }));
        Assert.Throws<ArgumentOutOfRangeException>(() => LagrangianEvaluation.Solve(cut, features, ridge: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LagrangianEvaluation.Train(
            cut, StateActionInputs.Tabular(cut, TabularPolicy.Uniform(1, 2)), new RandomGenerator(1), new LagrangianOptions { EndsAtHorizon = true }, new NetworkOptions { Momentum = 1 }));
    }
}
