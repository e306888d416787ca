using Vilfredo.Measurement.OffPolicy;
using Vilfredo.Measurement.OffPolicy.Networks;

namespace Vilfredo.Measurement.Tests.OffPolicy;

public class FittedQEvaluationTests
{
    private static readonly NetworkOptions Linear = new() { HiddenUnits = [], LearningRate = 0.02, Steps = 4000, BatchSize = 16, TargetInterval = 50 };

    // Three states; action 0 goes on, action 1 stays; without chance, so that all logged pairs tell the whole truth.
    private static TabularProblem Cycle(int horizon, double gamma) =>
        new(2, horizon, gamma, [1, 0, 0], [0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1], [1, 0, -1, 2, 0.5, 3]);

    [Fact]
    public void A_linear_network_comes_to_the_linear_fitted_values_over_all_time()
    {
        var (behavior, policy) = (OffPolicyExamples.Policy(1), OffPolicyExamples.Policy(2));
        var data = Cycle(8, 0.7).Generate(behavior, 40, new RandomGenerator(1));
        var inputs = StateActionInputs.Tabular(data, policy);
        var view = FittedQEvaluation.Fit(data, inputs, new RandomGenerator(5), Linear, endsAtHorizon: false);
        var exact = DiscountedEvaluation.Fit(data, inputs.ToLinearFeatures());
        for (var entry = 0; entry < data.Rewards.Length; entry++) Assert.Equal(exact.ActionValues[entry], view.ActionValues![entry], 0.02);
        Assert.Equal(exact.Value, OffPolicyEstimator.DirectMethod.Estimate(data, view), 0.02);
    }

    [Fact]
    public void With_the_step_among_the_features_values_are_those_of_dynamic_programming()
    {
        const int horizon = 3;
        var (behavior, policy) = (OffPolicyExamples.Policy(1), OffPolicyExamples.Policy(2));
        var problem = Cycle(horizon, 0.9);
        var data = problem.Generate(behavior, 200, new RandomGenerator(1));
        var (features, probabilities) = (new double[data.Rewards.Length * horizon * 3], new double[data.Rewards.Length * 2]);
        for (var entry = 0; entry < data.Rewards.Length; entry++)
        {
            features[(entry * horizon + entry % horizon) * 3 + data.States[entry]] = 1;
            policy.Of(data.States[entry]).CopyTo(probabilities.AsSpan(entry * 2));
        }

        var view = FittedQEvaluation.Fit(data, StateActionInputs.Numbered(data, features, probabilities, 2), new RandomGenerator(5), Linear);
        Assert.Equal(problem.Value(policy), OffPolicyEstimator.DirectMethod.Estimate(data, view), 0.02);
        var exact = problem.ExactView(data, policy, behavior);
        Assert.All(exact.ActionValues!.Zip(view.ActionValues!), pair => Assert.Equal(pair.First, pair.Second, 0.05));
    }

    [Fact]
    public void A_hidden_layer_learns_what_no_line_can_follow()
    {
        // A bandit with a context x: action 0 earns 4 (x − 1/2)², action 1 nothing; the policy always takes 0, and no line in x is better than a constant.
        const int count = 400;
        var random = new RandomGenerator(9);
        var (contexts, actions, rewards, behavior, policy) = (new double[count], new int[count], new double[count], new double[count], new double[2 * count]);
        for (var i = 0; i < count; i++)
        {
            (contexts[i], actions[i], behavior[i], policy[2 * i]) = (random.NextDouble(), random.NextInt32(2), 0.5, 1);
            rewards[i] = actions[i] == 0 ? 4 * (contexts[i] - 0.5) * (contexts[i] - 0.5) : 0;
        }

        var data = LoggedTrajectories.Bandit(rewards, behavior, [], actions);
        var inputs = StateActionInputs.Numbered(data, contexts, policy, 2);
        double Error(NetworkOptions options)
        {
            var view = FittedQEvaluation.Fit(data, inputs, new RandomGenerator(1), options);
            return Math.Sqrt(contexts.Select((x, i) => Math.Pow(view.StateValues![i] - 4 * (x - 0.5) * (x - 0.5), 2)).Average());
        }

        Assert.True(Error(new NetworkOptions { HiddenUnits = [50], LearningRate = 3e-3, Steps = 2000, BatchSize = 32 }) < 0.04);
        Assert.True(Error(Linear) > 0.25); // the standard deviation of the parabola is 0.298
    }

