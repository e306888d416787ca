using Vilfredo.Neural.Hourglass;
using Vilfredo.Neural.Recursion.Configuration;
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

    public static TheoryData<string> Names => ["llama", "mistral", "qwen2", "qwen3", "partial rotation", "layer types", "deepseek_v3", "latent", "qwen2_moe", "qwen3_moe", "deepseek_v3 with experts", "softmax groups", "hourglass", "hourglass with fixed lift", "parallel streams", "windowed streams", "cycle", "sequence", "middle cycle with shared keys", "middle sequence with shared latents", "recursive streams"];

    public static TheoryData<string> Routed => ["expert choice", "expert choice of a cycle", "expert choice with shared keys", "expert choice with shared latents", "auxiliary router", "open capacities", "tanh", "token choice", "token choice with bias", "token choice with shared keys", "token choice by sigmoids", "separate blocks"];

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
        "cycle" => Llama with { NumHiddenLayers = 4, Recursion = new() { Recursions = 2, Sharing = LayerSharing.Cycle }, SlidingWindow = 3, LayerTypes = ["sliding_attention", "full_attention", "full_attention", "sliding_attention"] },
        "sequence" => Llama with { NumHiddenLayers = 4, Recursion = new() { Recursions = 2, Sharing = LayerSharing.Sequence }, Hourglass = new() { LatentSize = 20, BottleneckSizes = [5] } },
        "middle cycle with shared keys" => Llama with { NumHiddenLayers = 6, Recursion = new() { Recursions = 2, Sharing = LayerSharing.MiddleCycle, KeyValues = KeyValueSharing.Shared }, TieWordEmbeddings = true },
        "middle sequence with shared latents" => Config("latent") with { NumHiddenLayers = 5, Recursion = new() { Recursions = 3, Sharing = LayerSharing.MiddleSequence, KeyValues = KeyValueSharing.Shared } },
        "recursive streams" => Config("parallel streams") with { NumHiddenLayers = 4, Recursion = new() { Recursions = 2 } },
        "expert choice" => Mixture(new() { Alpha = 0.8 }),
        "expert choice of a cycle" => Mixture(new() { Alpha = 1, Router = RouterForm.WideMlp, Temperature = 2 }, layers: 6, LayerSharing.Cycle),
        "expert choice with shared keys" => Mixture(new() { Update = RoutedUpdate.Additive }, keyValues: KeyValueSharing.Shared),
        "expert choice with shared latents" => Mixture(new() { Alpha = 1 }, keyValues: KeyValueSharing.Shared) with { KvLoraRank = 8, QkNopeHeadDim = 4, QkRopeHeadDim = 2, VHeadDim = 8 },
        "auxiliary router" => Mixture(new() { Alpha = 1, AuxiliaryRouter = true, Router = RouterForm.Mlp }),
        "open capacities" => Mixture(new() { Alpha = 1, Gate = GateFunction.None, Capacities = [0.8, 0.8, 0.4] }, keyValues: KeyValueSharing.Shared),
        "tanh" => Mixture(new() { Alpha = 1, Gate = GateFunction.Tanh }),
        "token choice" => Mixture(new() { Choice = RoutingChoice.Token }),
        "token choice with bias" => Mixture(new() { Choice = RoutingChoice.Token, BalancesByBias = true, WeighsEveryRecursion = true, Router = RouterForm.Mlp }),
        "token choice with shared keys" => Mixture(new() { Choice = RoutingChoice.Token, Update = RoutedUpdate.Replacement }, layers: 6, LayerSharing.Cycle, KeyValueSharing.Shared),
        "token choice by sigmoids" => Mixture(new() { Choice = RoutingChoice.Token, Gate = GateFunction.Sigmoid, Alpha = 1 }),
        "separate blocks" => Mixture(new() { Alpha = 0.7 }, sharing: LayerSharing.Separate),
        "llama" => Llama,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "No such family."),
    };

    private static DecoderConfig Mixture(DepthRoutingConfig routing, int layers = 8, LayerSharing sharing = LayerSharing.MiddleCycle, KeyValueSharing keyValues = KeyValueSharing.RecursionWise) =>
        Llama with { NumHiddenLayers = layers, Recursion = new() { Recursions = 3, Sharing = sharing, KeyValues = keyValues, Routing = routing } };
}
