using Vilfredo.Optimization.Nonsmooth;
using Vilfredo.Optimization.Nonsmooth.Elliptic;

namespace Vilfredo.Optimization.Tests.Nonsmooth.Elliptic;

public class SemilinearEllipticTests
{
    [Theory]
    [InlineData(7, 3.0)]
    [InlineData(15, -2.0)]
    [InlineData(31, 0.5)]
    public void An_eigenfunction_as_source_has_itself_as_state(int points, double amplitude)
    {
        var equation = new SemilinearElliptic(points, 100);
        var shape = equation.OnGrid((x, y) => Math.Sin(Math.PI * x) * Math.Sin(Math.PI * y));
        var state = equation.Solve([.. shape.Select(value => amplitude * value)]);
        var eigenvalue = 8 / (equation.Step * equation.Step) * Math.Pow(Math.Sin(0.5 * Math.PI * equation.Step), 2);
        var expected = amplitude / (eigenvalue + (amplitude > 0 ? 100 : 0));
        for (var i = 0; i < shape.Length; i++) Assert.Equal(expected * shape[i], state.Values[i], 1e-12);
        Assert.Equal(amplitude > 0 ? 2 : 1, state.NewtonSteps);
        Assert.Equal(0, equation.Solve([.. shape.Select(value => amplitude * value)], [.. state.Values]).NewtonSteps);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(31)]
    [InlineData(63)]
    public void The_steps_do_not_grow_with_the_grid(int points)
    {
        var equation = new SemilinearElliptic(points, 100);
        var state = equation.Solve(equation.OnGrid((x, y) => 200 * Math.Sin(2 * Math.PI * x) * Math.Sin(3 * Math.PI * y)));
        Assert.InRange(state.NewtonSteps, 3, 6);
        Assert.Equal(state.NewtonSteps + 1, state.Residuals.Count);
        Assert.True(state.Residuals[^1] < 1e-10 * state.Residuals[0]);
        Assert.Contains(state.Values, value => value > 0.1);
        Assert.Contains(state.Values, value => value < -0.1);
    }

