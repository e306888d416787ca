using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Checkpoints;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;
using static Vilfredo.Neural.Tests.Transformers.DecoderTests;

namespace Vilfredo.Neural.Tests.Transformers;

/// <summary>Modules that predict tokens further ahead than the next.</summary>
public class FurtherPredictionTests
{
    private static readonly int[] Sequence = [3, 0, 18, 7, 5, 1, 12];

    public static TheoryData<string> Families => ["llama", "qwen2", "deepseek_v3", "mistral", "deepseek_v3 with experts", "middle cycle with shared keys"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Logits_agree_with_an_independent_computation_in_64_bits(string family)
    {
        using var scope = NewDisposeScope();
        using var model = New(family, modules: 2);
        var reference = new ReferenceDecoder(model.Config, Weights(model));
        var expected = reference.FurtherLogits(Sequence);
        var ids = Row(Sequence);
        var output = model.Run(new() { Ids = ids, PredictsFurther = true });
        Assert.Equal([6, 5], output.FurtherLogits.Select(logits => logits.size(1)));
        foreach (var (wanted, given) in expected.Zip(output.FurtherLogits))
            Assert.All(wanted.SelectMany(row => row).Zip(given.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.Empty(model.Run(new() { Ids = ids }).FurtherLogits);

        var costs = new DecoderCosts(model.Config);
        Assert.Equal(2 * reference.MultiplyAdds - costs.Forward(Sequence.Length, logits: 0).TotalFlops, costs.FurtherPredictionFlops(Sequence.Length));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Parameters_are_those_of_the_live_model_and_the_decoder_itself_is_as_without(string family)
    {
        using var scope = NewDisposeScope();
        using var model = New(family, modules: 2);
        using var plain = New(family, modules: 0);
        var (counted, without) = (new DecoderCosts(model.Config).Parameters, new DecoderCosts(plain.Config).Parameters);
        Assert.Equal(model.parameters().Sum(one => one.numel()), counted.Total);
        Assert.Equal((without.Total, without.Active), (counted.Total - counted.FurtherPrediction, counted.Active));
        using (no_grad())
        {
            var weights = model.state_dict();
            foreach (var (name, tensor) in plain.state_dict())
                tensor.copy_(weights[name]);
        }

        var ids = Row(Sequence);
        AssertClose(plain.forward(ids), model.forward(ids));
        Assert.Equal(plain.NewCache().Layers.Count, model.NewCache().Layers.Count);
    }

    [Fact]
    public void Parameters_carry_the_published_names_and_copies_of_embedding_and_head_are_passed_over()
    {
        using var folder = new TemporaryFolder();
        using var model = New("deepseek_v3", modules: 1);
        Assert.Superset(
            new HashSet<string>
            {
                "model.layers.2.enorm.weight", "model.layers.2.hnorm.weight", "model.layers.2.eh_proj.weight", "model.layers.2.input_layernorm.weight", "model.layers.2.self_attn.kv_b_proj.weight",
                "model.layers.2.post_attention_layernorm.weight", "model.layers.2.mlp.up_proj.weight", "model.layers.2.shared_head.norm.weight",
            },
            model.state_dict().Keys.ToHashSet());
        DecoderCheckpoint.Save(model, folder.Path);
        var file = Path.Combine(folder.Path, "model.safetensors");
        var tensors = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value);
        using var copy = model.EmbeddingMatrix.clone();
        tensors["model.layers.2.embed_tokens.weight"] = copy;
        Checkpoint.Save(tensors, file);
        using var loaded = DecoderCheckpoint.Load(folder.Path);
        using var scope = NewDisposeScope();
        var ids = Row(Sequence);
        AssertClose(model.Run(new() { Ids = ids, PredictsFurther = true }).FurtherLogits[0], loaded.Run(new() { Ids = ids, PredictsFurther = true }).FurtherLogits[0]);
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        using var scope = NewDisposeScope();
        using var model = new Decoder(DecoderFamilies.Llama with { HiddenSize = 8, IntermediateSize = 12, NumAttentionHeads = 2, NumKeyValueHeads = 1, VocabSize = 7, NumNextnPredictLayers = 2 }, seed: 3);
        model.to(ScalarType.Float64);
        var batch = new TokenBatch([1, 5, 2, 0, 6], [5, 2, 0, 6, 3], 1);
        using var objective = new LanguageModelObjective(model) { MultiTokenWeight = 0.7 };
        FiniteDifferences.AssertAgree(model, () =>
        {
            var loss = objective.Loss(batch);
            return loss.Sum + loss.Penalty!;
        });
    }

    [Fact]
    public void The_penalty_is_the_weighed_mean_of_the_modules_cross_entropies_with_the_target_further_on()
    {
        using var scope = NewDisposeScope();
        using var model = New("llama", modules: 2);
        // The target at place i is token i + 1; the k-th module scores token i + k + 1 at place i.
        var batch = new TokenBatch([1, 5, 2, 0, 6], [5, 2, 0, 6, TokenBatch.Unscored], 1);
        var logits = model.Run(new() { Ids = batch.InputTensor(), PredictsFurther = true }).FurtherLogits;
        var first = nn.functional.cross_entropy(logits[0][0].narrow(0, 0, 3), tensor(new long[] { 2, 0, 6 }));
        var second = nn.functional.cross_entropy(logits[1][0].narrow(0, 0, 2), tensor(new long[] { 0, 6 }));
        using var objective = new LanguageModelObjective(model) { MultiTokenWeight = 0.3 };
        Assert.Equal(0.3 * (first + second).item<float>() / 2, objective.Loss(batch).Penalty!.item<float>(), 1e-4);
        using var none = new LanguageModelObjective(model) { MultiTokenWeight = 0 };
        Assert.Null(none.Loss(batch).Penalty);
        model.eval();
        Assert.Null(objective.Loss(batch).Penalty);
    }

    [Fact]
    public void Padding_on_the_left_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var model = New("llama", modules: 2);
        var ids = Row(Sequence);
        var padded = cat([full(1, 2, 5L, dtype: ScalarType.Int64), ids], 1);
        var visible = cat([zeros(1, 2, dtype: ScalarType.Bool), ones(1, 7, dtype: ScalarType.Bool)], 1);
        var (expected, given) = (model.Run(new() { Ids = ids, PredictsFurther = true }), model.Run(new() { Ids = padded, Visible = visible, PredictsFurther = true }));
        foreach (var (one, other) in expected.FurtherLogits.Zip(given.FurtherLogits))
            AssertClose(one, other.narrow(1, 2, one.size(1)));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        using var model = New("llama", modules: 1);
        using var ids = Row(Sequence);
        using var cache = model.NewCache();
        Assert.Throws<ArgumentException>(() => model.Run(new() { Ids = ids, Cache = cache, PredictsFurther = true }));
        Assert.StartsWith("num_nextn_predict_layers", Assert.Throws<InvalidConfigException>(() => (DecoderFamilies.Config("parallel streams") with { NumNextnPredictLayers = 1 }).Validate()).Message, StringComparison.Ordinal);
        Assert.StartsWith("mtp_loss_scaling_factor", Assert.Throws<InvalidConfigException>(() => (DecoderFamilies.Llama with { MtpLossScalingFactor = -1 }).Validate()).Message, StringComparison.Ordinal);
    }

    private static Decoder New(string family, int modules) => new(DecoderFamilies.Config(family) with { NumNextnPredictLayers = modules }, seed: 1);

    private static Tensor Row(int[] ids) => tensor(ids.Select(id => (long)id).ToArray()).unsqueeze(0);
}
