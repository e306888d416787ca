using Vilfredo.Measurement.OffPolicy;

namespace Vilfredo.Measurement.Tests.OffPolicy;

public class TabularEvaluationTests
{
    [Fact]
    public void Fitted_values_and_ratios_approach_the_exact_ones()
    {
        var problem = OffPolicyExamples.Problem(61, noise: 0.1);
        var (behavior, policy) = (OffPolicyExamples.Policy(61), OffPolicyExamples.Policy(62));
        var data = problem.Generate(behavior, 20_000, new RandomGenerator(1));
        var (fitted, exact) = (TabularEvaluation.Fit(data, policy), problem.ExactView(data, policy, behavior));
        Assert.Equal(exact.ActionProbabilities, fitted.ActionProbabilities);
        AssertClose(exact.ActionValues!, fitted.ActionValues!, 0.05);
        AssertClose(exact.StateValues!, fitted.StateValues!, 0.05);
        AssertClose(exact.StateRatios!, fitted.StateRatios!, 0.1);
        AssertClose(exact.StateActionRatios!, fitted.StateActionRatios!, 0.15);
        foreach (var estimator in OffPolicyExamples.All) Assert.Equal(problem.Value(policy), estimator.Estimate(data, fitted), 0.05);
    }

    [Fact]
    public void Counting_gives_the_means_of_a_bandit()
    {
        var data = LoggedTrajectories.Bandit([1, 3, 10, 7], [0.5, 0.5, 0.5, 0.5], [0, 0, 0, 1], [0, 0, 1, 0]);
        var view = TabularEvaluation.Fit(data, TabularPolicy.Uniform(2, 2));
        Assert.Equal([2.0, 2, 10, 7], view.ActionValues!);
        Assert.Equal([6.0, 6, 6, 3.5], view.StateValues!); // Action 1 in context 1 was never logged: 0.
        Assert.Equal([1.0, 1, 1, 1], view.StateRatios!);
    }

    [Fact]
    public void Nothing_is_worth_anything_after_the_end()
    {
        var data = new LoggedTrajectories(3, 1, [1, 0, 0, 1, 1, 1], [1, 1, 1, 1, 1, 1], [1, 3], new int[6], new int[6]);
        var view = TabularEvaluation.Fit(data, TabularPolicy.Uniform(1, 1));

        // One of three steps that could go on ended: Q_2 = 1, Q_1 = 1 + 2/3, Q_0 = 1 + 2/3 (1 + 2/3).
        Assert.Equal(1 + 2 / 3.0 * (1 + 2 / 3.0), view.ActionValues![0], 12);
        Assert.Equal(1 + 2 / 3.0, view.ActionValues![4], 12);
        Assert.Equal(1, view.ActionValues![5], 12);
    }

    [Fact]
    public void Policies_that_are_fitted_together_get_the_views_that_each_gets_alone()
    {
        var problem = OffPolicyExamples.Problem(61, noise: 0.1);
        TabularPolicy[] policies = [OffPolicyExamples.Policy(61), OffPolicyExamples.Policy(62)];
        var data = problem.Generate(policies[0], 100, new RandomGenerator(1));
        foreach (var (policy, together) in policies.Zip(TabularEvaluation.FitEach(data, policies)))
        {
            var alone = TabularEvaluation.Fit(data, policy);
            Assert.Equal(alone.ActionProbabilities, together.ActionProbabilities);
            Assert.Equal(alone.ActionValues, together.ActionValues);
            Assert.Equal(alone.StateValues, together.StateValues);
            Assert.Equal(alone.StateRatios, together.StateRatios);
            Assert.Equal(alone.StateActionRatios, together.StateActionRatios);
        }

        Assert.Throws<ArgumentException>(() => TabularEvaluation.FitEach(data, []));
        Assert.Throws<ArgumentException>(() => TabularEvaluation.FitEach(data, [policies[0], TabularPolicy.Uniform(2, 2)]));
    }

    [Fact]
    public void Values_can_be_fitted_on_another_fold()
    {
        var problem = OffPolicyExamples.Problem(63);
        var policy = OffPolicyExamples.Policy(64);
        var (first, second) = (problem.Generate(policy, 40, new RandomGenerator(1)), problem.Generate(policy, 50, new RandomGenerator(2)));
        var crossed = TabularEvaluation.Fit(first, policy, second);
        Assert.NotEqual(TabularEvaluation.Fit(first, policy).ActionValues, crossed.ActionValues);
        Assert.Equal(first.Rewards.Length, crossed.ActionValues!.Count);
    }

    [Fact]
    public void Data_without_states_or_with_unknown_ones_is_refused()
    {
        var policy = TabularPolicy.Uniform(2, 2);
        Assert.Throws<ArgumentException>(() => TabularEvaluation.Fit(LoggedTrajectories.Bandit([1], [1]), policy));
        Assert.Contains("state 2", Assert.Throws<ArgumentException>(() =>
            TabularEvaluation.Fit(LoggedTrajectories.Bandit([1], [1], [2], [0]), policy)).Message);
    }

    private static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.True(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)) <= tolerance);
    }
}
