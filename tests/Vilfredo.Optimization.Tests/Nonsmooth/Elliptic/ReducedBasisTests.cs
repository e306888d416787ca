using Vilfredo.Optimization.Gradients.Fronts;
using Vilfredo.Optimization.Nonsmooth.Elliptic;

namespace Vilfredo.Optimization.Tests.Nonsmooth.Elliptic;

public class ReducedBasisTests
{
    [Fact]
    public void All_snapshots_as_basis_reproduce_each_of_them()
    {
        var (equation, sources, states) = Snapshots(15, 6);
        var basis = ReducedBasis.FromSnapshots(equation, states, 100);
        Assert.Equal(6, basis.Modes);
        for (var i = 0; i < 6; i++)
        {
            var reduced = basis.Solve(sources[i]);
            Assert.Equal(states[i], reduced, (a, b) => Math.Abs(a - b) < 1e-8);
            Assert.Equal(6, basis.With([.. states[i]]).Modes);
        }
    }

    [Fact]
    public void A_basis_that_grows_state_by_state_spans_the_same_space()
    {
        var (equation, sources, states) = Snapshots(9, 4);
        var basis = ReducedBasis.FromSnapshots(equation, [states[0]], 1);
        for (var i = 1; i < 4; i++) basis = basis.With([.. states[i]]);
        var other = ReducedBasis.FromSnapshots(equation, states, 4);
        var mixed = sources[0].Zip(sources[2], (a, b) => 0.3 * a - 0.8 * b).ToArray();
        Assert.Equal(other.Solve(mixed), basis.Solve(mixed), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void The_bound_is_at_least_the_error_of_reduced_states_and_close_to_it_without_the_kink()
    {
        var random = new RandomGenerator(3);
        foreach (var kappa in new[] { 0.0, 100 })
        {
            var (equation, sources, states) = Snapshots(12, 5, kappa);
            var basis = ReducedBasis.FromSnapshots(equation, states, 4);
            for (var repeat = 0; repeat < 100; repeat++)
            {
                var source = new double[equation.Unknowns];
                foreach (var other in sources)
                {
                    var factor = random.NextNormal();
                    for (var j = 0; j < source.Length; j++) source[j] += factor * other[j];
                }

                var (full, reduced) = (equation.Solve(source).Values, basis.Solve(source));
                var error = equation.EnergyNorm([.. reduced.Select((value, j) => value - full[j])]);
                var bound = equation.ErrorBound(reduced, source);
                Assert.True(bound >= error * (1 - 1e-9) && error > 0);
                Assert.InRange(bound / error, 1 - 1e-6, kappa == 0 ? 1 + 1e-6 : 3);
            }
        }
    }

    [Fact]
    public void The_surrogate_keeps_its_errors_within_the_tolerance_with_few_full_states()
    {
        var problem = SemilinearEllipticTests.Patches(15, 100);
        var exact = SemilinearEllipticTests.Patches(15, 100);
        var surrogate = new ReducedControl(problem, [10, 10, -10, -10], [1e-5, 1e-5]);
        var random = new RandomGenerator(4);
        var (values, gradients, full, slopes) = (new double[2], new double[8], new double[2], new double[8]);
        for (var repeat = 0; repeat < 100; repeat++)
        {
            double[] control = [random.NextDouble(-30, 30), random.NextDouble(-30, 30), random.NextDouble(-30, 30), random.NextDouble(-30, 30)];
            surrogate.Evaluate(control, values, gradients);
            exact.Evaluate(control, full, slopes);
            var errors = surrogate.Estimate(control).Errors;
            for (var i = 0; i < 2; i++)
            {
                Assert.True(Math.Abs(values[i] - full[i]) <= errors[i] + 1e-12);
                Assert.True(errors[i] <= 1e-5, $"{errors[i]}");
            }
        }

        Assert.True(problem.StateSolves < 100, $"{problem.StateSolves} full states");
    }

    [Fact]
    public void The_front_of_the_surrogate_is_that_of_the_full_problem_for_fewer_factorizations()
    {
        var full = SemilinearEllipticTests.Patches(11, 100);
        var expected = ReferencePointFront.Compute(full, new double[4]);
        var range = expected[^1].Values[0] - expected[0].Values[0];
        var problem = SemilinearEllipticTests.Patches(11, 100);
        var surrogate = new ReducedControl(problem, [1, 1, 1, 1], [5e-4 * range, 5e-4 * range]);
        var front = ReferencePointFront.Compute(surrogate, new double[4]);
        Assert.Equal(expected.Count, front.Count);
        for (var i = 0; i < front.Count; i++)
        {
            for (var k = 0; k < 2; k++) Assert.Equal(expected[i].Values[k], front[i].Values[k], 5e-3 * range);
        }

        Assert.True(problem.Factorizations < 0.5 * full.Factorizations, $"{problem.Factorizations} against {full.Factorizations}");
        Assert.True(surrogate.Revision > 0);
    }

    [Fact]
    public void Gradients_of_the_surrogate_are_those_of_its_own_values()
    {
        var surrogate = new ReducedControl(SemilinearEllipticTests.Patches(11, 100), [12, 3, -20, 8], [1e-3, 1e-3]);
        double[] control = [13, 4, -19, 7];
        var (values, gradients) = (new double[2], new double[8]);
        surrogate.Evaluate(control, values, gradients);
        var modes = surrogate.Basis.Modes;
        for (var k = 0; k < 4; k++)
        {
            var (up, down, ignored) = (new double[2], new double[2], new double[8]);
            var at = control.ToArray();
            at[k] += 1e-3;
            surrogate.Evaluate(at, up, ignored);
            at[k] -= 2e-3;
            surrogate.Evaluate(at, down, ignored);
            for (var i = 0; i < 2; i++) Assert.Equal((up[i] - down[i]) / 2e-3, gradients[i * 4 + k], 1e-8);
        }

        Assert.Equal(modes, surrogate.Basis.Modes);
    }

    [Fact]
    public void Snapshots_and_tolerances_out_of_range_are_refused()
    {
        var problem = SemilinearEllipticTests.Patches(3, 1);
        Assert.Throws<ArgumentException>(() => ReducedBasis.FromSnapshots(problem.Equation, [new double[9]], 1));
        Assert.Throws<ArgumentException>(() => ReducedBasis.FromSnapshots(problem.Equation, [[1, 2]], 1));
        Assert.Throws<ArgumentException>(() => new ReducedControl(problem, [1, 1, 1, 1], [0.1]));
    }

    private static (SemilinearElliptic Equation, double[][] Sources, double[][] States) Snapshots(int points, int count, double kappa = 100)
    {
        var equation = new SemilinearElliptic(points, kappa);
        double[][] sources = [.. Enumerable.Range(1, count).Select(k => equation.OnGrid((x, y) => 60 * Math.Sin((1 + k % 3) * Math.PI * x) * Math.Sin((1 + k / 2) * Math.PI * y) + 20 * Math.Cos(k * x * y)))];
        return (equation, sources, [.. sources.Select(source => equation.Solve(source).Values.ToArray())]);
    }
}
