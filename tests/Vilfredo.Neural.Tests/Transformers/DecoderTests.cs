using TorchSharp;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Transformers;

public class DecoderTests
{
    [Theory]
    [MemberData(nameof(DecoderFamilies.Names), MemberType = typeof(DecoderFamilies))]
    public void Logits_agree_with_an_independent_computation_in_64_bits(string family)
    {
        using var model = Model(family);
        int[] ids = [3, 0, 18, 7, 7, 1, 12];
        var expected = new ReferenceDecoder(model.Config, Weights(model)).Logits(ids).SelectMany(row => row).ToArray();
        using var logits = model.forward(tensor(ids.Select(id => (long)id).ToArray()).unsqueeze(0));
        var actual = logits.data<float>().ToArray();
        Assert.True(expected.Max(Math.Abs) > 0.1);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Theory]
    [MemberData(nameof(DecoderFamilies.Names), MemberType = typeof(DecoderFamilies))]
    public void Reading_in_pieces_with_a_cache_gives_the_logits_of_reading_at_once(string family)
    {
        using var scope = NewDisposeScope();
        using var model = Model(family);
        var ids = Ids(2, 9);
        var whole = model.forward(ids);
        using var cache = model.NewCache();
        var pieces = new[] { (0, 4), (4, 1), (5, 3), (8, 1) }.Select(piece => model.Run(new() { Ids = ids.narrow(1, piece.Item1, piece.Item2), Cache = cache }).Logits).ToArray();
        AssertClose(whole, cat(pieces, 1));
        Assert.Equal(9, cache.Length);
        var perToken = model.Config.Latent?.CachedSize ?? 2 * model.Config.KeyValueHeads * model.Config.HeadSize;
        Assert.Equal(2L * 9 * (model.Config.Streams?.Count ?? 1) * cache.Layers.Count * perToken * sizeof(float), cache.Bytes);
    }

    [Theory]
    [MemberData(nameof(DecoderFamilies.Names), MemberType = typeof(DecoderFamilies))]
    public void Padding_on_the_left_changes_nothing(string family)
    {
        using var scope = NewDisposeScope();
        using var model = Model(family);
        var ids = Ids(1, 6);
        var padded = cat([full(1, 3, 5L, dtype: ScalarType.Int64), ids], 1);
        var visible = tensor(new[] { false, false, false, true, true, true, true, true, true }).unsqueeze(0);
        var expected = model.forward(ids);
        AssertClose(expected, model.Run(new() { Ids = padded, Visible = visible }).Logits.narrow(1, 3, 6));

        using var cache = model.NewCache();
        model.Run(new() { Ids = padded.narrow(1, 0, 7), Visible = visible.narrow(1, 0, 7), Cache = cache });
        AssertClose(expected.narrow(1, 4, 2), model.Run(new() { Ids = padded.narrow(1, 7, 2), Cache = cache }).Logits);
    }

    [Fact]
    public void A_truncated_cache_continues_as_if_the_rest_had_never_been_read()
    {
        using var scope = NewDisposeScope();
        using var model = Model("qwen3");
        var ids = Ids(2, 8);
        using var cache = model.NewCache();
        model.Run(new() { Ids = ids.narrow(1, 0, 5), Cache = cache });
        model.Run(new() { Ids = Ids(2, 3), Cache = cache });
        cache.Truncate(5);
        AssertClose(model.forward(ids).narrow(1, 5, 3), model.Run(new() { Ids = ids.narrow(1, 5, 3), Cache = cache }).Logits);
    }

    [Fact]
    public void Selected_rows_of_a_cache_continue_their_own_sequences()
    {
        using var scope = NewDisposeScope();
        using var model = Model("llama");
        var ids = Ids(3, 6);
        var order = tensor(new long[] { 2, 0, 0, 1 });
        using var cache = model.NewCache();
        model.Run(new() { Ids = ids.narrow(1, 0, 4), Cache = cache });
        cache.SelectRows([2, 0, 0, 1]);
        AssertClose(model.forward(ids).index_select(0, order).narrow(1, 4, 2), model.Run(new() { Ids = ids.index_select(0, order).narrow(1, 4, 2), Cache = cache }).Logits);
    }

    [Fact]
    public void Embeddings_in_place_of_ids_give_the_same_logits()
    {
        using var scope = NewDisposeScope();
        using var model = Model("llama");
        var ids = Ids(2, 5);
        AssertClose(model.forward(ids), model.Run(new() { Embeddings = model.Embed(ids) }).Logits);
    }

    [Fact]
    public void A_mask_of_the_callers_that_is_causal_changes_nothing_and_one_that_is_not_lets_tokens_see_ahead()
    {
        using var scope = NewDisposeScope();
        using var model = Model("llama");
        var ids = Ids(2, 5);
        var causal = ones(5, 5).tril().to(ScalarType.Bool);
        AssertClose(model.forward(ids), model.Run(new() { Ids = ids, Mask = causal }).Logits);
        var ahead = model.Run(new() { Ids = ids, Mask = ones(5, 5, dtype: ScalarType.Bool) }).Logits;
        Assert.True((ahead - model.forward(ids)).narrow(1, 0, 1).abs().max().item<float>() > 1e-3);
    }

