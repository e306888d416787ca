using Vilfredo.Measurement.OffPolicy;
using Vilfredo.Measurement.OffPolicy.Selection;
using Vilfredo.Measurement.Portfolios;

namespace Vilfredo.Measurement.Tests.OffPolicy;

public class SelectionTests
{
    [Fact]
    public void A_cross_fitted_view_knows_nothing_of_its_own_trajectory()
    {
        var problem = OffPolicyExamples.Problem(3);
        var policy = OffPolicyExamples.Policy(4);
        var data = problem.Generate(OffPolicyExamples.Policy(3), 12, new RandomGenerator(1));
        var changed = new LoggedTrajectories(
            data.Horizon, data.Gamma, [.. data.Rewards.ToArray().Select((reward, entry) => entry < data.Horizon ? reward + 50 : reward)], data.BehaviorProbabilities, [], data.States, data.Actions);
        PolicyView View(LoggedTrajectories from) =>
            CrossFitting.View(from, 3, new RandomGenerator(2), training => TabularEvaluation.Fit(from, policy, from.Subset(training)));
        var (before, after) = (View(data), View(changed));
        Assert.Equal(before.ActionValues!.Take(data.Horizon), after.ActionValues!.Take(data.Horizon));
        Assert.NotEqual(before.ActionValues, after.ActionValues);
        Assert.Equal(before.StateActionRatios, after.StateActionRatios);
        Assert.NotNull(before.ActionProbabilities);
    }

    [Fact]
    public void Double_reinforcement_learning_comes_to_the_value()
    {
        var problem = OffPolicyExamples.Problem(3, noise: 0.2);
        var policy = OffPolicyExamples.Policy(4);
        var data = problem.Generate(OffPolicyExamples.Policy(3), 4000, new RandomGenerator(1));
        var view = CrossFitting.View(data, 2, new RandomGenerator(2), training => TabularEvaluation.Fit(data, policy, data.Subset(training)));
        Assert.Equal(problem.Value(policy), OffPolicyEstimator.MarginalDoublyRobust.Estimate(data, view), 0.03);
    }

    [Fact]
    public void Cross_fitting_refuses_what_does_not_fit()
    {
        var data = LoggedTrajectories.Bandit([1, 2, 3], [0.5, 0.5, 0.5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossFitting.View(data, 4, new RandomGenerator(1), _ => new PolicyView()));
        Assert.Throws<ArgumentException>(() => CrossFitting.View(data, 3, new RandomGenerator(1), _ => new PolicyView { StateValues = [1] }));
        Assert.Throws<ArgumentException>(() => data.Subset([3]));
        Assert.Equal([3, 1], data.Subset([2, 0]).Rewards.ToArray());
    }

    [Fact]
    public void Bounds_are_the_formulas()
    {
        double[] values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        const double mean = 4.5, variance = 82.5 / 9;
        Assert.Equal(mean - 1.833112933 * Math.Sqrt(variance / 10), LowerBounds.Of(values, LowerBoundMethod.StudentT), 1e-7);
        Assert.Equal(mean - 9 * Math.Sqrt(Math.Log(20) / 20), LowerBounds.Of(values, LowerBoundMethod.Hoeffding), 1e-12);
        Assert.Equal(mean - 2 * Math.Sqrt(Math.Log(10) / 20), LowerBounds.Of(values, LowerBoundMethod.Hoeffding, 0.1, range: 2), 1e-12);
        Assert.Equal(mean - 7 * 9 * Math.Log(40) / 27 - Math.Sqrt(2 * variance * Math.Log(40) / 10), LowerBounds.Of(values, LowerBoundMethod.EmpiricalBernstein), 1e-12);
    }

    [Fact]
    public void Bounds_hold_as_often_as_they_say()
    {
        var random = new RandomGenerator(8);
        const int trials = 2000, n = 20;
        var below = Enum.GetValues<LowerBoundMethod>().ToDictionary(method => method, _ => 0);
        for (var trial = 0; trial < trials; trial++)
        {
            double[] uniform = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())];
            foreach (var method in below.Keys)
            {
                if (trial % 4 != 0 && method == LowerBoundMethod.Bootstrap) continue;
                if (LowerBounds.Of(uniform, method, 0.1, range: 1, random) > 0.5) below[method]++;
            }
        }

        Assert.InRange((double)below[LowerBoundMethod.StudentT] / trials, 0.07, 0.13);
        Assert.InRange(below[LowerBoundMethod.Bootstrap] / (trials / 4.0), 0.05, 0.17);
        Assert.True(below[LowerBoundMethod.Hoeffding] <= 0.1 * trials);
        Assert.True(below[LowerBoundMethod.EmpiricalBernstein] <= 0.1 * trials);
    }

    [Fact]
    public void Bounds_refuse_what_does_not_fit()
    {
        Assert.Throws<ArgumentException>(() => LowerBounds.Of([1], LowerBoundMethod.StudentT));
        Assert.Throws<ArgumentException>(() => LowerBounds.Of([1, double.NaN], LowerBoundMethod.StudentT));
        Assert.Throws<ArgumentException>(() => LowerBounds.Of([1, 2], LowerBoundMethod.Bootstrap));
        Assert.Throws<ArgumentOutOfRangeException>(() => LowerBounds.Of([1, 2], LowerBoundMethod.StudentT, 0));
        Assert.Equal(2, LowerBounds.Of([2, 2, 2], LowerBoundMethod.Bootstrap, random: new RandomGenerator(1)), 1e-12);
    }

    [Fact]
    public void Estimators_are_compared_by_all_measures()
    {
        var problem = OffPolicyExamples.Problem(3, noise: 0.2);
        var behavior = OffPolicyExamples.Policy(3);
        TabularPolicy[] candidates = [.. Enumerable.Range(10, 6).Select(seed => OffPolicyExamples.Policy((ulong)seed))];
        double[] truth = [.. candidates.Select(problem.Value)];
        var data = problem.Generate(behavior, 100, new RandomGenerator(1));
        var assessments = OffPolicySelection.Compare(
            data, TabularEvaluation.FitEach(data, candidates), OffPolicyEstimator.Compared, truth, problem.Value(behavior), 3);
        Assert.Equal(OffPolicyEstimator.Compared.Select(estimator => estimator.Name), assessments.Select(one => one.Estimator));
        var direct = assessments[0];
        double[] estimates = [.. candidates.Select(policy => OffPolicyEstimator.DirectMethod.Estimate(data, TabularEvaluation.Fit(data, policy)))];
        Assert.Equal(estimates, direct.Estimates);
        Assert.Equal(RankingMetrics.RankCorrelation(truth, estimates), direct.RankCorrelation);
        Assert.Equal(PortfolioMetrics.Evaluate(truth, estimates, problem.Value(behavior), 3).At(3), direct.TopK.At(3));
        Assert.Throws<ArgumentException>(() => OffPolicySelection.Compare(data, [], OffPolicyEstimator.Compared, truth, 1, 3));
    }

    [Fact]
    public void The_oracle_is_best_at_every_size()
    {
        double[] truth = [3, 1, 2];
        var oracle = OffPolicySelection.Assess("oracle", truth, truth, 1.5, 3);
        Assert.All(oracle.TopK.Points, point => Assert.Equal(3, point.Best));
        Assert.Equal(0, oracle.MeanSquaredError + oracle.Regret + oracle.SummedRegret + oracle.TypeIErrorRate + oracle.TypeIIErrorRate);
        Assert.Equal(1, oracle.RankCorrelation, 12);
    }
}
