using Vilfredo.Optimization.Gradients.Fronts;
using Vilfredo.Optimization.Nonsmooth.Elliptic;

namespace Vilfredo.Optimization.Tests.Nonsmooth.Elliptic;

public class OptimalitySystemTests
{
    [Fact]
    public void The_optimality_system_has_the_minimum_of_the_weighted_sum_in_few_factorizations()
    {
        var problem = SemilinearEllipticTests.Patches(15, 100);
        foreach (var w in new[] { 0.05, 0.3, 0.5, 0.8 })
        {
            var result = OptimalitySystem.Solve(problem, [w, 1 - w], new double[4]);
            Assert.True(result.Converged);
            Assert.Empty(result.Held);
            Assert.InRange(result.Steps, 1, 12);
            var (values, gradients) = (new double[2], new double[8]);
            problem.Evaluate([.. result.Control], values, gradients);
            for (var k = 0; k < 4; k++) Assert.Equal(0, w * gradients[k] + (1 - w) * gradients[4 + k], 1e-12);
            Assert.Equal(values, result.Values, (a, b) => Math.Abs(a - b) < 1e-12);
            var descent = WeightedSumFront.Compute(problem, new double[4], [[w, 1 - w]])[0];
            Assert.Equal(w * values[0] + (1 - w) * values[1], w * descent.Values[0] + (1 - w) * descent.Values[1], 1e-6);
        }
    }

    [Fact]
    public void Without_the_kink_the_front_is_that_of_two_quadratics_in_one_step()
    {
        var problem = SemilinearEllipticTests.Patches(9, 0);
        var (low, high) = (OptimalitySystem.Solve(problem, [1, 0], new double[4]), OptimalitySystem.Solve(problem, [0, 1], new double[4]));
        foreach (var w in new[] { 0.25, 0.6 })
        {
            // Equal Hessians: the minimum moves on the segment between the two ends.
            var middle = OptimalitySystem.Solve(problem, [w, 1 - w], new double[4]);
            for (var k = 0; k < 4; k++) Assert.Equal(w * low.Control[k] + (1 - w) * high.Control[k], middle.Control[k], 1e-7);
            Assert.InRange(middle.Steps, 1, 2);
            var (start, end, at) = (Loss(low.Control), Loss(high.Control), Loss(middle.Control));
            Assert.Equal((1 - w) * (1 - w) * (end - start), at - start, 1e-9);
        }

        double Loss(IReadOnlyList<double> control) => problem.Objective(0).Value([.. control]);
    }

    [Fact]
    public void A_minimum_at_a_kink_is_found_exactly_with_the_state_0_at_its_grid_points()
    {
        // For these weights the sets where the state is above 0 come back in a cycle: no piece holds its own minimum.
        foreach (var (w, held) in new[] { (0.25, 1), (0.35, 1), (0.45, 1), (0.9, 2), (0.95, 2) })
        {
            var problem = SemilinearEllipticTests.Patches(15, 100);
            var result = OptimalitySystem.Solve(problem, [w, 1 - w], new double[4]);
            Assert.True(result.Converged);
            Assert.Equal(held, result.Held.Count);
            Assert.InRange(result.GradientNorm, 0, 1e-15);
            var state = problem.State([.. result.Control]).Values;
            foreach (var point in result.Held) Assert.Equal(0, state[point], 1e-13);
            var sum = w * result.Values[0] + (1 - w) * result.Values[1];

            // No point around is lower, and the gradient of neither side is 0.
            var random = new RandomGenerator(1);
            for (var repeat = 0; repeat < 60; repeat++)
            {
                double[] near = [.. result.Control.Select(u => u + Math.Pow(10, -random.NextInt32(5)) * random.NextNormal())];
                Assert.True(w * problem.Objective(0).Value(near) + (1 - w) * problem.Objective(1).Value(near) >= sum - 1e-15);
            }

            var (values, gradients) = (new double[2], new double[8]);
            problem.Evaluate([.. result.Control], values, gradients);
            Assert.True(Enumerable.Range(0, 4).Max(k => Math.Abs(w * gradients[k] + (1 - w) * gradients[4 + k])) > 1e-9);
        }
    }

    [Fact]
    public void Weights_out_of_range_are_refused()
    {
        var problem = SemilinearEllipticTests.Patches(3, 1);
        Assert.Throws<ArgumentException>(() => OptimalitySystem.Solve(problem, [1], new double[4]));
        Assert.Throws<ArgumentException>(() => OptimalitySystem.Solve(problem, [0, 0], new double[4]));
    }
}
