using TorchSharp;
using Vilfredo.Neural.Training.Optimizers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Training;

public class OptimizerTests
{
    [Fact]
    public void Two_steps_of_AdamW_are_those_computed_by_hand()
    {
        using var weight = Weight(1, -2);
        using var optimizer = new AdamW(Group(weight, 0.1, 0.5), 0.9, 0.99, 1e-3);
        double[] w = [1, -2], m = [0, 0], v = [0, 0];
        double[][] gradients = [[0.5, -4], [-0.25, 1]];
        for (var t = 1; t <= 2; t++)
        {
            Step(optimizer, weight, gradients[t - 1]);
            for (var i = 0; i < 2; i++)
            {
                var g = gradients[t - 1][i];
                m[i] = (0.9 * m[i]) + (0.1 * g);
                v[i] = (0.99 * v[i]) + (0.01 * g * g);
                w[i] = (w[i] * (1 - (0.1 * 0.5))) - (0.1 * m[i] / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.99, t))) + 1e-3));
            }

            AssertClose(w, weight);
        }
    }

    [Fact]
    public void The_first_step_of_AdamW_without_epsilon_is_the_learning_rate_along_the_sign()
    {
        using var weight = Weight(0, 0, 0);
        using var optimizer = new AdamW(Group(weight, 0.1), epsilon: 0);
        Step(optimizer, weight, [3, -1e-4, 70]);
        AssertClose([-0.1, 0.1, -0.1], weight);
    }

    [Fact]
    public void AdamW_follows_that_of_TorchSharp()
    {
        using var scope = NewDisposeScope();
        var ours = nn.Linear(5, 3, dtype: ScalarType.Float64);
        var theirs = nn.Linear(5, 3, dtype: ScalarType.Float64);
        theirs.load_state_dict(ours.state_dict());
        using var optimizer = new AdamW([new() { Parameters = ParameterGroup.Trainable(ours), LearningRate = 0.01, WeightDecay = 0.1 }], 0.9, 0.95, 1e-8);
        using var reference = optim.AdamW(theirs.parameters(), 0.01, 0.9, 0.95, 1e-8, 0.1);
        var input = randn(7, 5, dtype: ScalarType.Float64);
        for (var i = 0; i < 20; i++)
        {
            optimizer.ZeroGradients();
            reference.zero_grad();
            ours.forward(input).pow(3).sum().backward();
            theirs.forward(input).pow(3).sum().backward();
            optimizer.Step();
            reference.step();
        }

        foreach (var (mine, other) in ours.parameters().Zip(theirs.parameters()))
            Assert.True(mine.allclose(other, 1e-10, 1e-12));
    }

    [Theory]
    [InlineData(false, -1.4475)]
    [InlineData(true, -2.6625)]
    public void Two_steps_of_descent_with_momentum_are_those_computed_by_hand(bool nesterov, double expected)
    {
        // b1 = 2, b2 = 0.9 * 2 + 1 = 2.8; steps 0.5 * (2, 2.8), with Nesterov 0.5 * (2 + 1.8, 1 + 2.52), and decay 0.1 * 0.5 of 1 and of what is left.
        using var weight = Weight(1);
        using var optimizer = new Sgd(Group(weight, 0.5, 0.1), 0.9, nesterov);
        Step(optimizer, weight, [2]);
        Step(optimizer, weight, [1]);
        AssertClose([expected], weight);
    }

    [Fact]
    public void The_factor_scales_the_step_and_its_weight_decay()
    {
        using var weight = Weight(2);
        using var optimizer = new Sgd(Group(weight, 1, 0.1));
        Step(optimizer, weight, [3], factor: 0.5);
        AssertClose([(2 * 0.95) - 1.5], weight);
        Step(optimizer, weight, [3], factor: 0);
        AssertClose([(2 * 0.95) - 1.5], weight);
    }

    [Fact]
    public void A_parameter_without_gradient_stays_and_its_bias_correction_waits()
    {
        using var weight = Weight(1);
        using var late = Weight(1);
        using var optimizer = new AdamW([new() { Parameters = [new("w", weight), new("late", late)], LearningRate = 0.1, WeightDecay = 0.5 }], epsilon: 0);
        Step(optimizer, weight, [1]);
        AssertClose([1], late);
        Step(optimizer, late, [1]);
        AssertClose([0.95 - 0.1], late);
        Assert.Equal([2L, 1L], optimizer.State["steps"].data<long>().ToArray());
    }

    [Fact]
    public void State_of_the_parameters_shapes_belongs_to_the_optimizer_and_outlives_scopes()
    {
        using var weight = Weight(1, 2);
        AdamW optimizer;
        using (NewDisposeScope())
            optimizer = new AdamW(Group(weight, 0.1));
        Step(optimizer, weight, [1, 1]);
        Assert.Equal(["steps", "w.first_moment", "w.second_moment"], optimizer.State.Keys.Order(StringComparer.Ordinal));
        optimizer.Dispose();
        Assert.False(weight.IsInvalid);
    }

    [Fact]
    public void Groups_of_a_module_decay_its_matrices_only()
    {
        using var module = nn.Linear(3, 2);
        var groups = ParameterGroup.Of(module, 0.1, 0.2);
        Assert.Equal(["weight", "bias"], groups.Select(group => Assert.Single(group.Parameters).Name));
        Assert.Equal([0.2, 0], groups.Select(group => group.WeightDecay));
    }

    [Fact]
    public void Contradicting_arguments_are_refused()
    {
        using var weight = Weight(1);
        using var fixedTensor = zeros(2);
        var group = Group(weight, 0.1);
        Assert.Throws<ArgumentException>(() => new Sgd([]));
        Assert.Throws<ArgumentException>(() => new Sgd([group[0], group[0]]));
        Assert.Throws<ArgumentException>(() => new Sgd(Group(fixedTensor, 0.1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(Group(weight, double.NaN)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(group, beta1: 1));
        using var optimizer = new Sgd(group);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Step(-1));
    }

    internal static Tensor Weight(params double[] values) => tensor(values, requires_grad: true);

    internal static IReadOnlyList<ParameterGroup> Group(Tensor weight, double rate, double decay = 0) =>
        [new() { Parameters = [new("w", weight)], LearningRate = rate, WeightDecay = decay }];

    internal static void Step(IOptimizer optimizer, Tensor weight, double[] gradient, double factor = 1)
    {
        using var scope = NewDisposeScope();
        optimizer.ZeroGradients();
        (weight * tensor(gradient).view(weight.shape)).sum().backward();
        optimizer.Step(factor);
    }

    private static void AssertClose(double[] expected, Tensor actual) =>
        Assert.All(expected.Zip(actual.data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
}