    [Fact]
    public void Without_the_kink_the_equation_is_linear_and_takes_one_step()
    {
        var equation = new SemilinearElliptic(9, 0);
        var source = equation.OnGrid((x, y) => x - y * y);
        var state = equation.Solve(source);
        Assert.Equal(1, state.NewtonSteps);
        Assert.Equal([.. state.Values.Select(value => 3 * value)], equation.Solve([.. source.Select(value => 3 * value)]).Values, (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void The_square_is_symmetric_and_larger_sources_have_larger_states()
    {
        var equation = new SemilinearElliptic(12, 50);
        var source = equation.OnGrid((x, y) => 40 * Math.Cos(4 * x) + 30 * y * y - 20);
        var turned = equation.OnGrid((x, y) => 40 * Math.Cos(4 * y) + 30 * x * x - 20);
        var (state, other) = (equation.Solve(source).Values, equation.Solve(turned).Values);
        for (var i = 0; i < 144; i++) Assert.Equal(state[i], other[i % 12 * 12 + i / 12], 1e-13);
        var larger = equation.Solve([.. source.Select((value, i) => value + (i % 5 == 0 ? 2.0 : 0.5))]).Values;
        for (var i = 0; i < 144; i++) Assert.True(larger[i] > state[i]);
    }

    [Fact]
    public void Adjoint_gradients_agree_with_central_differences()
    {
        var problem = Patches(15, 100);
        double[] control = [30, -25, 10, -40];
        var (values, gradients) = (new double[2], new double[8]);
        problem.Evaluate(control, values, gradients);
        for (var k = 0; k < 4; k++)
        {
            var (up, down) = (control.ToArray(), control.ToArray());
            up[k] += 1e-3;
            down[k] -= 1e-3;
            for (var i = 0; i < 2; i++)
            {
                var slope = (problem.Objective(i).Value(up) - problem.Objective(i).Value(down)) / 2e-3;
                Assert.Equal(slope, gradients[i * 4 + k], 1e-6 * Math.Max(Math.Abs(slope), 1e-4));
                var subgradient = new double[4];
                problem.Objective(i).Subgradient(control, subgradient);
                Assert.Equal(gradients[i * 4 + k], subgradient[k], 1e-12);
            }
        }
    }

    [Fact]
    public void At_the_zero_state_the_choices_give_different_subgradients_between_which_the_slopes_lie()
    {
        var problem = Patches(11, 100);
        var zero = new double[4];
        Assert.Equal(1.0, problem.Equation.ZeroMeasure(problem.State(zero).Values.ToArray(), 1e-9), 0.2);
        var gradients = new double[3][];
        foreach (var choice in Enum.GetValues<SubgradientChoice>())
        {
            gradients[(int)choice] = new double[4];
            problem.Objective(0, choice).Subgradient(zero, gradients[(int)choice]);
        }

        for (var k = 0; k < 4; k++)
        {
            var step = new double[4];
            step[k] = 1e-4;
            var up = (problem.Objective(0).Value(step) - problem.Objective(0).Value(zero)) / 1e-4;
            step[k] = -1e-4;
            var down = (problem.Objective(0).Value(zero) - problem.Objective(0).Value(step)) / 1e-4;
            Assert.Equal(up, gradients[(int)SubgradientChoice.Kappa][k], 1e-5);
            Assert.Equal(down, gradients[(int)SubgradientChoice.Zero][k], 1e-5);
            Assert.True(Math.Abs(up - down) > 1e-4);
        }
    }

    [Fact]
    public void The_error_bound_holds_for_any_function_and_is_sharp_without_the_kink()
    {
        var random = new RandomGenerator(1);
        foreach (var kappa in new[] { 0.0, 100 })
        {
            var equation = new SemilinearElliptic(10, kappa);
            for (var repeat = 0; repeat < 100; repeat++)
            {
                var source = equation.OnGrid((_, _) => 100 * random.NextNormal());
                var state = equation.Solve(source).Values;
                var guess = state.Select(value => value + 0.1 * random.NextNormal()).ToArray();
                var error = equation.EnergyNorm([.. guess.Select((value, i) => value - state[i])]);
                var bound = equation.ErrorBound(guess, source);
                Assert.True(bound >= error * (1 - 1e-9));
                if (kappa == 0) Assert.Equal(error, bound, 1e-9 * error);
            }
        }
    }

    [Fact]
    public void Common_descent_lowers_both_objectives_of_the_control()
    {
        var problem = Patches(7, 100);
        double[] start = [20, 20, -20, -20];
        var options = new NonsmoothDescentOptions { Levels = [new CriticalityLevel(1, 1e-3)], MaximumSteps = 200 };
        var result = NonsmoothDescent.Minimize([problem.Objective(0), problem.Objective(1)], start, options);
        for (var i = 0; i < 2; i++) Assert.True(result.Values[i] < problem.Objective(i).Value(start));
    }

    [Fact]
    public void A_kappa_below_zero_and_lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SemilinearElliptic(3, -1));
        Assert.Throws<ArgumentException>(() => new SemilinearElliptic(3, 1).Solve([1, 2]));
        Assert.Throws<ArgumentException>(() => new SemilinearElliptic(1, 1).Solve([double.NaN]));
        Assert.Throws<ArgumentException>(() => new EllipticControl(new SemilinearElliptic(2, 1), [], [new TrackingObjective(new double[4], 1)]));
        Assert.Throws<ArgumentException>(() => new EllipticControl(new SemilinearElliptic(2, 1), [new double[4]], [new TrackingObjective(new double[4], -1)]));
    }

    internal static EllipticControl Patches(int points, double kappa)
    {
        var equation = new SemilinearElliptic(points, kappa);
        double[][] shapes = [.. Enumerable.Range(0, 4).Select(k => equation.OnGrid((x, y) => x < 0.5 == (k % 2 == 0) && y < 0.5 == (k < 2) ? 1 : 0))];
        return new EllipticControl(
            equation,
            shapes,
            [
                new TrackingObjective(equation.OnGrid((x, y) => 0.3 * Math.Sin(2 * Math.PI * x) * Math.Sin(Math.PI * y) + 0.1), 5e-5),
                new TrackingObjective(equation.OnGrid((x, y) => -0.4 * Math.Exp(-20 * ((x - 0.3) * (x - 0.3) + (y - 0.6) * (y - 0.6)))), 5e-5),
            ]);
    }
}