    [Fact]
    public void Continuous_actions_are_part_of_the_input()
    {
        // The reward is the action's distance from the context, below: linear in both on each side; the policy plays the context itself.
        const int count = 600;
        var random = new RandomGenerator(4);
        var (contexts, actions, rewards, densities) = (new double[count], new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            (contexts[i], actions[i], densities[i]) = (random.NextDouble(), random.NextDouble(), 1);
            rewards[i] = 1 - Math.Abs(contexts[i] - actions[i]);
        }

        var data = new LoggedTrajectories(1, 1, rewards, densities, hasDensities: true);
        var inputs = StateActionInputs.Continuous(data, contexts, actions, contexts);
        var view = FittedQEvaluation.Fit(data, inputs, new RandomGenerator(1), new NetworkOptions { HiddenUnits = [30], LearningRate = 3e-3, Steps = 3000, BatchSize = 32 });
        Assert.Equal(1, OffPolicyEstimator.DirectMethod.Estimate(data, view), 0.05);
        Assert.Equal(3, inputs.ToLinearFeatures().Dimension);
    }

    [Fact]
    public void What_was_not_trained_on_changes_nothing()
    {
        var (behavior, policy) = (OffPolicyExamples.Policy(1), OffPolicyExamples.Policy(2));
        var data = Cycle(4, 0.9).Generate(behavior, 6, new RandomGenerator(1));
        var others = new LoggedTrajectories(
            4, 0.9, [.. data.Rewards.ToArray().Select((reward, entry) => entry < 4 ? reward + 100 : reward)], data.BehaviorProbabilities, [], data.States, data.Actions);
        var options = Linear with { Steps = 50 };
        PolicyView Fit(LoggedTrajectories from) => FittedQEvaluation.Fit(from, StateActionInputs.Tabular(from, policy), new RandomGenerator(2), options, training: [1, 2, 3, 4, 5]);
        Assert.Equal(Fit(data).ActionValues, Fit(others).ActionValues);
    }

    [Fact]
    public void What_follows_the_end_and_what_stands_in_the_padding_counts_for_nothing()
    {
        var data = new LoggedTrajectories(3, 0.9, [2, 7, 7, 2, 7, 7], [1, 1, 1, 1, 1, 1], [1, 1], [0, 9, 9, 0, 9, 9], [0, 9, 9, 0, 9, 9]);
        var inputs = StateActionInputs.Numbered(data, [1, double.NaN, double.NaN, 1, double.NaN, double.NaN], [1, 9, 9, 1, 9, 9], 1);
        var view = FittedQEvaluation.Fit(data, inputs, new RandomGenerator(1), Linear with { Steps = 1000 });
        Assert.Equal(2, OffPolicyEstimator.DirectMethod.Estimate(data, view), 1e-3);
        Assert.True(double.IsFinite(inputs.ToLinearFeatures().Logged(1).ToArray().Sum()));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var data = LoggedTrajectories.Bandit([1, 2], [0.5, 0.5], [0, 0], [0, 1]);
        var inputs = StateActionInputs.Numbered(data, [1, 2], [1, 0, 0, 1], 2);
        var three = LoggedTrajectories.Bandit([1, 2, 3], [0.5, 0.5, 0.5], [0, 0, 0], [0, 1, 1]);
        var random = new RandomGenerator(1);
        Assert.Contains("Inputs of 2 steps", Assert.Throws<ArgumentException>(() => FittedQEvaluation.Fit(three, inputs, random)).Message);
        Assert.Contains("no trajectory 2", Assert.Throws<ArgumentException>(() => FittedQEvaluation.Fit(data, inputs, random, training: [2])).Message);
        Assert.Throws<ArgumentException>(() => FittedQEvaluation.Fit(data, inputs, random, endsAtHorizon: false));
        Assert.Throws<ArgumentOutOfRangeException>(() => FittedQEvaluation.Fit(data, inputs, random, new NetworkOptions { Steps = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FittedQEvaluation.Fit(data, inputs, random, new NetworkOptions { LearningRate = double.NaN }));
        Assert.Throws<ArgumentException>(() => StateActionInputs.Numbered(data, [1, 2, 3], [1, 0, 0, 1], 2));
        Assert.Throws<ArgumentException>(() => StateActionInputs.Numbered(data, [1, 2], [1, 0, 0, 0.5], 2));
        Assert.Throws<ArgumentException>(() => StateActionInputs.Numbered(data, [1, 2], [1, 1], 1));
        Assert.Throws<ArgumentException>(() => StateActionInputs.Numbered(data, [1, double.NaN], [1, 0, 0, 1], 2));
        Assert.Throws<ArgumentException>(() => StateActionInputs.Continuous(data, [1, 2], [1, 2], [1]));
        Assert.Throws<ArgumentException>(() => StateActionInputs.Continuous(data, [1, 2], [1, double.NaN], [1, 1]));
    }
}
