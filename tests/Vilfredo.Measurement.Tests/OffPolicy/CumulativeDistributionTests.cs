using CsCheck;
using Vilfredo.Measurement.OffPolicy;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Tests.OffPolicy;

public class CumulativeDistributionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_distribution_of_returns_agrees_with_the_enumeration_of_all_trajectories(ulong seed)
    {
        var problem = OffPolicyExamples.Problem(seed);
        var policy = OffPolicyExamples.Policy(seed);
        var exact = problem.Returns(policy);
        var enumerated = Enumerated(problem, policy);
        foreach (var threshold in Between(enumerated)) Assert.Equal(enumerated.Cumulative(threshold), exact.Cumulative(threshold), 10);
        Assert.Equal(problem.Value(policy), exact.Mean, 10);
        Assert.Equal(enumerated.Variance, exact.Variance, 10);
        Assert.Equal(enumerated.ConditionalValueAtRisk(0.2), exact.ConditionalValueAtRisk(0.2), 10);
    }

    [Theory]
    [InlineData("CD-DM")]
    [InlineData("CD-TIS")]
    [InlineData("CD-TDR")]
    public void The_expectation_over_all_trajectories_is_the_distribution(string name)
    {
        var estimator = CumulativeDistributionEstimator.All.Single(one => one.Name == name);
        var problem = OffPolicyExamples.Problem(11);
        var (behavior, policy) = (OffPolicyExamples.Policy(11), OffPolicyExamples.Policy(12));
        var truth = Enumerated(problem, policy);
        var thresholds = Between(truth);
        var expectation = new double[thresholds.Length];
        foreach (var (probability, data) in OffPolicyExamples.Enumerate(problem, behavior))
        {
            // Any predictions will do, as long as a state's is the mixture of its actions'; the direct method is nothing but predictions.
            var predictions = name == "CD-DM" ? problem.ExactReturns(data, policy) : Wrong(data, policy);
            var raw = estimator.RawCumulative(data, problem.ExactView(data, policy, behavior), thresholds, predictions);
            for (var i = 0; i < raw.Length; i++) expectation[i] += probability * raw[i];
        }

        for (var i = 0; i < thresholds.Length; i++) Assert.Equal(truth.Cumulative(thresholds[i]), expectation[i], 9);
    }

    [Fact]
    public void On_the_behavior_policys_own_data_weighting_gives_the_empirical_distribution()
    {
        var problem = OffPolicyExamples.Problem(31, noise: 0.3);
        var behavior = OffPolicyExamples.Policy(31);
        var data = problem.Generate(behavior, 60, new RandomGenerator(1));
        var view = new PolicyView { ActionProbabilities = data.BehaviorProbabilities.ToArray() };
        var empirical = ReturnDistribution.Empirical(data.Returns());
        foreach (var estimator in CumulativeDistributionEstimator.All.Where(one => !one.UsesPredictions))
        {
            var estimate = estimator.Estimate(data, view);
            Assert.Equal(empirical.Values.ToArray(), estimate.Values.ToArray());
            Assert.Equal(empirical.CumulativeProbabilities.ToArray(), estimate.CumulativeProbabilities.ToArray(), Near);
        }

        // With one action there is nothing to choose: what is predicted for the state is what is predicted for the action, and cancels.
        var single = new TabularProblem(1, 3, 0.9, [0.5, 0.5], [0.3, 0.7, 0.6, 0.4], [1, 2], 0.2);
        var only = TabularPolicy.Uniform(2, 1);
        var own = single.Generate(only, 50, new RandomGenerator(2));
        var ones = new PolicyView { ActionProbabilities = own.BehaviorProbabilities.ToArray() };
        var robust = CumulativeDistributionEstimator.DoublyRobust.Estimate(own, ones, PredictedReturns.Fit(own, only));
        Assert.Equal(ReturnDistribution.Empirical(own.Returns()).Mean, robust.Mean, 9);
        Assert.Equal(ReturnDistribution.Empirical(own.Returns()).Variance, robust.Variance, 9);
    }

    [Fact]
    public void Estimates_approach_the_distribution()
    {
        var problem = OffPolicyExamples.Problem(21);
        var (behavior, policy) = (OffPolicyExamples.Policy(21), OffPolicyExamples.Policy(22));
        var data = problem.Generate(behavior, 20_000, new RandomGenerator(2));
        var (truth, predictions) = (problem.Returns(policy), PredictedReturns.Fit(data, policy));
        var view = TabularEvaluation.Fit(data, policy);
        foreach (var estimator in CumulativeDistributionEstimator.All)
        {
            var estimate = estimator.Estimate(data, view, predictions);
            Assert.Equal(truth.Mean, estimate.Mean, 0.05);
            Assert.Equal(truth.Variance, estimate.Variance, 0.1);
            Assert.Equal(truth.ConditionalValueAtRisk(0.3), estimate.ConditionalValueAtRisk(0.3), 0.1);
            foreach (var threshold in Between(truth)) Assert.Equal(truth.Cumulative(threshold), estimate.Cumulative(threshold), 0.05);
        }
    }

    [Fact]
    public void Self_normalized_means_are_those_of_the_estimator_of_the_value()
    {
        var problem = OffPolicyExamples.Problem(41, noise: 0.2);
        var (behavior, policy) = (OffPolicyExamples.Policy(41), OffPolicyExamples.Policy(42));
        var data = problem.Generate(behavior, 80, new RandomGenerator(4));
        var view = TabularEvaluation.Fit(data, policy);
        Assert.Equal(
            OffPolicyEstimator.SelfNormalizedTrajectoryWise.Estimate(data, view),
            CumulativeDistributionEstimator.SelfNormalizedTrajectoryWise.Estimate(data, view).Mean, 10);

        // Distributions that are fitted by counting have the values that are fitted by counting as their means.
        var predictions = PredictedReturns.Fit(data, policy, largestSize: 32);
        for (var i = 0; i < data.Count; i++)
        {
            Assert.Equal(view.StateValues![i * data.Horizon], predictions.FirstStates[i].Mean, 9);
            Assert.Equal(view.ActionValues![i * data.Horizon], predictions.FirstActions[i].Mean, 9);
        }

        Assert.Equal(OffPolicyEstimator.DirectMethod.Estimate(data, view), CumulativeDistributionEstimator.DirectMethod.Estimate(data, view, predictions).Mean, 9);
    }

    [Fact]
    public void Every_estimate_is_a_distribution_whatever_the_weights() =>
        (from rewards in Gen.Double[-5, 5].Array[8]
         from logged in Gen.Double[0.02, 1].Array[8]
         from target in Gen.Double[0, 1].Array[8]
         from predicted in Gen.Double[-6, 6].Array[16]
         select (rewards, logged, target, predicted)).Sample(sample =>
        {
            var data = LoggedTrajectories.Bandit(sample.rewards, sample.logged);
            var view = new PolicyView { ActionProbabilities = sample.target };
            var predictions = new PredictedReturns([.. sample.predicted[..8].Select(ReturnDistribution.Certain)], [.. sample.predicted[8..].Select(ReturnDistribution.Certain)]);
            double[] seen = [.. sample.rewards, .. sample.predicted];
            foreach (var estimator in CumulativeDistributionEstimator.All)
            {
                var estimate = estimator.Estimate(data, view, predictions);
                var cumulative = estimate.CumulativeProbabilities.ToArray();
                Assert.Equal(cumulative.Order(), cumulative);
                Assert.All(cumulative, value => Assert.InRange(value, 0, 1));
                Assert.Equal(1, cumulative[^1]);
                Assert.InRange(estimate.Mean, seen.Min() - 1e-9, seen.Max() + 1e-9);
                Assert.True(estimate.Variance >= 0);
            }
        }, iter: 300);

    [Fact]
    public void The_interval_of_a_tail_covers_it()
    {
        var problem = OffPolicyExamples.Problem(51);
        var (behavior, policy) = (OffPolicyExamples.Policy(51), OffPolicyExamples.Policy(52));
        var data = problem.Generate(behavior, 3000, new RandomGenerator(5));
        var interval = CumulativeDistributionEstimator.SelfNormalizedTrajectoryWise.EstimateWithInterval(
            data, problem.ExactView(data, policy, behavior), one => one.ConditionalValueAtRisk(0.25), new RandomGenerator(6),
            options: new BootstrapOptions { Level = 0.999, Resamples = 300, Method = BootstrapMethod.Percentile });
        Assert.InRange(problem.Returns(policy).ConditionalValueAtRisk(0.25), interval.Lower - 1e-9, interval.Upper + 1e-9);
        Assert.True(interval.Upper > interval.Lower);
    }

    [Fact]
    public void What_is_missing_or_does_not_fit_is_named()
    {
        var data = LoggedTrajectories.Bandit([1, 2], [0.5, 0.5]);
        var view = new PolicyView { ActionProbabilities = [1, 1] };
        Assert.Contains("PredictedReturns.Fit", Assert.Throws<ArgumentException>(() => CumulativeDistributionEstimator.DoublyRobust.Estimate(data, view)).Message);
        Assert.Contains("the data has 2", Assert.Throws<ArgumentException>(() =>
            CumulativeDistributionEstimator.DirectMethod.Estimate(data, view, new([ReturnDistribution.Certain(0)], [ReturnDistribution.Certain(0)]))).Message);
        Assert.Contains("ActionProbabilities", Assert.Throws<ArgumentException>(() => CumulativeDistributionEstimator.TrajectoryWise.Estimate(data, new PolicyView())).Message);
        Assert.Throws<ArgumentException>(() => new PredictedReturns([ReturnDistribution.Certain(0)], []));
        Assert.Throws<ArgumentException>(() => PredictedReturns.Fit(data, TabularPolicy.Uniform(1, 1)));
        Assert.Contains("noisy", Assert.Throws<InvalidOperationException>(() => OffPolicyExamples.Problem(1, noise: 0.1).Returns(OffPolicyExamples.Policy(1))).Message);
    }

    private static bool Near(double left, double right) => Math.Abs(left - right) < 1e-10;

    private static ReturnDistribution Enumerated(TabularProblem problem, TabularPolicy policy)
    {
        var all = OffPolicyExamples.Enumerate(problem, policy).ToList();
        var sum = all.Sum(one => one.Probability);
        return new([.. all.Select(one => one.Data.Returns()[0])], [.. all.Select(one => one.Probability / sum)]);
    }

    // Not at a value itself: there the last bit of a sum would decide.
    private static double[] Between(ReturnDistribution distribution)
    {
        var values = distribution.Values.ToArray();
        return [values[0] - 1, .. values.Zip(values.Skip(1)).Where(pair => pair.Second - pair.First > 1e-6).Select(pair => (pair.First + pair.Second) / 2), values[^1] + 1];
    }

    private static PredictedReturns Wrong(LoggedTrajectories data, TabularPolicy policy)
    {
        var (state, action) = (data.States[0], data.Actions[0]);
        var ofActions = Enumerable.Range(0, policy.Actions).Select(a => Math.Sin(1 + 7 * state + 3 * a)).ToArray();
        return new([new ReturnDistribution(ofActions, policy.Of(state))], [ReturnDistribution.Certain(ofActions[action])]);
    }
}
