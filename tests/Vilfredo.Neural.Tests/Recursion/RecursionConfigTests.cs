using TorchSharp;
using Vilfredo.Neural.Checkpoints;
using Vilfredo.Neural.Generation;
using Vilfredo.Neural.Recursion;
using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Tests.Transformers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Recursion;

public class RecursionConfigTests
{
    [Theory]
    [InlineData(LayerSharing.Cycle, 6, new[] { 0, 1, 0, 1, 0, 1 })]
    [InlineData(LayerSharing.Sequence, 6, new[] { 0, 0, 0, 1, 1, 1 })]
    [InlineData(LayerSharing.MiddleCycle, 8, new[] { 0, 1, 2, 1, 2, 1, 2, 3 })]
    [InlineData(LayerSharing.MiddleSequence, 8, new[] { 0, 1, 1, 1, 2, 2, 2, 3 })]
    [InlineData(LayerSharing.Separate, 8, new[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    public void Layers_are_shared_as_the_scheme_says(LayerSharing sharing, int layers, int[] stored) =>
        Assert.Equal(stored, LayerPlan.Of(new() { NumHiddenLayers = layers, Recursion = new() { Recursions = 3, Sharing = sharing } }).Stored);

    [Theory]
    [InlineData(LayerSharing.Cycle, KeyValueSharing.RecursionWise)]
    [InlineData(LayerSharing.MiddleCycle, KeyValueSharing.Shared)]
    [InlineData(LayerSharing.MiddleSequence, KeyValueSharing.RecursionWise)]
    public void One_recursion_is_the_ordinary_decoder(LayerSharing sharing, KeyValueSharing keyValues)
    {
        using var scope = NewDisposeScope();
        var config = DecoderFamilies.Llama with { NumHiddenLayers = 4 };
        using var plain = new Decoder(config, seed: 3);
        using var one = new Decoder(config with { Recursion = new() { Recursions = 1, Sharing = sharing, KeyValues = keyValues } }, seed: 3);
        Assert.Equal(plain.state_dict().Keys, one.state_dict().Keys);
        var ids = DecoderTests.Ids(2, 6);
        Assert.True(plain.forward(ids).equal(one.forward(ids)).all().item<bool>());
    }

    [Fact]
    public void Separate_blocks_that_every_token_passes_are_the_ordinary_decoder()
    {
        using var scope = NewDisposeScope();
        var config = DecoderFamilies.Llama with { NumHiddenLayers = 8 };
        using var plain = new Decoder(config, seed: 3);
        using var separate = new Decoder(config with { Recursion = new() { Recursions = 3, Sharing = LayerSharing.Separate } }, seed: 3);
        var ids = DecoderTests.Ids(2, 6);
        Assert.True(plain.forward(ids).equal(separate.forward(ids)).all().item<bool>());
    }

    [Fact]
    public void Shared_layers_have_the_gradients_of_an_unrolled_decoder_summed_over_their_uses()
    {
        using var scope = NewDisposeScope();
        var config = DecoderFamilies.Llama with { NumHiddenLayers = 4 };
        using var shared = new Decoder(config with { Recursion = new() { Recursions = 2, Sharing = LayerSharing.Cycle } }, seed: 3);
        using var unrolled = new Decoder(config);
        shared.to(ScalarType.Float64);
        unrolled.to(ScalarType.Float64);
        using (no_grad())
        {
            foreach (var (name, tensor) in unrolled.state_dict())
                tensor.copy_(shared.state_dict()[name.Replace("layers.2.", "layers.0.", StringComparison.Ordinal).Replace("layers.3.", "layers.1.", StringComparison.Ordinal)]);
        }

        var ids = DecoderTests.Ids(2, 6);
        foreach (var model in new[] { shared, unrolled })
            nn.functional.cross_entropy(model.forward(ids).flatten(0, 1), ids.flatten()).backward();
        var parts = unrolled.named_parameters().ToDictionary(one => one.name, one => one.parameter.grad!);
        foreach (var (name, parameter) in shared.named_parameters())
        {
            var later = parts.GetValueOrDefault(name.Replace("layers.0.", "layers.2.", StringComparison.Ordinal).Replace("layers.1.", "layers.3.", StringComparison.Ordinal))!;
            DecoderTests.AssertClose(name.Contains("layers", StringComparison.Ordinal) ? parts[name] + later : later, parameter.grad!);
        }
    }

    [Fact]
    public void Routers_have_names_of_their_own_and_a_checkpoint_brings_everything_back()
    {
        using var folder = new TemporaryFolder();
        var config = DecoderFamilies.Config("auxiliary router");
        using var model = new Decoder(config, seed: 3);
        Assert.Superset(
            new HashSet<string>
            {
                "model.mor_router.0.0.weight", "model.mor_router.2.2.weight", "model.mor_auxiliary_router.1.0.weight", "model.mor_auxiliary_router.1.2.weight",
                "model.layers.3.self_attn.q_proj.weight",
            },
            model.named_parameters().Select(one => one.name).ToHashSet());
        Assert.Equal(4, model.Layers.Count);
        DecoderCheckpoint.Save(model, folder.Path);
        using var loaded = DecoderCheckpoint.Load(folder.Path);
        Assert.Equal(config.ToJson(), loaded.Config.ToJson());
        Assert.Contains("\"middle_cycle\"", config.ToJson(), StringComparison.Ordinal);
        using var scope = NewDisposeScope();
        var ids = DecoderTests.Ids(2, 6);
        Assert.True(model.forward(ids).equal(loaded.forward(ids)).all().item<bool>());
        using var linear = new Decoder(DecoderFamilies.Config("expert choice"));
        Assert.Contains("model.mor_router.2.weight", linear.state_dict().Keys);
        Assert.Throws<CheckpointMismatchException>(() => Checkpoint.Load(linear, folder.Path));
        using var biased = new Decoder(DecoderFamilies.Config("token choice with bias"));
        Assert.Contains("model.mor_balance_bias", biased.state_dict().Keys);
    }

    [Theory]
    [InlineData("expert choice")]
    [InlineData("token choice with shared keys")]
    public void A_batch_is_continued_as_each_of_its_prompts_alone(string family)
    {
        using var model = DecoderTests.Model(family);
        var generator = new TokenGenerator(model);
        var options = new GenerationOptions { MaxTokens = 6, StopTokens = [7], Sampling = SamplingOptions.Greedy };
        int[][] prompts = [[1, 2, 3], [4], [9, 9, 2, 1, 0]];
        var together = generator.Generate(prompts, options, new RandomGenerator(1));
        foreach (var (prompt, continuation) in prompts.Zip(together))
            Assert.Equal(generator.Generate([prompt], options, new RandomGenerator(1))[0].Tokens, continuation.Tokens);
    }

    [Fact]
    public void A_generator_can_cap_the_depth()
    {
        using var model = DecoderTests.Model("expert choice");
        var options = new GenerationOptions { MaxTokens = 8, Sampling = SamplingOptions.Greedy };
        var (free, capped) = (new TokenGenerator(model), new TokenGenerator(model) { Depths = new() { MaximumDepth = 1 } });
        Assert.NotEqual(
            free.Generate([[1, 2, 3]], options, new RandomGenerator(1))[0].LogProbabilities,
            capped.Generate([[1, 2, 3]], options, new RandomGenerator(1))[0].LogProbabilities);
    }

    [Fact]
    public void Passes_that_make_no_sense_are_refused()
    {
        using var model = DecoderTests.Model("expert choice");
        using var ids = DecoderTests.Ids(1, 3);
        using var cache = model.NewCache();
        Assert.Contains("capacity", Assert.Throws<ArgumentException>(() => model.Run(new() { Ids = ids, Cache = cache, Depths = new() { ByCapacity = true } })).Message, StringComparison.Ordinal);
        using var mask = ones(3, 3, dtype: ScalarType.Bool);
        Assert.Contains("mask", Assert.Throws<ArgumentException>(() => model.Run(new() { Ids = ids, Mask = mask })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Run(new() { Ids = ids, Depths = new() { MaximumDepth = 0 } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Run(new() { Ids = ids, Depths = new() { Slack = 2 } }));
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "recursion.recursions is 4", """{ "recursions": 4 }""" },
        { "recursion.recursions is 0", """{ "recursions": 0 }""" },
        { "recursion.sharing is Sequence", """{ "recursions": 3, "sharing": "sequence", "routing": {} }""" },
        { "recursion.key_values is Shared", """{ "recursions": 3, "sharing": "separate", "key_values": "shared" }""" },
        { "recursion.routing.alpha is 0", """{ "recursions": 3, "routing": { "alpha": 0 } }""" },
        { "recursion.routing.temperature is -1", """{ "recursions": 3, "routing": { "temperature": -1 } }""" },
        { "recursion.routing.gate is Softmax", """{ "recursions": 3, "routing": { "gate": "softmax" } }""" },
        { "recursion.routing.gate is Tanh", """{ "recursions": 3, "routing": { "choice": "token", "gate": "tanh" } }""" },
        { "recursion.routing.capacities is 2 numbers", """{ "recursions": 3, "routing": { "capacities": [1, 0.5] } }""" },
        { "recursion.routing.capacities is 1, 0.5, 0.6", """{ "recursions": 3, "routing": { "capacities": [1, 0.5, 0.6] } }""" },
        { "recursion.routing.capacities is given", """{ "recursions": 3, "routing": { "choice": "token", "capacities": [1, 1, 1] } }""" },
        { "recursion.routing.auxiliary_router is true", """{ "recursions": 3, "routing": { "choice": "token", "auxiliary_router": true } }""" },
        { "recursion.routing.balances_by_bias is true", """{ "recursions": 3, "routing": { "balances_by_bias": true } }""" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Configurations_that_make_no_sense_are_refused(string message, string recursion)
    {
        var layers = recursion.Contains("sequence", StringComparison.Ordinal) ? 6 : 8;
        var json = $$"""{ "num_hidden_layers": {{layers}}, "recursion": {{recursion}} }""";
        Assert.StartsWith(message, Assert.Throws<InvalidConfigException>(() => DecoderConfig.Parse(json)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("windowed streams")]
    [InlineData("qwen3_moe")]
    [InlineData("mistral")]
    public void What_is_not_built_together_is_refused(string family) =>
        Assert.StartsWith("recursion", Assert.Throws<InvalidConfigException>(() => (DecoderFamilies.Config(family) with { NumHiddenLayers = 4, Recursion = new() { Recursions = 2, Routing = new() } }).Validate()).Message, StringComparison.Ordinal);
}
