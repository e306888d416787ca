using CsCheck;
using Vilfredo.Measurement.OffPolicy;

namespace Vilfredo.Measurement.Tests.OffPolicy;

public class LinearEvaluationTests
{
    [Fact]
    public void With_a_feature_for_each_pair_values_are_the_counted_ones()
    {
        var problem = OffPolicyExamples.Problem(61, noise: 0.1);
        var (behavior, policy) = (OffPolicyExamples.Policy(61), OffPolicyExamples.Policy(62));
        var data = problem.Generate(behavior, 300, new RandomGenerator(1));
        var counted = TabularEvaluation.Fit(data, policy);
        var linear = LinearEvaluation.Fit(data, LinearFeatures.Tabular(data, policy), counted.ActionProbabilities);
        for (var entry = 0; entry < data.Rewards.Length; entry++)
        {
            Assert.Equal(counted.ActionValues![entry], linear.ActionValues![entry], 1e-5);
            Assert.Equal(counted.StateValues![entry], linear.StateValues![entry], 1e-5);
        }

        Assert.Same(counted.ActionProbabilities, linear.ActionProbabilities);
    }

    [Fact]
    public void Ratios_approach_the_exact_ones_and_the_estimators_the_value()
    {
        var problem = OffPolicyExamples.Problem(63, noise: 0.1);
        var (behavior, policy) = (OffPolicyExamples.Policy(63), OffPolicyExamples.Policy(64));
        var data = problem.Generate(behavior, 20_000, new RandomGenerator(1));
        var exact = problem.ExactView(data, policy, behavior);
        var linear = LinearEvaluation.Fit(data, LinearFeatures.Tabular(data, policy), exact.ActionProbabilities);
        Assert.True(exact.StateActionRatios!.Zip(linear.StateActionRatios!).Max(pair => Math.Abs(pair.First - pair.Second)) < 0.2);
        foreach (var estimator in new[] { OffPolicyEstimator.DirectMethod, OffPolicyEstimator.Marginal, OffPolicyEstimator.MarginalDoublyRobust, OffPolicyEstimator.DoublyRobust })
            Assert.Equal(problem.Value(policy), estimator.Estimate(data, linear), 0.05);
    }

