using TorchSharp;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Experts;

public class MixtureOfExpertsTests
{
    private static readonly ExpertShape Shape = new() { Routed = 6, PerToken = 3, Width = 5, SharedWidth = 4, Scoring = ScoringFunction.Sigmoid, Groups = 3, GroupsKept = 2, NormalizesWeights = true, Scale = 2.5 };

    private static readonly DecoderConfig Config = new()
    {
        VocabSize = 7,
        HiddenSize = 8,
        IntermediateSize = 12,
        NumHiddenLayers = 2,
        NumAttentionHeads = 2,
        MoeIntermediateSize = 5,
        NumExpertsPerTok = 2,
        InitializerRange = 0.4,
    };

    [Fact]
    public void With_one_expert_it_is_the_dense_layer()
    {
        using var scope = NewDisposeScope();
        using var mixture = new MixtureOfExperts(8, new() { Routed = 1, PerToken = 1, Width = 5 });
        var input = randn(2, 3, 8);
        AssertClose(mixture.Experts[0].forward(input), mixture.forward(input), 1e-6);
    }

    [Fact]
    public void Grouped_by_expert_it_gives_what_token_by_token_gives()
    {
        using var scope = NewDisposeScope();
        using var mixture = new MixtureOfExperts(8, Shape);
        mixture.to(ScalarType.Float64);
        var shared = mixture.named_children().Single(child => child.name == "shared_experts").module;
        var input = randn(2, 7, 8, dtype: ScalarType.Float64);
        var (output, routing) = mixture.Run(input);
        Assert.Equal(Shape.Scale, routing.Weights.sum(-1).amin().item<double>(), 12);
        for (var token = 0; token < 14; token++)
        {
            var x = input.view(14, 8).narrow(0, token, 1);
            var expected = ((SwiGlu)shared).forward(x);
            for (var i = 0; i < Shape.PerToken; i++)
                expected += routing.Weights[token, i] * mixture.Experts[(int)routing.Chosen[token, i].item<long>()].forward(x);
            AssertClose(expected, output.view(14, 8).narrow(0, token, 1), 1e-12);
        }
    }

    [Fact]
    public void Experts_in_another_order_with_their_rows_of_the_router_give_the_same()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var shape = Shape with { Groups = 1, GroupsKept = 1 };
        using var mixture = new MixtureOfExperts(8, shape);
        using var other = new MixtureOfExperts(8, shape);
        int[] order = [4, 0, 5, 1, 3, 2];
        var source = mixture.state_dict();
        foreach (var (name, target) in other.state_dict())
        {
            var parts = name.Split('.');
            if (parts[0] == "experts")
                parts[1] = order[int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)].ToString(System.Globalization.CultureInfo.InvariantCulture);
            var values = source[string.Join('.', parts)];
            target.copy_(parts[0] == "gate" ? values.index_select(0, tensor(order.Select(i => (long)i).ToArray())) : values);
        }

        var input = randn(9, 8);
        AssertClose(mixture.forward(input), other.forward(input), 1e-5);
    }

    [Fact]
    public void An_expert_without_tokens_has_no_gradient_and_breaks_nothing()
    {
        using var scope = NewDisposeScope();
        using var mixture = new MixtureOfExperts(8, new() { Routed = 5, PerToken = 2, Width = 5 });
        var (output, routing) = mixture.Run(randn(1, 1, 8));
        output.sum().backward();
        var busy = routing.Chosen.data<long>().ToArray();
        Assert.Equal(Enumerable.Range(0, 5).Where(expert => busy.Contains(expert)), Enumerable.Range(0, 5).Where(expert => mixture.Experts[expert].parameters().All(parameter => parameter.grad is not null)));
        Assert.NotNull(mixture.Router.Weight.grad);
    }

    public static TheoryData<string> Families => ["qwen2_moe", "qwen3_moe", "deepseek_v3"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Gradients_agree_with_finite_differences_balancing_losses_included(string family)
    {
        using var scope = NewDisposeScope();
        using var model = new Decoder(Family(family), seed: 3);
        model.to(ScalarType.Float64);
        var ids = tensor(new long[,] { { 1, 5, 2, 0, 6 } });
        FiniteDifferences.AssertAgree(model, () =>
        {
            var output = model.Run(new() { Ids = ids, KeepsRoutings = true });
            var loss = nn.functional.cross_entropy(output.Logits.view(5, 7), tensor(new long[] { 5, 2, 0, 6, 3 }));
            return output.Routings.Aggregate(loss, (sum, routing) => sum + 0.1 * routing.LoadBalanceLoss() + 0.01 * routing.ZLoss());
        });
    }

    [Fact]
    public void Only_the_layers_that_the_configuration_says_have_experts()
    {
        using var model = new Decoder(Family("deepseek_v3"));
        Assert.IsType<SwiGlu>(model.Layers[0].FeedForward);
        Assert.IsType<MixtureOfExperts>(model.Layers[1].FeedForward);
        var names = model.state_dict().Keys.ToHashSet();
        Assert.Superset(new HashSet<string> { "model.layers.1.mlp.gate.weight", "model.layers.1.mlp.gate.e_score_correction_bias", "model.layers.1.mlp.experts.3.up_proj.weight", "model.layers.1.mlp.shared_experts.gate_proj.weight", "model.layers.0.mlp.gate_proj.weight" }, names);

        var sparse = Config with { NumExperts = 2, NumHiddenLayers = 6, DecoderSparseStep = 2, MlpOnlyLayers = [3] };
        Assert.Equal([1, 5], Enumerable.Range(0, 6).Where(layer => sparse.ExpertsOf(layer) is not null));
    }

    [Fact]
    public void Qwens_shared_expert_is_weighed_by_a_sigmoid_of_the_token()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var mixture = new MixtureOfExperts(8, new() { Routed = 2, PerToken = 1, Width = 5, SharedWidth = 3, SharedIsGated = true });
        var weights = mixture.state_dict();
        foreach (var name in weights.Keys.Where(name => name.StartsWith("experts", StringComparison.Ordinal)))
            weights[name].zero_();
        var input = randn(4, 8);
        var shared = (SwiGlu)mixture.named_children().Single(child => child.name == "shared_expert").module;
        AssertClose(input.matmul(weights["shared_expert_gate.weight"].t()).sigmoid() * shared.forward(input), mixture.forward(input), 1e-6);
    }

    private static DecoderConfig Family(string family) => family switch
    {
        "qwen2_moe" => Config with { ModelType = family, NumExperts = 4, SharedExpertIntermediateSize = 6 },
        "qwen3_moe" => Config with { ModelType = family, NumExperts = 4, NormTopkProb = true },
        _ => Config with
        {
            ModelType = family,
            KvLoraRank = 6,
            QkNopeHeadDim = 4,
            QkRopeHeadDim = 2,
            VHeadDim = 4,
            NRoutedExperts = 6,
            NSharedExperts = 1,
            NGroup = 3,
            TopkGroup = 2,
            RoutedScalingFactor = 2.5,
            FirstKDenseReplace = 1,
        },
    };

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        var distance = (expected - actual).abs().max().to(ScalarType.Float64).item<double>();
        Assert.True(distance < tolerance, $"The largest difference is {distance}.");
    }
}
