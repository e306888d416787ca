using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Tests.Transformers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Accounting;

public class DecoderCostsTests
{
    private static readonly DecoderConfig LingMini = new()
    {
        UseQkNorm = true,
        VocabSize = 157_184,
        HiddenSize = 2048,
        IntermediateSize = 5120,
        NumHiddenLayers = 20,
        NumAttentionHeads = 16,
        NumKeyValueHeads = 4,
        HeadDim = 128,
        NRoutedExperts = 256,
        NumExpertsPerTok = 8,
        MoeIntermediateSize = 512,
        NSharedExperts = 1,
        FirstKDenseReplace = 1,
    };

    private static readonly DecoderConfig DeepSeekV3 = new()
    {
        ModelType = "deepseek_v3",
        VocabSize = 129_280,
        HiddenSize = 7168,
        IntermediateSize = 18_432,
        NumHiddenLayers = 61,
        NumAttentionHeads = 128,
        QLoraRank = 1536,
        KvLoraRank = 512,
        QkNopeHeadDim = 128,
        QkRopeHeadDim = 64,
        VHeadDim = 128,
        NRoutedExperts = 256,
        NumExpertsPerTok = 8,
        MoeIntermediateSize = 2048,
        NSharedExperts = 1,
        NGroup = 8,
        TopkGroup = 4,
        FirstKDenseReplace = 3,
    };

    [Theory]
    [MemberData(nameof(DecoderFamilies.Names), MemberType = typeof(DecoderFamilies))]
    public void Parameters_are_those_of_the_live_model(string family)
    {
        using var model = new Decoder(DecoderFamilies.Config(family));
        var counted = new DecoderCosts(model.Config).Parameters;
        Assert.Equal(model.parameters().Sum(parameter => parameter.numel()), counted.Total);
        Assert.Equal(model.Layers.Sum(layer => layer.Attention.parameters().Sum(parameter => parameter.numel())), counted.Attention);
        Assert.Equal(model.Layers.Sum(layer => layer.FeedForward.parameters().Sum(parameter => parameter.numel())), counted.FeedForward);
        var idle = model.Layers.Select(layer => layer.FeedForward).OfType<MixtureOfExperts>()
            .Sum(mixture => mixture.Experts.Skip(mixture.Shape.PerToken).Sum(expert => expert.parameters().Sum(parameter => parameter.numel())));
        Assert.Equal(counted.Total - idle, counted.Active);
        Assert.Equal(counted.Total * 2, new DecoderCosts(model.Config).WeightBytes(2));
    }

