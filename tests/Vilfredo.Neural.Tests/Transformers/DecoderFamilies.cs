using Vilfredo.Neural.Hourglass;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Tests.Transformers;

/// <summary>A small configuration of everything that a decoder can be made of.</summary>
public static class DecoderFamilies
{
    internal static readonly DecoderConfig Llama = new()
    {
        VocabSize = 19,
        HiddenSize = 16,
        IntermediateSize = 24,
        NumHiddenLayers = 2,
        NumAttentionHeads = 4,
        NumKeyValueHeads = 2,
        InitializerRange = 0.4,
    };

    public static TheoryData<string> Names => ["llama", "mistral", "qwen2", "qwen3", "partial rotation", "layer types", "deepseek_v3", "latent", "qwen2_moe", "qwen3_moe", "deepseek_v3 with experts", "softmax groups", "hourglass", "hourglass with fixed lift", "parallel streams", "windowed streams"];

    internal static DecoderConfig Config(string family) => family switch
    {
        "mistral" => Llama with { ModelType = "mistral", SlidingWindow = 3 },
        "qwen2" => Llama with { ModelType = "qwen2", TieWordEmbeddings = true, RmsNormEps = 1e-6 },
        "qwen3" => Llama with { ModelType = "qwen3", HeadDim = 6, RopeTheta = 1e6 },
        "partial rotation" => Llama with { HeadDim = 8, PartialRotaryFactor = 0.5, AttentionBias = true },
        "layer types" => Llama with { SlidingWindow = 2, LayerTypes = ["sliding_attention", "full_attention"] },
        "deepseek_v3" => Llama with { ModelType = "deepseek_v3", QLoraRank = 10, KvLoraRank = 12, QkNopeHeadDim = 6, QkRopeHeadDim = 4, VHeadDim = 5, AttentionBias = true },
        "deepseek_v3 with experts" => Llama with
        {
            ModelType = "deepseek_v3",
            KvLoraRank = 12,
            QkNopeHeadDim = 6,
            QkRopeHeadDim = 4,
            VHeadDim = 5,
            NRoutedExperts = 8,
            NumExpertsPerTok = 3,
            MoeIntermediateSize = 7,
            NSharedExperts = 2,
            NGroup = 4,
            TopkGroup = 2,
            RoutedScalingFactor = 2.5,
            FirstKDenseReplace = 1,
        },
        "qwen2_moe" => Llama with { ModelType = "qwen2_moe", NumExperts = 5, NumExpertsPerTok = 2, MoeIntermediateSize = 7, SharedExpertIntermediateSize = 6 },
        "qwen3_moe" => Llama with { ModelType = "qwen3_moe", NumExperts = 5, NumExpertsPerTok = 2, MoeIntermediateSize = 7, NormTopkProb = true },
        "latent" => Llama with { KvLoraRank = 8, QkNopeHeadDim = 4, QkRopeHeadDim = 2, VHeadDim = 8, SlidingWindow = 4 },
        "softmax groups" => Llama with { NumHiddenLayers = 3, NumExperts = 6, NumExpertsPerTok = 2, MoeIntermediateSize = 7, NGroup = 3, TopkGroup = 2, DecoderSparseStep = 2, TieWordEmbeddings = true },
        "hourglass" => Llama with { Hourglass = new() { LatentSize = 20, BottleneckSizes = [5, 4] } },
        "hourglass with fixed lift" => Llama with { Hourglass = new() { LatentSize = 24, BottleneckSizes = [6], Lift = LiftKind.FixedOrthogonal, LiftSeed = 5 } },
        "parallel streams" => Llama with { ModelType = "qwen2_parscale", ParscaleN = 3, ParscaleNTokens = 4, ParscaleAttnSmooth = 0.1 },
        "windowed streams" => Llama with { ParscaleN = 2, ParscaleNTokens = 1, SlidingWindow = 3, TieWordEmbeddings = true },
        "llama" => Llama,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "No such family."),
    };
}