    [Fact]
    public void The_ratios_of_a_bandit_are_those_to_the_logged_shares()
    {
        // Two of three took action 0, of which the policy takes half: 1/2 over 2/3, and 1/2 over 1/3.
        var data = LoggedTrajectories.Bandit([1, 2, 3], [0.5, 0.5, 0.5], [0, 0, 0], [0, 0, 1]);
        var view = LinearEvaluation.Fit(data, LinearFeatures.Tabular(data, TabularPolicy.Uniform(1, 2)));
        double[] expected = [0.75, 0.75, 1.5];
        Assert.All(expected.Zip(view.StateActionRatios!), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal((1.5 + 3) / 2, OffPolicyEstimator.Marginal.Estimate(data, view), 1e-6);
        Assert.Equal((1.5 + 3) / 2, OffPolicyEstimator.DirectMethod.Estimate(data, view), 1e-6);
    }

    [Fact]
    public void Features_of_states_stand_once_for_each_action()
    {
        var data = LoggedTrajectories.Bandit([1, 2], [0.5, 0.5], [0, 0], [1, 0]);
        var features = LinearFeatures.PerAction(data, [1, 5, 1, 6], [0.2, 0.8, 0.4, 0.6], 2);
        Assert.Equal(4, features.Dimension);
        Assert.Equal([0.0, 0, 1, 5], features.Logged(0).ToArray());
        Assert.Equal([0.4, 0.4 * 6, 0.6, 0.6 * 6], features.Expected(1).ToArray());
    }

    [Fact]
    public void The_discounted_value_of_an_endless_chain_is_its_geometric_sum()
    {
        var chain = new TabularProblem(1, 5, 0.8, [1], [1], [3]);
        var only = TabularPolicy.Uniform(1, 1);
        var data = chain.Generate(only, 2, new RandomGenerator(1));
        var evaluation = DiscountedEvaluation.Fit(data, LinearFeatures.Tabular(data, only));
        Assert.Equal(3 / (1 - 0.8), evaluation.Value, 1e-5);
        Assert.All(evaluation.Weights.Where((_, entry) => entry % 5 < 4), weight => Assert.Equal(1, weight, 1e-5));
        Assert.Equal(0, evaluation.Weights[4]);
    }

    [Fact]
    public void What_ends_before_the_horizon_earns_nothing_more()
    {
        // Reward 1 at each step, one of the three logged steps went on: V = 1 + 0.9 / 3 V.
        var data = new LoggedTrajectories(3, 0.9, [1, 0, 0, 1, 1, 0], [1, 1, 1, 1, 1, 1], [1, 2], new int[6], new int[6]);
        var value = DiscountedEvaluation.Fit(data, LinearFeatures.Tabular(data, TabularPolicy.Uniform(1, 1))).Value;
        Assert.Equal(1 / (1 - 0.9 / 3), value, 1e-6);
    }

    [Fact]
    public void Values_and_weights_give_the_same_estimate_and_weights_balance_the_flow() =>
        (from seed in Gen.ULong[1, 1000]
         from gamma in Gen.Double[0.1, 0.9]
         select (seed, gamma)).Sample(sample =>
        {
            var random = new RandomGenerator(sample.seed);
            var problem = TabularProblem.RandomWithTrap(3, 2, 6, sample.gamma, random);
            var (behavior, policy) = (OffPolicyExamples.Policy(sample.seed), OffPolicyExamples.Policy(sample.seed + 1));
            var data = problem.Generate(behavior, 200, random);
            var evaluation = DiscountedEvaluation.Fit(data, LinearFeatures.Tabular(data, policy));
            var (sum, ones, known) = (0.0, 0.0, 0);
            var seen = new HashSet<(int, int)>();
            for (var entry = 0; entry < data.Rewards.Length; entry++)
            {
                if (entry % data.Horizon == data.Horizon - 1) continue;
                sum += evaluation.Weights[entry] * data.Rewards[entry];
                ones += evaluation.Weights[entry];
                known++;
                seen.Add((data.States[entry], data.Actions[entry]));
            }

            Assert.Equal(evaluation.Value, sum / known / (1 - sample.gamma), 1e-6);

            // The stationary distribution has the mass of the data's, unless some of it lies where there is no data.
            if (seen.Count == 6) Assert.Equal(1, ones / known, 1e-4);
        }, iter: 50);

    [Fact]
    public void The_discounted_estimate_approaches_the_value_over_a_long_horizon()
    {
        const double gamma = 0.6;
        var tables = TabularProblem.RandomWithTrap(3, 2, 8, gamma, new RandomGenerator(7), 0.1);
        var endless = TabularProblem.RandomWithTrap(3, 2, 60, gamma, new RandomGenerator(7), 0.1);
        var (behavior, policy) = (OffPolicyExamples.Policy(71), OffPolicyExamples.Policy(72));
        var data = tables.Generate(behavior, 10_000, new RandomGenerator(1));
        Assert.Equal(endless.Value(policy), DiscountedEvaluation.Fit(data, LinearFeatures.Tabular(data, policy)).Value, 0.05);
    }

    [Fact]
    public void Features_that_do_not_fit_are_refused()
    {
        var data = LoggedTrajectories.Bandit([1, 2], [0.5, 0.5], [0, 0], [0, 1]);
        Assert.Throws<ArgumentException>(() => new LinearFeatures(2, [1, 2, 3], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => new LinearFeatures(1, [1, 2], [1]));
        Assert.Contains("Features of 3 steps", Assert.Throws<ArgumentException>(() => LinearEvaluation.Fit(data, new LinearFeatures(1, [1, 2, 3], [1, 2, 3]))).Message);
        Assert.Contains("step 0 of trajectory 1", Assert.Throws<ArgumentException>(() => LinearEvaluation.Fit(data, new LinearFeatures(1, [1, double.NaN], [1, 1]))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearEvaluation.Fit(data, new LinearFeatures(1, [1, 1], [1, 1]), ridge: 0));
        Assert.Contains("below 1", Assert.Throws<ArgumentException>(() => DiscountedEvaluation.Fit(data, new LinearFeatures(1, [1, 1], [1, 1]))).Message);
        Assert.Throws<ArgumentException>(() => LinearFeatures.PerAction(data, [1, 1], [1, 1], 1));
        Assert.Throws<ArgumentException>(() => LinearFeatures.PerAction(data, [1, 1], [1, 0, 1], 2));
    }
}
