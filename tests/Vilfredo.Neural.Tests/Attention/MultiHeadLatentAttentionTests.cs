using TorchSharp;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Caches;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Attention;

public class MultiHeadLatentAttentionTests
{
    private static readonly DecoderConfig Config = new()
    {
        ModelType = "deepseek_v3",
        VocabSize = 7,
        HiddenSize = 8,
        IntermediateSize = 12,
        NumHiddenLayers = 2,
        NumAttentionHeads = 2,
        QLoraRank = 6,
        KvLoraRank = 5,
        QkNopeHeadDim = 3,
        QkRopeHeadDim = 4,
        VHeadDim = 5,
        InitializerRange = 0.4,
    };

    [Theory]
    [InlineData(AttentionForm.Expanded)]
    [InlineData(AttentionForm.Absorbed)]
    public void Both_forms_give_the_same_with_a_cache_padding_and_a_mask_of_the_callers(AttentionForm form)
    {
        using var scope = NewDisposeScope();
        using var model = Model(Config, AttentionForm.Cheapest);
        using var other = Model(Config, form);
        var ids = tensor(new long[,] { { 1, 5, 2, 0, 6, 3 }, { 4, 4, 1, 6, 0, 2 } });
        var visible = tensor(new[,] { { true, true, true, true, true, true }, { false, false, true, true, true, true } });
        AssertClose(model.forward(ids), other.forward(ids));
        AssertClose(model.Run(new() { Ids = ids, Visible = visible }).Logits, other.Run(new() { Ids = ids, Visible = visible }).Logits);
        foreach (var mask in new[] { ones(6, 6), ones(1, 6).narrow(0, 0, 1), ones(2, 1, 6, 6).tril(1) })
            AssertClose(model.Run(new() { Ids = ids, Mask = mask.to(ScalarType.Bool) }).Logits, other.Run(new() { Ids = ids, Mask = mask.to(ScalarType.Bool) }).Logits);

        var whole = model.forward(ids);
        using var cache = other.NewCache();
        AssertClose(whole.narrow(1, 0, 3), other.Run(new() { Ids = ids.narrow(1, 0, 3), Cache = cache }).Logits);
        AssertClose(whole.narrow(1, 3, 2), other.Run(new() { Ids = ids.narrow(1, 3, 2), Cache = cache }).Logits);
        AssertClose(whole.narrow(1, 5, 1), other.Run(new() { Ids = ids.narrow(1, 5, 1), Cache = cache }).Logits);
    }

    [Theory]
    [InlineData(AttentionForm.Expanded)]
    [InlineData(AttentionForm.Absorbed)]
    public void Gradients_agree_with_finite_differences(AttentionForm form)
    {
        using var scope = NewDisposeScope();
        using var model = Model(Config, form);
        var ids = tensor(new long[,] { { 1, 5, 2, 0, 6 } });
        FiniteDifferences.AssertAgree(model, () => nn.functional.cross_entropy(model.forward(ids).view(5, 7), tensor(new long[] { 5, 2, 0, 6, 3 })));
    }

    [Fact]
    public void With_latents_as_wide_as_the_heads_maps_that_are_the_identity_and_no_rotating_part_it_is_multi_head_attention()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var config = Config with { QLoraRank = null, KvLoraRank = 8, QkNopeHeadDim = 4, QkRopeHeadDim = 2, VHeadDim = 4, NumHiddenLayers = 0 };
        using var latent = new MultiHeadLatentAttention(config, config.Latent!);
        latent.to(ScalarType.Float64);
        var weights = latent.state_dict();
        // Heads of 6 whose last 2 are zero in queries; keys are the first 4 of each head, values the same.
        var query = weights["q_proj.weight"].view(2, 6, 8);
        query.narrow(1, 4, 2).zero_();
        weights["kv_b_proj.weight"].zero_();
        for (var head = 0; head < 2; head++)
        {
            weights["kv_b_proj.weight"].narrow(0, head * 8, 4).narrow(1, head * 4, 4).copy_(eye(4));
            weights["kv_b_proj.weight"].narrow(0, head * 8 + 4, 4).narrow(1, head * 4, 4).copy_(eye(4));
        }