    [Theory]
    [MemberData(nameof(DecoderFamilies.Names), MemberType = typeof(DecoderFamilies))]
    public void Operations_are_those_that_a_plain_computation_executes(string family)
    {
        using var model = new Decoder(DecoderFamilies.Config(family));
        var reference = new ReferenceDecoder(model.Config, model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.data<float>().Select(value => (double)value).ToArray()));
        reference.Logits([3, 0, 18, 7, 7, 1, 12]);
        Assert.Equal(2 * reference.MultiplyAdds, new DecoderCosts(model.Config).Forward(7).TotalFlops);
    }

    [Theory]
    [MemberData(nameof(DecoderFamilies.Names), MemberType = typeof(DecoderFamilies))]
    public void Cache_bytes_are_those_that_are_held(string family)
    {
        using var scope = NewDisposeScope();
        using var model = new Decoder(DecoderFamilies.Config(family));
        using var cache = model.NewCache();
        model.Run(new() { Ids = ones(2, 5, dtype: ScalarType.Int64), Cache = cache });
        Assert.Equal(cache.Bytes, new DecoderCosts(model.Config).CacheBytes(tokens: 5, batch: 2));
    }

    [Theory]
    [MemberData(nameof(DecoderFamilies.Names), MemberType = typeof(DecoderFamilies))]
    public void Reading_in_pieces_takes_the_operations_of_reading_at_once_except_for_what_latents_are_expanded_again(string family)
    {
        var config = DecoderFamilies.Config(family);
        var costs = new DecoderCosts(config);
        var pieces = new[] { costs.Forward(4), costs.Forward(1, past: 4), costs.Forward(3, past: 5) };
        var whole = costs.Forward(8);
        Assert.Equal(whole.TotalFlops - whole.AttentionFlops, pieces.Sum(piece => piece.TotalFlops - piece.AttentionFlops));
        if (config.Latent is null)
            Assert.Equal(whole.AttentionFlops, pieces.Sum(piece => piece.AttentionFlops));
        else
            Assert.True(whole.AttentionFlops < pieces.Sum(piece => piece.AttentionFlops));
    }

    [Fact]
    public void Ling_mini_has_its_published_parameters()
    {
        var count = new DecoderCosts(LingMini).Parameters;
        Assert.Equal((16_255_638_528, 1_432_968_192, 789_142_528), (count.Total, count.Active, count.ActiveWithoutVocabulary));
    }

    [Fact]
    public void DeepSeek_V3_has_its_published_parameters_and_cache()
    {
        // "671B total parameters with 37B activated for each token" (DeepSeek-V3 technical report, arXiv 2412.19437, abstract); (512 + 64) numbers of two bytes in 61 layers.
        var costs = new DecoderCosts(DeepSeekV3);
        Assert.Equal((671.0, 37), (Math.Round(costs.Parameters.Total / 1e9), Math.Floor(costs.Parameters.Active / 1e9)));
        Assert.Equal(70_272, costs.CacheBytes(tokens: 1, bytesPerNumber: 2));
    }

    [Fact]
    public void The_pilots_of_the_leverage_study_have_their_published_parameters()
    {
        var dense = new DecoderConfig { HiddenSize = 4096, IntermediateSize = 14_336, NumHiddenLayers = 28, NumAttentionHeads = 32, NumKeyValueHeads = 8 };
        var sparse = LingMini with { UseQkNorm = false, NRoutedExperts = 384, NumExpertsPerTok = 12, MoeIntermediateSize = 384 };
        Assert.Equal(6.107, new DecoderCosts(dense).Parameters.TotalWithoutVocabulary / 1e9, 3);
        Assert.Equal(17.514, new DecoderCosts(sparse).Parameters.TotalWithoutVocabulary / 1e9, 3);
    }

    [Theory]
    [InlineData(1, 535_813_376)]
    [InlineData(2, 538_195_842)]
    [InlineData(4, 540_577_412)]
    [InlineData(8, 545_340_552)]
    public void Streams_of_ParScale_have_their_published_parameters(int streams, long parameters)
    {
        var config = new DecoderConfig { ModelType = "qwen2_parscale", ParscaleN = streams, HiddenSize = 896, IntermediateSize = 4864, NumHiddenLayers = 36, NumAttentionHeads = 16, NumKeyValueHeads = 2 };
        Assert.Equal(parameters, new DecoderCosts(config).Parameters.TotalWithoutVocabulary);
    }

    [Fact]
    public void Absorbed_decoding_attends_at_the_size_of_the_latents()
    {
        // One token after 999: scores of r + dr = 576 and sums of r = 512 numbers over 1000 tokens, and the matrix of r (dh + dv) once, in 128 heads and 61 layers.
        var attention = new DecoderCosts(DeepSeekV3).Forward(1, past: 999).AttentionFlops;
        Assert.Equal(2L * 61 * 128 * (1000 * (576 + 512) + 512 * 256), attention);
        Assert.Equal(AttentionForm.Absorbed, DeepSeekV3.Latent!.Resolve(AttentionForm.Cheapest, cached: true, 1, 1000));
        Assert.Equal(AttentionForm.Expanded, DeepSeekV3.Latent.Resolve(AttentionForm.Cheapest, cached: true, 1000, 1000));
        Assert.Equal(AttentionForm.Expanded, DeepSeekV3.Latent.Resolve(AttentionForm.Cheapest, cached: false, 1, 1));
    }

    [Fact]
    public void Training_costs_three_forward_passes_and_generation_a_prompt_and_its_tokens()
    {
        var costs = new DecoderCosts(DecoderFamilies.Llama);
        Assert.Equal(3.0 * costs.Forward(16).TotalFlops * 10, costs.Training(160, 16).Flops!.Value, 1e-3);
        Assert.Equal(costs.Forward(5, logits: 1).TotalFlops + costs.Forward(1, 5).TotalFlops + costs.Forward(1, 6).TotalFlops, costs.Generation(5, 3).Flops);
        Assert.Equal(costs.Parameters.Total, costs.Generation(5, 3).Parameters);
        Assert.Throws<ArgumentOutOfRangeException>(() => costs.Forward(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => costs.Forward(2, logits: 3));
    }

    [Fact]
    public void A_sliding_window_bounds_the_pairs_of_tokens()
    {
        var config = DecoderFamilies.Llama with { SlidingWindow = 3, NumHiddenLayers = 1 };
        long Pairs(long tokens, long past) => new DecoderCosts(config).Forward(tokens, past).AttentionFlops / (2 * 2 * config.NumAttentionHeads * config.HeadSize);
        for (var tokens = 1; tokens < 8; tokens++)
        {
            for (var past = 0; past < 8; past++)
                Assert.Equal(Enumerable.Range(past + 1, tokens).Sum(seen => Math.Min(seen, 3)), Pairs(tokens, past));
        }
    }
}
