using TorchSharp;
using Vilfredo.Neural.Training.Optimizers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Training;

public class GradientClippingTests
{
    [Theory]
    [InlineData(13, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(2.6, 0.2)]
    public void Gradients_are_scaled_together_to_the_bound(double maximum, double factor)
    {
        using var scope = NewDisposeScope();
        var groups = WithGradients([3, 4], [12]);
        Assert.Equal(13, GradientClipping.ByGlobalNorm(groups, maximum), 1e-12);
        double[] expected = [3 * factor, 4 * factor, 12 * factor];
        var actual = groups[0].Parameters.SelectMany(one => one.Value.grad!.data<double>().ToArray());
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void A_norm_that_is_no_number_is_reported_and_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var groups = WithGradients([double.NaN], [12]);
        Assert.Equal(double.NaN, GradientClipping.ByGlobalNorm(groups, 1));
        Assert.Equal(12, groups[0].Parameters[1].Value.grad!.item<double>());
    }

    [Fact]
    public void Without_gradients_the_norm_is_zero_and_a_bound_must_be_positive()
    {
        using var weight = OptimizerTests.Weight(1);
        Assert.Equal(0, GradientClipping.ByGlobalNorm(OptimizerTests.Group(weight, 1), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByGlobalNorm([], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByGlobalNorm([], double.NaN));
    }

    private static IReadOnlyList<ParameterGroup> WithGradients(params double[][] gradients)
    {
        var parameters = gradients.Select((gradient, i) =>
        {
            var weight = OptimizerTests.Weight(new double[gradient.Length]);
            (weight * tensor(gradient)).sum().backward();
            return new NamedParameter($"w{i}", weight);
        }).ToList();
        return [new() { Parameters = parameters, LearningRate = 1 }];
    }
}
