using Vilfredo.Optimization.Gradients;

namespace Vilfredo.Optimization.Tests.Gradients;

public class InertialGradientTests
{
    private static readonly double[] Curvatures = [1, 0.1, 0.003];

    [Fact]
    public void For_one_objective_it_is_the_method_of_Nesterov()
    {
        double[] x = [1, -2, 3], before = x, y = x;
        for (var k = 1; k <= 50; k++)
        {
            y = [.. x.Select((value, j) => value + (k - 1.0) / (k + 2) * (value - before[j]))];
            if (k < 50) (before, x) = (x, [.. y.Select((value, j) => value - 0.8 * Curvatures[j] * value)]);
        }

        var result = InertialGradient.Minimize(new Bowls([0, 0, 0]), [1, -2, 3], new() { Step = 0.8, MaximumSteps = 49, Tolerance = 1e-12 });
        Assert.Equal(49, result.Steps);
        Assert.False(result.Critical);
        for (var j = 0; j < 3; j++) Assert.Equal(y[j], result.Point[j], 1e-13);
    }

    [Fact]
    public void The_end_is_on_the_segment_between_two_centres_of_equal_curvature()
    {
        double[] centre = [1, 2, -1];
        var random = new RandomGenerator(1);
        for (var repeat = 0; repeat < 20; repeat++)
        {
            double[] start = [.. Enumerable.Range(0, 3).Select(_ => random.NextDouble(-5, 5))];
            var result = InertialGradient.Minimize(new Bowls([0, 0, 0], centre), start, new() { Step = 1, Tolerance = 1e-7 });
            Assert.True(result.Critical);
            Assert.InRange(result.Norm, 0, 1e-7);
            var share = result.Point[1] / centre[1];
            Assert.InRange(share, -1e-4, 1 + 1e-4);
            for (var j = 0; j < 3; j++) Assert.Equal(share * centre[j], result.Point[j], 1e-3);
        }
    }

    [Fact]
    public void Steps_without_inertia_take_several_times_as_many()
    {
        var bowls = new Bowls([0, 0, 0], [1, 2, -1]);
        double[] x = [5, 5, 5], weights = new double[2], least = new double[3], values = new double[2], gradients = new double[6];
        var steps = 0;
        for (; ; steps++)
        {
            bowls.Evaluate(x, values, gradients);
            if (MinimumNormPoint.Solve(gradients, weights, least) <= 1e-12) break;
            for (var j = 0; j < 3; j++) x[j] -= least[j];
        }

        var result = InertialGradient.Minimize(bowls, [5, 5, 5], new() { Step = 1, Tolerance = 1e-6 });
        Assert.True(result.Critical);
        Assert.True(3 * result.Steps < steps, $"{result.Steps} and {steps}");
    }

    [Fact]
    public void A_critical_start_is_returned_at_once_and_steps_that_are_too_long_are_told()
    {
        var bowls = new Bowls([0, 0, 0], [1, 2, -1]);
        Assert.Equal(0, InertialGradient.Minimize(bowls, [0.5, 1, -0.5], new() { Step = 1 }).Steps);
        Assert.Contains("shorter step", Assert.Throws<ArgumentException>(() => InertialGradient.Minimize(bowls, [5, 5, 5], new() { Step = 100 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => InertialGradient.Minimize(bowls, [5, 5], new() { Step = 1 }));
        Assert.Throws<ArgumentException>(() => InertialGradient.Minimize(bowls, [5, 5, 5], new() { Step = 0 }));
    }

    // Half of the squared distances from centres, with curvatures.
    private sealed class Bowls(params double[][] centres) : IDifferentiableObjectives
    {
        public int Variables => 3;

        public int Objectives => centres.Length;

        public void Evaluate(ReadOnlySpan<double> x, Span<double> values, Span<double> gradients)
        {
            for (var i = 0; i < centres.Length; i++)
            {
                values[i] = 0;
                for (var j = 0; j < 3; j++)
                {
                    var difference = x[j] - centres[i][j];
                    values[i] += 0.5 * Curvatures[j] * difference * difference;
                    gradients[3 * i + j] = Curvatures[j] * difference;
                }
            }
        }
    }
}