        var input = randn(1, 5, 8, dtype: ScalarType.Float64);
        using var rotary = RotaryAngles.At(arange(5), 2, 10_000, ScalarType.Float64);
        var actual = latent.forward(input, new(rotary, null, null));

        var keys = input.matmul(weights["kv_a_proj_with_mqa.weight"].narrow(0, 0, 8).t());
        keys = keys * (keys.square().mean([-1], keepdim: true) + 1e-6).rsqrt();
        var keyHeads = keys.view(1, 5, 2, 4).transpose(1, 2);
        var queryHeads = input.matmul(query.narrow(1, 0, 4).reshape(8, 8).t()).view(1, 5, 2, 4).transpose(1, 2);
        var scores = queryHeads.matmul(keyHeads.transpose(2, 3)) / Math.Sqrt(6);
        scores = scores.masked_fill(ones(5, 5, dtype: ScalarType.Bool).triu(1), double.NegativeInfinity);
        var expected = scores.softmax(-1).matmul(keyHeads).transpose(1, 2).reshape(1, 5, 8).matmul(weights["o_proj.weight"].t());
        AssertClose(expected, actual);
    }

    [Fact]
    public void A_cache_of_eight_heads_of_64_is_smaller_by_the_published_share()
    {
        using var scope = NewDisposeScope();
        var heads = Config with { ModelType = "llama", HiddenSize = 512, NumAttentionHeads = 8, QLoraRank = null, KvLoraRank = null, QkNopeHeadDim = null, QkRopeHeadDim = null, VHeadDim = null };
        var latent = heads with { KvLoraRank = 256, QkNopeHeadDim = 64, QkRopeHeadDim = 64, VHeadDim = 64 };
        Assert.Equal(2L * 2 * 8 * 64 * sizeof(float), BytesPerToken(heads));
        Assert.Equal(2L * (256 + 64) * sizeof(float), BytesPerToken(latent));
        Assert.Equal(0.6875, 1 - (double)BytesPerToken(latent) / BytesPerToken(heads), 12);

        static long BytesPerToken(DecoderConfig config)
        {
            using var model = new Decoder(config);
            using var cache = model.NewCache();
            model.Run(new() { Ids = tensor(new long[,] { { 1, 2, 3, 4 } }), Cache = cache });
            return cache.Bytes / 4;
        }
    }

    [Fact]
    public void Parameters_carry_the_published_names()
    {
        using var model = new Decoder(Config);
        var names = model.named_parameters().Select(parameter => parameter.name).Where(name => name.Contains("layers.1.self_attn", StringComparison.Ordinal)).ToArray();
        string[] expected = ["q_a_proj", "q_a_layernorm", "q_b_proj", "kv_a_proj_with_mqa", "kv_a_layernorm", "kv_b_proj", "o_proj"];
        Assert.Equal(expected.Select(name => $"model.layers.1.self_attn.{name}.weight").Order(), names.Order());
    }

    [Fact]
    public void A_cache_that_holds_latents_does_not_take_keys_and_values()
    {
        using var scope = NewDisposeScope();
        using var cache = new LayerCache();
        cache.Append(ones(1, 1, 2, 3), null);
        Assert.Equal(2 * 3 * sizeof(float), cache.Bytes);
        Assert.Throws<ArgumentException>(() => cache.Append(ones(1, 1, 1, 3), ones(1, 1, 1, 3)));
        Assert.Throws<InvalidOperationException>(() => cache.Values);
    }

    private static Decoder Model(DecoderConfig config, AttentionForm form)
    {
        var model = new Decoder(config, seed: 3);
        model.to(ScalarType.Float64);
        foreach (var layer in model.Layers)
            ((MultiHeadLatentAttention)layer.Attention).Form = form;
        return model;
    }

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        var distance = (expected - actual).abs().max().item<double>();
        Assert.True(distance < 1e-12, $"The largest difference is {distance}.");
    }
}
