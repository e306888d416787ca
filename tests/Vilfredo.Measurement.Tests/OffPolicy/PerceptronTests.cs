using Vilfredo.Measurement.OffPolicy.Networks;

namespace Vilfredo.Measurement.Tests.OffPolicy;

public class PerceptronTests
{
    [Theory]
    [InlineData(new int[0], 1)]
    [InlineData(new[] { 7 }, 1)]
    [InlineData(new[] { 6, 5 }, 3)]
    public void The_gradient_is_that_of_finite_differences(int[] hidden, int outputs)
    {
        var random = new RandomGenerator(3);
        var network = new Perceptron(4, hidden, outputs, random);
        double[] input = [0.3, -1.2, 0, 0.8];
        double[] errors = [.. Enumerable.Range(0, outputs).Select(_ => random.NextNormal())];
        var gradient = new double[network.Parameters.Length];
        network.Evaluate(input);
        network.AddGradient(errors, gradient);
        const double step = 1e-6;
        for (var i = 0; i < gradient.Length; i++)
        {
            var value = network.Parameters[i];
            network.Parameters[i] = value + step;
            var above = Weighted();
            network.Parameters[i] = value - step;
            var below = Weighted();
            network.Parameters[i] = value;
            Assert.Equal((above - below) / (2 * step), gradient[i], 1e-6);
        }

        double Weighted()
        {
            var result = network.Evaluate(input).ToArray();
            return result.Zip(errors, (output, error) => output * error).Sum();
        }
    }

    [Fact]
    public void Without_hidden_units_it_is_linear()
    {
        var network = new Perceptron(2, [], 1, new RandomGenerator(1));
        new double[] { 2, -3, 0.5 }.CopyTo(network.Parameters, 0);
        Assert.Equal(2 * 4 - 3 * 5 + 0.5, network.Value([4, 5]), 12);
    }

    [Fact]
    public void A_hidden_layer_rectifies()
    {
        // |x| = max(0, x) + max(0, −x).
        var network = new Perceptron(1, [2], 1, new RandomGenerator(1));
        new double[] { 1, -1, 0, 0, 1, 1, 0 }.CopyTo(network.Parameters, 0);
        Assert.Equal(3, network.Value([3]));
        Assert.Equal(3, network.Value([-3]));
    }

    [Fact]
    public void Gradients_of_several_inputs_add_up()
    {
        var network = new Perceptron(1, [3], 1, new RandomGenerator(2));
        double[] both = new double[network.Parameters.Length], first = new double[both.Length], second = new double[both.Length];
        network.Value([1]);
        network.AddGradient(1, both);
        network.AddGradient(1, first);
        network.Value([-2]);
        network.AddGradient(0.5, both);
        network.AddGradient(0.5, second);
        Assert.All(Enumerable.Range(0, both.Length), i => Assert.Equal(first[i] + second[i], both[i], 12));
    }
}
