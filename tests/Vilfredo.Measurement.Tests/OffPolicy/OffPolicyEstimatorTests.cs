using CsCheck;
using Vilfredo.Measurement.OffPolicy;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Tests.OffPolicy;

public class OffPolicyEstimatorTests
{
    public static TheoryData<int> Unbiased => [.. Enumerable.Range(0, OffPolicyExamples.All.Count).Where(i => !OffPolicyExamples.All[i].IsSelfNormalized)];

    public static TheoryData<int> Every => [.. Enumerable.Range(0, OffPolicyExamples.All.Count)];

    [Theory]
    [MemberData(nameof(Unbiased))]
    public void The_expectation_over_all_trajectories_is_the_value(int index)
    {
        var estimator = OffPolicyExamples.All[index];
        var problem = OffPolicyExamples.Problem(11);
        var (behavior, policy) = (OffPolicyExamples.Policy(11), OffPolicyExamples.Policy(12));
        var expectation = OffPolicyExamples.Enumerate(problem, behavior).Sum(t =>
        {
            // Any predictions will do, except for the direct method, which is nothing but predictions.
            var view = problem.ExactView(t.Data, policy, behavior);
            if (estimator.Weighting != ImportanceWeighting.None) view = OffPolicyExamples.WithWrongPredictions(view, t.Data, policy);
            return t.Probability * estimator.Estimate(t.Data, view);
        });
        Assert.Equal(problem.Value(policy), expectation, 10);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Estimates_approach_the_value_and_intervals_cover_it(int index)
    {
        var estimator = OffPolicyExamples.All[index];
        var problem = OffPolicyExamples.Problem(21, noise: 0.2);
        var (behavior, policy) = (OffPolicyExamples.Policy(21), OffPolicyExamples.Policy(22));
        var data = problem.Generate(behavior, 4000, new RandomGenerator(2));
        var options = new BootstrapOptions { Level = 0.9999, Method = BootstrapMethod.Percentile, Resamples = 1000 };
        var interval = estimator.EstimateWithInterval(data, problem.ExactView(data, policy, behavior), new RandomGenerator(3), options);
        Assert.InRange(problem.Value(policy), interval.Lower - 1e-9, interval.Upper + 1e-9);
        Assert.Equal(problem.Value(policy), interval.Estimate, 0.1);
    }

    [Fact]
    public void On_the_behavior_policys_own_data_everything_is_the_mean_return()
    {
        var problem = OffPolicyExamples.Problem(31);
        var behavior = OffPolicyExamples.Policy(31);
        var data = problem.Generate(behavior, 50, new RandomGenerator(1));
        var view = OffPolicyExamples.WithWrongPredictions(problem.ExactView(data, behavior, behavior), data, behavior);
        var expected = data.Returns().Average();
        foreach (var estimator in OffPolicyExamples.All.Where(e => !e.UsesPredictions))
            Assert.Equal(expected, estimator.Estimate(data, view), 10);
    }

    // With pi = pi_b the sum telescopes when V(s) is the prediction of the action taken, as for deterministic policies.
    [Fact]
    public void The_doubly_robust_form_telescopes_for_a_deterministic_policy_on_its_own_data()
    {
        var problem = OffPolicyExamples.Problem(32);
        var behavior = new TabularPolicy([1, 0, 0, 1, 1, 0], 2);
        var data = problem.Generate(behavior, 50, new RandomGenerator(1));
        var view = OffPolicyExamples.WithWrongPredictions(problem.ExactView(data, behavior, behavior), data, behavior);
        foreach (var estimator in OffPolicyExamples.All.Where(e => e.Weighting != ImportanceWeighting.None))
            Assert.Equal(data.Returns().Average(), estimator.Estimate(data, view), 10);
    }

    [Fact]
    public void Without_predictions_doubly_robust_is_importance_sampling()
    {
        var (data, view) = Random(41);
        var zeros = view with { ActionValues = new double[data.Rewards.Length], StateValues = new double[data.Rewards.Length] };
        Assert.Equal(OffPolicyEstimator.PerDecision.PerTrajectory(data, view), OffPolicyEstimator.DoublyRobust.PerTrajectory(data, zeros));
        Assert.Equal(
            OffPolicyEstimator.SelfNormalizedMarginal.PerTrajectory(data, view),
            OffPolicyEstimator.SelfNormalizedMarginalDoublyRobust.PerTrajectory(data, zeros));
    }

    [Fact]
    public void The_spectrum_ends_in_per_decision_and_marginal_sampling()
    {
        var (data, view) = Random(42);
        Assert.Equal(OffPolicyEstimator.PerDecision.PerTrajectory(data, view), OffPolicyEstimator.Spectrum(data.Horizon).PerTrajectory(data, view));
        Assert.Equal(OffPolicyEstimator.Marginal.PerTrajectory(data, view), OffPolicyEstimator.Spectrum(0).PerTrajectory(data, view));
    }

    [Fact]
    public void Exact_predictions_take_the_noise_of_the_weights_away_in_a_deterministic_world()
    {
        // From each of two states, action a leads to state a; rewards have no noise.
        var problem = new TabularProblem(2, 4, 0.9, [1, 0], [1, 0, 0, 1, 1, 0, 0, 1], [1, 2, 3, 5]);
        var (behavior, policy) = (OffPolicyExamples.Policy(1, 2), OffPolicyExamples.Policy(2, 2));
        var data = problem.Generate(behavior, 30, new RandomGenerator(1));
        var view = problem.ExactView(data, policy, behavior);
        Assert.All(OffPolicyEstimator.DoublyRobust.PerTrajectory(data, view), value => Assert.Equal(problem.Value(policy), value, 9));
        Assert.True(Descriptive.StandardDeviation(OffPolicyEstimator.PerDecision.PerTrajectory(data, view)) > 0.1);
    }

    // The formulas written out step by step, with the previous weight in its own term.
    [Fact]
    public void Self_normalized_estimators_agree_with_the_formulas_written_out()
    {
        var (data, view) = Random(43);
        var (n, horizon) = (data.Count, data.Horizon);
        var weights = new double[n, horizon];
        for (var i = 0; i < n; i++)
        {
            for (var t = 0; t < horizon; t++)
            {
                var e = i * horizon + t;
                weights[i, t] = (t == 0 ? 1 : weights[i, t - 1]) * view.ActionProbabilities![e] / data.BehaviorProbabilities[e];
            }
        }

        double Normalized(int i, int t) => t < 0 ? 1 : weights[i, t] / (Enumerable.Range(0, n).Sum(j => weights[j, t]) / n);
        double perDecision = 0, doublyRobust = 0, trajectoryWise = 0;
        for (var i = 0; i < n; i++)
        {
            for (var t = 0; t < horizon; t++)
            {
                var e = i * horizon + t;
                var discount = Math.Pow(data.Gamma, t) / n;
                perDecision += discount * Normalized(i, t) * data.Rewards[e];
                trajectoryWise += discount * Normalized(i, horizon - 1) * data.Rewards[e];
                doublyRobust += discount * (Normalized(i, t) * (data.Rewards[e] - view.ActionValues![e]) + Normalized(i, t - 1) * view.StateValues![e]);
            }
        }

        Assert.Equal(perDecision, OffPolicyEstimator.SelfNormalizedPerDecision.Estimate(data, view), 10);
        Assert.Equal(trajectoryWise, OffPolicyEstimator.SelfNormalizedTrajectoryWise.Estimate(data, view), 10);
        Assert.Equal(doublyRobust, OffPolicyEstimator.SelfNormalizedDoublyRobust.Estimate(data, view), 10);
    }

    [Fact]
    public void Self_normalized_estimates_of_a_bandit_stay_between_the_rewards() =>
        (from rewards in Gen.Double[-5, 5].Array[6]
         from logged in Gen.Double[0.05, 1].Array[6]
         from target in Gen.Double[0.01, 1].Array[6]
         select (rewards, logged, target)).Sample(sample =>
        {
            var data = LoggedTrajectories.Bandit(sample.rewards, sample.logged);
            var view = new PolicyView { ActionProbabilities = sample.target };
            var estimate = OffPolicyEstimator.SelfNormalizedTrajectoryWise.Estimate(data, view);
            Assert.InRange(estimate, sample.rewards.Min() - 1e-9, sample.rewards.Max() + 1e-9);
            Assert.Equal(
                sample.rewards.Select((r, i) => r * sample.target[i] / sample.logged[i]).Average(),
                OffPolicyEstimator.PerDecision.Estimate(data, view), 9);
        }, iter: 200);

    [Fact]
    public void The_interval_of_a_self_normalized_estimate_has_the_spread_of_repeated_experiments()
    {
        var problem = OffPolicyExamples.Problem(51, noise: 0.2);
        var (behavior, policy) = (OffPolicyExamples.Policy(51), OffPolicyExamples.Policy(52));
        var estimates = new double[300];
        for (var i = 0; i < estimates.Length; i++)
        {
            var repeat = problem.Generate(behavior, 300, new RandomGenerator(1, (ulong)i));
            estimates[i] = OffPolicyEstimator.SelfNormalizedPerDecision.Estimate(repeat, problem.ExactView(repeat, policy, behavior));
        }

        var data = problem.Generate(behavior, 300, new RandomGenerator(2));
        var interval = OffPolicyEstimator.SelfNormalizedPerDecision.EstimateWithInterval(
            data, problem.ExactView(data, policy, behavior), new RandomGenerator(3), new BootstrapOptions { Resamples = 1000 });
        Assert.InRange(interval.StandardError / Descriptive.StandardDeviation(estimates), 0.75, 1.3);
    }

    [Fact]
    public void Padding_changes_nothing()
    {
        var data = new LoggedTrajectories(2, 0.9, [1, 2, 3, 4], [0.5, 0.5, 0.25, 0.5]);
        var padded = new LoggedTrajectories(4, 0.9, [1, 2, 99, 99, 3, 4, 99, 99], [0.5, 0.5, 9, 9, 0.25, 0.5, 9, 9], [2, 2]);
        var view = new PolicyView
        {
            ActionProbabilities = [0.3, 0.6, 0.9, 0.1],
            StateValues = [1, 2, 3, 4],
            ActionValues = [2, 1, 4, 3],
            StateActionRatios = [1, 2, 0.5, 0.3],
            StateRatios = [1, 1.5, 0.2, 0.8],
        };
        var paddedView = new PolicyView
        {
            ActionProbabilities = Pad(view.ActionProbabilities),
            StateValues = Pad(view.StateValues),
            ActionValues = Pad(view.ActionValues),
            StateActionRatios = Pad(view.StateActionRatios),
            StateRatios = Pad(view.StateRatios),
        };
        foreach (var estimator in OffPolicyExamples.All)
            Assert.Equal(estimator.Estimate(data, view), estimator.Estimate(padded, paddedView), 10);
        Assert.Equal(data.Returns(), padded.Returns());

        static double[] Pad(IReadOnlyList<double> values) => [values[0], values[1], double.NaN, -7, values[2], values[3], double.NaN, -7];
    }

    [Fact]
    public void Long_horizons_overflow_only_without_normalization()
    {
        const int horizon = 2000;
        var (rewards, logged, target) = (new double[horizon], new double[horizon], new double[horizon]);
        Array.Fill(rewards, 1);
        Array.Fill(logged, 0.1);
        Array.Fill(target, 0.9);
        var data = new LoggedTrajectories(horizon, 1, rewards, logged);
        var view = new PolicyView { ActionProbabilities = target };
        Assert.Equal(horizon, OffPolicyEstimator.SelfNormalizedPerDecision.Estimate(data, view), 9);
        Assert.Contains("overflow", Assert.Throws<InvalidOperationException>(() => OffPolicyEstimator.PerDecision.Estimate(data, view)).Message);
    }

    [Fact]
    public void A_policy_that_never_acts_as_logged_has_weights_of_zero()
    {
        var data = LoggedTrajectories.Bandit([1, 2], [0.5, 0.5]);
        var view = new PolicyView { ActionProbabilities = [0, 0] };
        Assert.Equal(0, OffPolicyEstimator.SelfNormalizedPerDecision.Estimate(data, view));
        Assert.Equal(0, OffPolicyEstimator.PerDecision.Estimate(data, view));
    }

    [Fact]
    public void Bad_logs_and_views_are_refused_with_the_place()
    {
        Assert.Contains("step 1 of trajectory 0", Assert.Throws<ArgumentException>(() => new LoggedTrajectories(2, 1, [1, 2], [0.5, 0])).Message);
        Assert.Contains("step 0 of trajectory 1", Assert.Throws<ArgumentException>(() => LoggedTrajectories.Bandit([1, double.NaN], [1, 1])).Message);
        Assert.Throws<ArgumentException>(() => LoggedTrajectories.Bandit([1, 2], [0.5]));
        Assert.Throws<ArgumentException>(() => new LoggedTrajectories(2, 1, [1, 2, 3], [1, 1, 1]));
        Assert.Throws<ArgumentException>(() => new LoggedTrajectories(2, 1, [1, 2], [1, 1], [3]));
        Assert.Throws<ArgumentException>(() => new LoggedTrajectories(1, 1, [1], [1], [], [-1], [0]));

        var data = LoggedTrajectories.Bandit([1, 2], [0.5, 0.5]);
        Assert.Contains("ActionProbabilities", Assert.Throws<ArgumentException>(() => OffPolicyEstimator.PerDecision.Estimate(data, new PolicyView())).Message);
        Assert.Contains("1.5", Assert.Throws<ArgumentException>(() =>
            OffPolicyEstimator.PerDecision.Estimate(data, new PolicyView { ActionProbabilities = [1, 1.5] })).Message);
        Assert.Throws<ArgumentException>(() => OffPolicyEstimator.Marginal.Estimate(data, new PolicyView { StateActionRatios = [1] }));
        Assert.Throws<ArgumentException>(() => OffPolicyEstimator.DirectMethod.Estimate(data, new PolicyView { StateValues = [double.NaN, 0] }));
    }

    private static (LoggedTrajectories Data, PolicyView View) Random(ulong seed)
    {
        var problem = OffPolicyExamples.Problem(seed);
        var (behavior, policy) = (OffPolicyExamples.Policy(seed), OffPolicyExamples.Policy(seed + 100));
        var data = problem.Generate(behavior, 20, new RandomGenerator(seed));
        return (data, OffPolicyExamples.WithWrongPredictions(problem.ExactView(data, policy, behavior), data, policy));
    }
}
