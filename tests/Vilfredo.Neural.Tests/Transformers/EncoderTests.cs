using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Checkpoints;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;
using static Vilfredo.Neural.Tests.Transformers.DecoderTests;

namespace Vilfredo.Neural.Tests.Transformers;

public class EncoderTests
{
    private static readonly int[] Sequence = [3, 0, 18, 7, 7, 1, 12];

    public static TheoryData<string> Families => ["llama", "mistral", "qwen2", "qwen3", "deepseek_v3", "qwen3_moe", "cycle", "middle cycle with shared keys"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Logits_and_counts_agree_with_an_independent_computation_in_64_bits(string family)
    {
        using var scope = NewDisposeScope();
        using var model = New(family);
        var weights = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.data<float>().Select(value => (double)value).ToArray());
        var reference = new ReferenceDecoder(model.Config, weights) { Bidirectional = true };
        var expected = reference.MaskedLogits(Sequence).SelectMany(row => row).ToArray();
        Assert.True(expected.Max(Math.Abs) > 0.1);
        Assert.All(expected.Zip(model.forward(Row(Sequence)).data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        var costs = new EncoderCosts(model.Config);
        Assert.Equal(2 * reference.MultiplyAdds, costs.ForwardFlops(Sequence.Length));
        Assert.Equal(model.parameters().Sum(one => one.numel()), costs.Parameters);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Tokens_see_what_comes_after_them_and_padding_on_either_side_changes_nothing(string family)
    {
        using var scope = NewDisposeScope();
        using var model = New(family);
        var (ids, filling) = (Ids(1, 6), full(1, 3, 5L, dtype: ScalarType.Int64));
        var (seen, unseen) = (ones(1, 6, dtype: ScalarType.Bool), zeros(1, 3, dtype: ScalarType.Bool));
        var states = model.Encode(ids);
        AssertClose(states, model.Encode(cat([ids, filling], 1), cat([seen, unseen], 1)).narrow(1, 0, 6));
        AssertClose(states, model.Encode(cat([filling, ids], 1), cat([unseen, seen], 1)).narrow(1, 3, 6));
        AssertClose(model.Pool(ids), model.Pool(cat([filling, ids], 1), cat([unseen, seen], 1)));
        var changed = ids.clone();
        changed[0, 1] = 17;
        Assert.True((states - model.Encode(changed)).narrow(1, 0, 1).abs().max().item<float>() > 1e-4);
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder(DecoderFamilies.Llama with { HiddenSize = 8, IntermediateSize = 12, NumAttentionHeads = 2, NumKeyValueHeads = 1, VocabSize = 7, TieWordEmbeddings = true }, seed: 3);
        model.to(ScalarType.Float64);
        var objective = new MaskedLanguageModelObjective(model, padding: 0);
        var batch = new TokenBatch([1, 6, 2, 0, 6, 4, 3, 5], [-100, 3, -100, -100, 1, -100, 3, -100], 2);
        FiniteDifferences.AssertAgree(model, () => objective.Loss(batch).Sum);
    }

    [Fact]
    public void A_checkpoint_has_its_names_and_brings_everything_back()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var model = New("llama");
        using var tied = New("qwen2");
        Assert.Superset(new HashSet<string> { "model.layers.1.mlp.up_proj.weight", "head.dense.weight", "head.norm.weight", "decoder.weight", "decoder.bias" }, model.state_dict().Keys.ToHashSet());
        Assert.DoesNotContain("decoder.weight", tied.state_dict().Keys);
        var file = Path.Combine(folder.Path, "encoder.safetensors");
        Checkpoint.Save(model, file);
        using var other = new Encoder(model.Config, seed: 9);
        Checkpoint.Load(other, file);
        AssertClose(model.forward(Ids(2, 4)), other.forward(Ids(2, 4)));
        Assert.Throws<CheckpointMismatchException>(() => Checkpoint.Load(tied, file));
    }

    [Theory]
    [InlineData("parscale_n", "parallel streams")]
    [InlineData("recursion.routing", "token choice")]
    public void What_only_a_decoder_can_is_refused(string field, string family) =>
        Assert.StartsWith(field, Assert.Throws<InvalidConfigException>(() => new Encoder(DecoderFamilies.Config(family))).Message, StringComparison.Ordinal);

    [Fact]
    public void Masking_hides_the_wanted_shares_and_is_the_same_every_time()
    {
        var text = Enumerable.Range(0, 40_000).Select(i => 2 + i % 16).ToArray();
        var batches = new MaskedBatches(new WindowBatches(text, 100, 100, seed: 1), 20, maskToken: 19, seed: 2) { Special = [0, 1] };
        var (plain, masked) = (new WindowBatches(text, 100, 100, seed: 1).At(3), batches.At(3));
        Assert.Equal(masked.Inputs.ToArray(), batches.At(3).Inputs.ToArray());
        var (guessed, hidden, replaced) = (0, 0, 0);
        for (var i = 0; i < plain.Tokens; i++)
        {
            if (masked.Targets[i] == TokenBatch.Unscored)
            {
                Assert.Equal(plain.Inputs[i], masked.Inputs[i]);
                continue;
            }

            Assert.Equal(plain.Inputs[i], masked.Targets[i]);
            guessed++;
            hidden += masked.Inputs[i] == 19 ? 1 : 0;
            replaced += masked.Inputs[i] != 19 && masked.Inputs[i] != plain.Inputs[i] ? 1 : 0;
            Assert.InRange(masked.Inputs[i], 2, 19);
        }

        Assert.Equal(0.15, guessed / 10_000.0, 0.015);
        Assert.Equal(0.8, hidden / (double)guessed, 0.05);
        Assert.Equal(0.1 * 16 / 17, replaced / (double)guessed, 0.03);
    }

    [Fact]
    public void A_batch_of_special_tokens_and_shares_that_make_no_sense_are_refused_and_one_token_at_least_is_guessed()
    {
        var windows = new WindowBatches(Enumerable.Repeat(4, 50).ToArray(), 4, 1, seed: 1);
        Assert.Equal(1, new MaskedBatches(windows, 9, 8, 1) { Share = 1e-9 }.At(0).ScoredTokens);
        Assert.Throws<InvalidOperationException>(() => new MaskedBatches(windows, 9, 8, 1) { Special = [4] }.At(0));
        Assert.Throws<InvalidOperationException>(() => new MaskedBatches(windows, 9, 8, 1) { Masked = 0.8, Replaced = 0.3 }.At(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaskedBatches(windows, 9, 9, 1));
    }

    [Fact]
    public void Training_learns_to_guess_what_comes_before_what_is_seen()
    {
        var random = new RandomGenerator(5);
        // Every third token tells the one after it, which a model that reads from left to right cannot guess.
        var text = new int[3000];
        for (var i = 0; i + 2 < text.Length; i += 3)
        {
            var next = random.NextInt32(4);
            (text[i], text[i + 1], text[i + 2]) = (random.NextInt32(4), 4 + next, next);
        }

        using var model = new Encoder(new() { VocabSize = 10, HiddenSize = 32, IntermediateSize = 48, NumHiddenLayers = 2, NumAttentionHeads = 2, InitializerRange = 0.1 }, seed: 1);
        using var optimizer = new AdamW(ParameterGroup.Of(model, 5e-3));
        var special = new[] { 0, 1, 2, 3, 8 };
        var batches = new MaskedBatches(new WindowBatches(text, 12, 32, seed: 1), 10, maskToken: 9, seed: 1) { Special = special, Share = 0.3 };
        var held = new MaskedBatches(new WindowBatches(text, 12, 32, seed: 2), 10, maskToken: 9, seed: 2) { Special = special, Masked = 1, Replaced = 0 };
        var trainer = new Trainer<TokenBatch>(new MaskedLanguageModelObjective(model), optimizer, batches, new()
        {
            Steps = 120,
            Evaluations = new Dictionary<string, IReadOnlyList<TokenBatch>> { ["held"] = [held.At(0), held.At(1)] },
        });
        var loss = trainer.Run().Evaluation!["held"];
        Assert.True(loss < 0.5 * Math.Log(4), $"{loss} against {Math.Log(4)} without the neighbours");
    }

    private static Encoder New(string family)
    {
        var model = new Encoder(DecoderFamilies.Config(family), seed: 1);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var generator = new RandomGenerator(11);
        foreach (var (_, value) in model.state_dict().Where(pair => pair.Value.dim() == 1))
            value.copy_(tensor([.. Enumerable.Range(0, (int)value.numel()).Select(_ => (float)generator.NextDouble(0.5, 1.5))]));
        return model;
    }

    private static Tensor Row(int[] ids) => tensor(ids.Select(id => (long)id).ToArray()).unsqueeze(0);
}
