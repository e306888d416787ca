using Vilfredo.Measurement.OffPolicy;
using Vilfredo.Measurement.OffPolicy.Continuous;

namespace Vilfredo.Measurement.Tests.OffPolicy;

public class ActionKernelsTests
{
    private const int Grid = 20_000;

    public static TheoryData<ActionKernel> Kernels => [.. Enum.GetValues<ActionKernel>()];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_is_a_symmetric_density_with_its_second_moment(ActionKernel kernel)
    {
        var (mass, moment) = (0.0, 0.0);
        const double width = 20.0 / Grid;
        for (var i = 0; i < Grid; i++)
        {
            var u = -10 + (i + 0.5) * width;
            mass += width * ActionKernels.Density(kernel, u);
            moment += width * u * u * ActionKernels.Density(kernel, u);
            Assert.Equal(ActionKernels.Density(kernel, u), ActionKernels.Density(kernel, -u), 12);
        }

        Assert.Equal(1, mass, 1e-5);
        Assert.Equal(ActionKernels.SecondMoment(kernel), moment, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Linear_rewards_have_no_bias_and_square_ones_the_kernels_second_moment(ActionKernel kernel)
    {
        // Actions uniform in [0, 1], all of them as a grid; the policy plays 0.4; all kernels but the Gaussian lie within.
        const double bandwidth = 0.05;
        double[] actions = [.. Enumerable.Range(0, Grid).Select(i => (i + 0.5) / Grid)];
        double[] ones = [.. actions.Select(_ => 1.0)];
        double[] policy = [.. actions.Select(_ => 0.4)];
        double Value(Func<double, double> reward)
        {
            var data = new LoggedTrajectories(1, 1, [.. actions.Select(reward)], ones, hasDensities: true);
            return OffPolicyEstimator.PerDecision.Estimate(data, new PolicyView { ActionProbabilities = ActionKernels.Densities(data, actions, policy, bandwidth, kernel) });
        }

        Assert.Equal(3 * 0.4 + 1, Value(a => 3 * a + 1), 1e-4);
        Assert.Equal(0.4 * 0.4 + bandwidth * bandwidth * ActionKernels.SecondMoment(kernel), Value(a => a * a), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void With_a_bandwidth_near_0_numbered_actions_are_as_they_were(ActionKernel kernel)
    {
        // A policy without chance; numbers as actions, with densities that are a kernel's peak times the probabilities.
        const double bandwidth = 0.01;
        var problem = OffPolicyExamples.Problem(5, noise: 0.2);
        var (behavior, policy) = (OffPolicyExamples.Policy(5), new TabularPolicy([1, 0, 0, 1, 1, 0], 2));
        var numbered = problem.Generate(behavior, 60, new RandomGenerator(1));
        var view = problem.ExactView(numbered, policy, behavior);
        var peak = ActionKernels.Density(kernel, 0) / bandwidth;
        var data = new LoggedTrajectories(
            numbered.Horizon, numbered.Gamma, numbered.Rewards, [.. numbered.BehaviorProbabilities.ToArray().Select(p => p * peak)], [], numbered.States, numbered.Actions, hasDensities: true);
        double[] logged = [.. numbered.Actions.ToArray().Select(action => (double)action)];
        double[] played = [.. numbered.States.ToArray().Select(state => (double)policy.Of(state).IndexOf(1.0))];
        var continuous = view with { ActionProbabilities = ActionKernels.Densities(data, logged, played, bandwidth, kernel) };
        foreach (var estimator in OffPolicyExamples.All)
        {
            var (expected, values) = (estimator.PerTrajectory(numbered, view), estimator.PerTrajectory(data, continuous));
            Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }

        var predictions = PredictedReturns.Fit(numbered, policy);
        foreach (var estimator in CumulativeDistributionEstimator.All)
            Assert.Equal(estimator.Estimate(numbered, view, predictions).Mean, estimator.Estimate(data, continuous, predictions).Mean, 1e-9);
    }

    [Fact]
    public void Several_dimensions_multiply_and_padding_is_left_out()
    {
        var data = new LoggedTrajectories(2, 1, [1, 0], [3, 1], [1], hasDensities: true);
        var densities = ActionKernels.Densities(data, [0.5, 0.25, double.NaN, 0], [0.25, 0.25, 0, 0], 0.5, ActionKernel.Triangular);
        Assert.Equal([0.5 / 0.5 * (1 / 0.5), 0], densities);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var data = new LoggedTrajectories(1, 1, [1, 0], [3, 1], hasDensities: true);
        Assert.Throws<ArgumentException>(() => new LoggedTrajectories(1, 1, [1], [3]));
        Assert.Contains("density", Assert.Throws<ArgumentException>(() => new LoggedTrajectories(1, 1, [1], [0], hasDensities: true)).Message);
        Assert.Throws<ArgumentException>(() => new LoggedTrajectories(1, 1, [1], [double.PositiveInfinity], hasDensities: true));
        Assert.Throws<ArgumentException>(() => ActionKernels.Densities(LoggedTrajectories.Bandit([1], [0.5]), [0], [0]));
        Assert.Throws<ArgumentException>(() => ActionKernels.Densities(data, [0, 1, 2], [0, 1, 2]));
        Assert.Throws<ArgumentException>(() => ActionKernels.Densities(data, [0, 1], [0]));
        Assert.Contains("trajectory 1", Assert.Throws<ArgumentException>(() => ActionKernels.Densities(data, [0, double.NaN], [0, 0])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ActionKernels.Densities(data, [0, 0], [0, 0], bandwidth: 0));
    }
}
