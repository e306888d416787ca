using TorchSharp;
using Vilfredo.Neural.Tests.Transformers;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Training;

public class ParameterRuleTests
{
    private static readonly ParameterRule[] StageTwo =
    [
        new() { Match = "*prefix_?", LearningRate = 0.05, WeightDecay = 0 },
        new() { Match = "model.aggregate_layer.*", LearningRate = 0.03, TrainedByAdamW = true },
        new() { Match = "*", Frozen = true },
    ];

    [Fact]
    public void New_streams_of_a_frozen_model_are_all_that_is_trained()
    {
        using var model = new Decoder(DecoderFamilies.Config("parallel streams"), seed: 1);
        var groups = ParameterGroup.Of(model, 1e-3, 0.1, StageTwo);
        Assert.All(groups.SelectMany(group => group.Parameters), one => Assert.True(one.Name.Contains("prefix", StringComparison.Ordinal) || one.Name.Contains("aggregate", StringComparison.Ordinal), one.Name));
        Assert.Equal(2 * 2 + 4, groups.Sum(group => group.Parameters.Count));
        Assert.Equal([(0.05, 0), (0.03, 0.1), (0.03, 0)], groups.Select(group => (group.LearningRate, group.WeightDecay)));
        var before = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.data<float>().ToArray());
        using var optimizer = new AdamW(groups);
        using (NewDisposeScope())
        {
            nn.functional.cross_entropy(model.forward(DecoderTests.Ids(2, 6)).flatten(0, 1), DecoderTests.Ids(2, 6).flatten()).backward();
            optimizer.Step();
        }

        foreach (var (name, value) in model.state_dict())
            Assert.Equal(!groups.SelectMany(group => group.Parameters).Any(one => one.Name == name), before[name].SequenceEqual(value.data<float>().ToArray()));
    }

    [Fact]
    public void The_first_rule_that_matches_holds_and_the_rest_is_as_without_rules()
    {
        using var model = new Decoder(DecoderFamilies.Llama, seed: 1);
        var groups = ParameterGroup.Of(model, 1e-3, 0.1, [new() { Match = "model.layers.0.mlp.*", LearningRate = 0 }, new() { Match = "model.layers.0.*", WeightDecay = 0.5 }]);
        Assert.Equal([(0, 0.1), (1e-3, 0.5), (1e-3, 0.1), (1e-3, 0)], groups.Select(group => (group.LearningRate, group.WeightDecay)));
        Assert.Equal([3, 6], groups.Take(2).Select(group => group.Parameters.Count));
        var plain = ParameterGroup.Of(model, 1e-3, 0.1);
        Assert.Equal(plain.Sum(group => group.Parameters.Count), groups.Sum(group => group.Parameters.Count));
    }

    [Fact]
    public void Freezing_is_taken_back_by_rules_that_do_not_freeze()
    {
        using var model = new Decoder(DecoderFamilies.Llama, seed: 1);
        var all = model.parameters().Sum(one => one.numel());
        Assert.Equal(all - 19 * 16, ParameterRule.Freeze(model, [new() { Match = "lm_head.*", Frozen = true }]));
        Assert.Equal(all, ParameterRule.Freeze(model, [new() { Match = "lm_head.*" }]));
    }

    [Fact]
    public void Muon_leaves_to_AdamW_what_a_rule_says()
    {
        using var model = new Decoder(DecoderFamilies.Config("parallel streams"), seed: 1);
        ParameterRule.Freeze(model, StageTwo);
        using var optimizer = MuonPartition.Of(model).Optimizer(0.02, 1e-3, 0.1, rules: StageTwo);
        Assert.Equal(8, optimizer.Groups.Sum(group => group.Parameters.Count));
        Assert.DoesNotContain(optimizer.State.Keys, key => key.Contains("aggregate_layer.0.weight.momentum", StringComparison.Ordinal));
        Assert.Contains(optimizer.State.Keys, key => key.Contains("prefix_k.momentum", StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_that_match_nothing_or_freeze_everything_are_refused()
    {
        using var model = new Decoder(DecoderFamilies.Llama, seed: 1);
        Assert.Contains("'prefix*'", Assert.Throws<ArgumentException>(() => ParameterGroup.Of(model, 1, 0, [new() { Match = "prefix*" }])).Message, StringComparison.Ordinal);
        Assert.Contains("every parameter", Assert.Throws<ArgumentException>(() => ParameterGroup.Of(model, 1, 0, [new() { Match = "*", Frozen = true }])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(6, 2)]
    [InlineData(4, 4)]
    public void Spectral_and_nuclear_norms_are_the_largest_singular_value_and_their_sum(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var random = new RandomGenerator(3);
        var matrices = tensor([.. Enumerable.Range(0, 2 * rows * columns).Select(_ => random.NextNormal())], [2, rows, columns]);
        var values = linalg.svdvals(matrices);
        Assert.True((SpectralNorm.Largest(matrices, 500) - values.amax([-1])).abs().max().item<double>() < 1e-9);
        Assert.True((SpectralNorm.Largest(matrices, 1) - values.amax([-1])).max().item<double>() <= 1e-12);
        Assert.True((SpectralNorm.Nuclear(matrices) - values.sum([-1])).abs().max().item<double>() < 1e-12);
        Assert.Equal(0, SpectralNorm.Largest(zeros(3, 2)).item<float>());
        Assert.Throws<ArgumentException>(() => SpectralNorm.Largest(zeros(3)));
    }
}
