using TorchSharp;
using Vilfredo.Neural.Hourglass;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Hourglass;

public class ResidualMlpTests
{
    private static readonly ResidualMlpShape Shape = new() { InputWidth = 6, LatentWidth = 10, BottleneckWidths = [4, 3], OutputWidth = 5 };

    public static TheoryData<LiftKind> Lifts => [.. Enum.GetValues<LiftKind>()];

    [Fact]
    public void Without_blocks_it_is_the_product_of_lift_and_output()
    {
        using var scope = NewDisposeScope();
        using var model = Model(Shape with { BottleneckWidths = [] });
        var input = randn(3, 6);
        AssertClose(input.matmul(model.LiftMatrix!.t()).matmul(model.state_dict()["out.weight"].t()), model.forward(input));
    }

    [Fact]
    public void Blocks_that_end_in_zero_change_nothing()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var model = Model(Shape);
        foreach (var (name, values) in model.state_dict())
        {
            if (name.EndsWith("w2.weight", StringComparison.Ordinal))
                values.zero_();
        }

        var input = randn(3, 6);
        AssertClose(input.matmul(model.LiftMatrix!.t()).matmul(model.state_dict()["out.weight"].t()), model.forward(input));
    }

    [Fact]
    public void It_computes_what_the_definition_says()
    {
        using var scope = NewDisposeScope();
        using var model = Model(Shape with { Activation = Activation.Relu, Biases = true, NormalizesOutput = true, Lift = LiftKind.Learned });
        using var noGradient = no_grad();
        var weights = model.state_dict();
        foreach (var values in weights.Values.Where(values => values.dim() == 1))
            values.uniform_(0.5, 1.5);
        var input = randn(4, 6);
        var latent = input.matmul(weights["lift.weight"].t());
        for (var block = 0; block < 2; block++)
        {
            var inner = Norm(latent, $"blocks.{block}.norm.weight").matmul(weights[$"blocks.{block}.w1.weight"].t()) + weights[$"blocks.{block}.w1.bias"];
            latent = latent + inner.clamp_min(0).matmul(weights[$"blocks.{block}.w2.weight"].t()) + weights[$"blocks.{block}.w2.bias"];
        }

        AssertClose(Norm(latent, "norm.weight").matmul(weights["out.weight"].t()) + weights["out.bias"], model.forward(input));

        Tensor Norm(Tensor x, string weight) => weights[weight] * x * (x.square().mean([-1], keepdim: true) + 1e-6).rsqrt();
    }

    [Fact]
    public void Latent_coordinates_in_another_order_give_the_same()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var model = Model(Shape);
        using var other = Model(Shape);
        var order = tensor(new long[] { 3, 9, 0, 7, 1, 2, 8, 6, 5, 4 });
        foreach (var (name, values) in other.state_dict())
            values.copy_(values.index_select(name.Contains("w1", StringComparison.Ordinal) || name.StartsWith("out", StringComparison.Ordinal) ? 1 : 0, order));
        var input = randn(3, 6);
        AssertClose(model.forward(input), other.forward(input));
    }

    [Theory]
    [MemberData(nameof(Lifts))]
    public void Parameters_that_are_counted_are_those_of_the_module(LiftKind lift)
    {
        foreach (var flags in new[] { false, true })
        {
            var shape = Shape with { Lift = lift, LatentWidth = lift == LiftKind.Identity ? 6 : 10, Biases = flags, Normalizes = !flags, NormalizesOutput = flags };
            using var model = Model(shape);
            Assert.Equal(model.parameters().Sum(parameter => parameter.numel()), shape.TrainableParameters);
            Assert.Equal(model.state_dict().Values.Sum(values => values.numel()), shape.StoredParameters);
        }
    }

    [Fact]
    public void The_papers_networks_have_the_parameters_of_the_formula()
    {
        var conventional = new ResidualMlpShape { InputWidth = 784, LatentWidth = 784, BottleneckWidths = [1150, 1150], OutputWidth = 784, Lift = LiftKind.Identity, Normalizes = false };
        var hourglass = new ResidualMlpShape { InputWidth = 784, LatentWidth = 1150, BottleneckWidths = [784, 784], OutputWidth = 784, Normalizes = false };
        Assert.Equal((WidthConvention.Conventional, 4L * 784 * 1150 + 784 * 784), (conventional.Convention, conventional.TrainableParameters));
        Assert.Equal((WidthConvention.Hourglass, 4L * 784 * 1150 + 1150 * 784), (hourglass.Convention, hourglass.TrainableParameters));
        Assert.Equal(hourglass.TrainableParameters + 784 * 1150, hourglass.StoredParameters);
        Assert.Equal(hourglass.StoredParameters, hourglass.MultiplyAdds);
        Assert.Equal(WidthConvention.Mixed, (hourglass with { BottleneckWidths = [100, 1150] }).Convention);
    }

    [Theory]
    [InlineData(LiftKind.FixedGaussian)]
    [InlineData(LiftKind.FixedOrthogonal)]
    [InlineData(LiftKind.FixedSigns)]
    public void A_fixed_lift_is_saved_follows_a_change_of_type_and_is_never_trained(LiftKind lift)
    {
        using var scope = NewDisposeScope();
        using var model = Model(Shape with { Lift = lift });
        Assert.Contains("lift.weight", model.state_dict().Keys);
        Assert.DoesNotContain("lift.weight", model.named_parameters().Select(parameter => parameter.name));
        var before = model.LiftMatrix!.clone();
        using var optimizer = optim.AdamW(model.parameters(), lr: 0.1, weight_decay: 0.1);
        for (var step = 0; step < 3; step++)
        {
            optimizer.zero_grad();
            model.forward(ones(2, 6)).square().mean().backward();
            optimizer.step();
        }

        Assert.Equal(before.data<float>().ToArray(), model.LiftMatrix.data<float>().ToArray());
        model.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, model.forward(ones(2, 6, dtype: ScalarType.Float64)).dtype);
    }

    [Fact]
    public void Fixed_lifts_keep_lengths_exactly_or_on_average()
    {
        using var scope = NewDisposeScope();
        var input = randn(200, 20);
        var lengths = input.square().sum(-1);
        Tensor Ratios(LiftKind lift, int latent) =>
            input.matmul(Model(new() { InputWidth = 20, LatentWidth = latent, BottleneckWidths = [], OutputWidth = 1, Lift = lift }).LiftMatrix!.t()).square().sum(-1) / lengths;
        AssertClose(ones(200), Ratios(LiftKind.FixedOrthogonal, 30));
        Assert.Equal(1, Ratios(LiftKind.FixedGaussian, 5000).mean().item<float>(), 0.05);
        Assert.Equal(1, Ratios(LiftKind.FixedSigns, 5000).mean().item<float>(), 0.05);
        using var narrow = Model(new() { InputWidth = 20, LatentWidth = 7, BottleneckWidths = [], OutputWidth = 1, Lift = LiftKind.FixedOrthogonal });
        AssertClose(eye(7), narrow.LiftMatrix!.matmul(narrow.LiftMatrix.t()));
    }

    [Theory]
    [MemberData(nameof(Lifts))]
    public void Gradients_agree_with_finite_differences(LiftKind lift)
    {
        using var scope = NewDisposeScope();
        using var model = Model(Shape with { Lift = lift, LatentWidth = lift == LiftKind.Identity ? 6 : 10, Biases = true });
        model.to(ScalarType.Float64);
        var input = randn(3, 6, dtype: ScalarType.Float64);
        FiniteDifferences.AssertAgree(model, () => model.forward(input).square().mean());
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        using var first = Model(Shape);
        using var second = Model(Shape);
        using var third = new ResidualMlp(Shape, new RandomGenerator(8));
        Assert.Equal(first.LiftMatrix!.data<float>().ToArray(), second.LiftMatrix!.data<float>().ToArray());
        Assert.NotEqual(first.LiftMatrix.data<float>().ToArray(), third.LiftMatrix!.data<float>().ToArray());
    }

    [Fact]
    public void Widths_that_do_not_fit_are_refused()
    {
        Assert.Contains("6", Assert.Throws<ArgumentException>(() => Model(Shape with { Lift = LiftKind.Identity })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Model(Shape with { BottleneckWidths = [4, 0] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Model(Shape with { OutputWidth = 0 }));
    }

    private static ResidualMlp Model(ResidualMlpShape shape) => new(shape, new RandomGenerator(7));

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        var distance = (expected - actual).abs().max().item<float>();
        Assert.True(distance < 1e-5, $"The largest difference is {distance}.");
    }
}