    [Fact]
    public void Two_tokens_at_the_same_position_that_do_not_see_each_other_are_two_continuations()
    {
        using var scope = NewDisposeScope();
        using var model = Model("qwen3");
        var mask = tensor(new[,]
        {
            { true, false, false, false },
            { true, true, false, false },
            { true, true, true, false },
            { true, true, false, true },
        });
        var both = model.Run(new()
        {
            Ids = tensor(new long[,] { { 4, 9, 2, 11 } }),
            Positions = tensor(new long[,] { { 0, 1, 2, 2 } }),
            Mask = mask,
        }).Logits;
        AssertClose(model.forward(tensor(new long[,] { { 4, 9, 2 } })).narrow(1, 2, 1), both.narrow(1, 2, 1));
        AssertClose(model.forward(tensor(new long[,] { { 4, 9, 11 } })).narrow(1, 2, 1), both.narrow(1, 3, 1));
    }

    [Fact]
    public void A_tap_sees_every_layer_and_what_it_returns_goes_on()
    {
        using var scope = NewDisposeScope();
        using var model = Model("llama");
        var ids = Ids(1, 4);
        var seen = new List<int>();
        AssertClose(model.forward(ids), model.Run(new() { Ids = ids, Tap = (layer, states) => { seen.Add(layer); return states; } }).Logits);
        Assert.Equal([0, 1, 2], seen);
        var silenced = model.Run(new() { Ids = ids, Tap = (layer, states) => layer == 2 ? zeros_like(states) : states }).Logits;
        Assert.Equal(0f, silenced.abs().max().item<float>());
    }

    [Fact]
    public void Keys_turn_back_to_what_they_were()
    {
        using var scope = NewDisposeScope();
        var keys = randn(2, 3, 5, 8, dtype: ScalarType.Float64);
        using var angles = RotaryAngles.At(tensor(new long[,] { { 0, 1, 2, 3, 4 }, { 7, 9, 9, 1, 1000 } }), 6, 10_000, ScalarType.Float64);
        var rotated = angles.Rotate(keys);
        Assert.True((rotated - keys).abs().max().item<double>() > 0.1);
        Assert.True((angles.Unrotate(rotated) - keys).abs().max().item<double>() < 1e-12);
        AssertClose(keys.narrow(3, 6, 2), rotated.narrow(3, 6, 2));
    }

    [Fact]
    public void Parameters_carry_the_published_names()
    {
        using var model = Model("qwen3");
        var names = model.named_parameters().Select(parameter => parameter.name).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "model.embed_tokens.weight", "model.norm.weight", "lm_head.weight", "model.layers.1.input_layernorm.weight", "model.layers.1.post_attention_layernorm.weight",
                "model.layers.0.self_attn.q_proj.weight", "model.layers.0.self_attn.k_norm.weight", "model.layers.0.self_attn.o_proj.weight", "model.layers.1.mlp.down_proj.weight",
            },
            names);
        Assert.Equal(3 + 2 * 11, names.Count);
        Assert.Equal(names.Order(), model.state_dict().Keys.Order());
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        using var scope = NewDisposeScope();
        using var model = new Decoder(DecoderFamilies.Llama with { ModelType = "qwen3", HiddenSize = 8, IntermediateSize = 12, NumAttentionHeads = 2, NumKeyValueHeads = 1, VocabSize = 7 }, seed: 3);
        model.to(ScalarType.Float64);
        var ids = tensor(new long[,] { { 1, 5, 2, 0, 6 } });
        FiniteDifferences.AssertAgree(model, Loss);

        Tensor Loss() => nn.functional.cross_entropy(model.forward(ids).view(5, 7), tensor(new long[] { 5, 2, 0, 6, 3 }));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        using var first = new Decoder(DecoderFamilies.Llama, seed: 5);
        using var second = new Decoder(DecoderFamilies.Llama, seed: 5);
        using var third = new Decoder(DecoderFamilies.Llama, seed: 6);
        Assert.Equal(first.EmbeddingMatrix.data<float>().ToArray(), second.EmbeddingMatrix.data<float>().ToArray());
        Assert.NotEqual(first.EmbeddingMatrix.data<float>().ToArray(), third.EmbeddingMatrix.data<float>().ToArray());
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_refused()
    {
        using var model = Model("llama");
        using var ids = Ids(2, 3);
        Assert.Contains("neither", Assert.Throws<ArgumentException>(() => model.Run(new())).Message, StringComparison.Ordinal);
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => model.Run(new() { Ids = ids, Positions = Ids(1, 3) })).Message, StringComparison.Ordinal);
        Assert.Contains("16", Assert.Throws<ArgumentException>(() => model.Run(new() { Embeddings = zeros(1, 2, 3) })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Run(new() { Ids = ids, Cache = new(7) }));
    }

    internal static Decoder Model(string family) => new(DecoderFamilies.Config(family), seed: 1);

    internal static Tensor Ids(int batch, int length) =>
        tensor(Enumerable.Range(0, batch * length).Select(i => (long)(i * i + 3 * i + 1) % 19).ToArray()).view(batch, length);

    internal static Dictionary<string, double[]> Weights(Decoder model)
    {
        using var noGradient = no_grad();
        var generator = new RandomGenerator(11);
        return model.state_dict().ToDictionary(pair => pair.Key, pair =>
        {
            // Norm weights of one and biases of zero would hide mistakes.
            if (pair.Value.dim() == 1)
                pair.Value.copy_(tensor(Enumerable.Range(0, (int)pair.Value.numel()).Select(_ => (float)generator.NextDouble(0.5, 1.5)).ToArray()));
            return pair.Value.data<float>().Select(value => (double)value).ToArray();
        });
    }

    internal static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        var distance = (expected - actual).abs().max().to(ScalarType.Float64).item<double>();
        Assert.True(distance < 2e-5, $"The largest difference is {distance}.");
    }
}
