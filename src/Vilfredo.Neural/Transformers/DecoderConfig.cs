using System.Text.Json;
using System.Text.Json.Serialization;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Hourglass;
using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Streams;

namespace Vilfredo.Neural.Transformers;

/// <summary>The shape of a decoder-only transformer, in the names of a Hugging Face <c>config.json</c> (its snake_case keys are these properties).</summary>
/// <remarks>Keys that are not known here are kept in <see cref="Other"/> and written back.</remarks>
public sealed record DecoderConfig
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    /// <summary>The model types that can be built.</summary>
    public static IReadOnlyList<string> SupportedModelTypes { get; } = ["llama", "mistral", "qwen2", "qwen2_moe", "qwen2_parscale", "qwen3", "qwen3_moe", "deepseek_v3"];

    /// <summary>The family, one of <see cref="SupportedModelTypes"/>. It decides what a file of that family leaves unsaid: biases of the projections (qwen2, qwen2_moe), normalised queries and keys (qwen3, qwen3_moe), neighbouring dimensions that rotate together and sigmoid scores of experts (deepseek_v3).</summary>
    public string ModelType { get; init; } = "llama";

    /// <summary>The number of token ids, V.</summary>
    public int VocabSize { get; init; } = 256;

    /// <summary>The width of the residual stream, d.</summary>
    public int HiddenSize { get; init; } = 128;

    /// <summary>The inner width of the feed-forward layers.</summary>
    public int IntermediateSize { get; init; } = 344;

    /// <summary>The number of layers that a token passes through at most, L; with <see cref="Recursion"/> fewer have weights of their own.</summary>
    public int NumHiddenLayers { get; init; } = 4;

    /// <summary>The number of query heads, H.</summary>
    public int NumAttentionHeads { get; init; } = 4;

    /// <summary>The number of key and value heads; null means as many as query heads. It divides <see cref="NumAttentionHeads"/>.</summary>
    public int? NumKeyValueHeads { get; init; }

    /// <summary>The size of a head; null means <see cref="HiddenSize"/> / <see cref="NumAttentionHeads"/>.</summary>
    public int? HeadDim { get; init; }

    /// <summary>Added to the mean square in every normalisation. Llama uses 1e-5, Qwen 1e-6.</summary>
    public double RmsNormEps { get; init; } = 1e-5;

    /// <summary>The base of the rotary angles.</summary>
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>A stretched rotary encoding; refused when it is anything but the default, which is all that is built so far.</summary>
    public JsonElement? RopeScaling { get; init; }

    /// <summary>The share of a head's dimensions that rotate, in (0, 1].</summary>
    public double PartialRotaryFactor { get; init; } = 1;

    /// <summary>Whether the projections of the attention have biases (for qwen2 the query, key and value projections always have).</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the output head is the embedding matrix.</summary>
    public bool TieWordEmbeddings { get; init; }

    /// <summary>The activation of the feed-forward layers; "silu" is what is built.</summary>
    public string HiddenAct { get; init; } = "silu";

    /// <summary>The longest sequence the model was made for; longer ones are not refused.</summary>
    public int MaxPositionEmbeddings { get; init; } = 2048;

    /// <summary>The standard deviation of the weights at the start.</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>Whether queries and keys are normalised per head before they rotate; always so for qwen3.</summary>
    public bool UseQkNorm { get; init; }

    /// <summary>How many tokens back a query sees, itself included; null means all.</summary>
    public int? SlidingWindow { get; init; }

    /// <summary>Whether <see cref="SlidingWindow"/> is in force; Qwen's files name a window that they do not use.</summary>
    public bool? UseSlidingWindow { get; init; }

    /// <summary>Per layer "sliding_attention" or "full_attention"; null means that the window holds in every layer.</summary>
    public IReadOnlyList<string>? LayerTypes { get; init; }

    /// <summary>The size of the latent that stands for a token's keys and values; given, the attention is <see cref="MultiHeadLatentAttention"/> and the following four are given too (but the query's, which may be null).</summary>
    public int? KvLoraRank { get; init; }

    /// <summary>The size of the latent of the queries; null means that they come straight from the input.</summary>
    public int? QLoraRank { get; init; }

    /// <summary>The part of a head of latent attention that does not rotate.</summary>
    public int? QkNopeHeadDim { get; init; }

    /// <summary>The part of a head of latent attention that rotates; even.</summary>
    public int? QkRopeHeadDim { get; init; }

    /// <summary>The size of a head's value in latent attention.</summary>
    public int? VHeadDim { get; init; }

    /// <summary>Whether neighbouring dimensions rotate together in latent attention, as in DeepSeek's weights, and not those half a head apart; null means for deepseek_v3.</summary>
    public bool? RopeInterleave { get; init; }

    /// <summary>The number of experts in Qwen's name; given, the feed-forward layers are <see cref="MixtureOfExperts"/>. Give either this or <see cref="NRoutedExperts"/>.</summary>
    public int? NumExperts { get; init; }

    /// <summary>The number of experts in DeepSeek's name.</summary>
    public int? NRoutedExperts { get; init; }

    /// <summary>How many experts a token is sent to.</summary>
    public int? NumExpertsPerTok { get; init; }

    /// <summary>The inner width of an expert.</summary>
    public int? MoeIntermediateSize { get; init; }

    /// <summary>How many experts every token passes through, in DeepSeek's name; they are one of that many times the width. Null means none.</summary>
    public int? NSharedExperts { get; init; }

    /// <summary>The inner width of the expert that every token passes through and weighs by a sigmoid, in Qwen2-MoE's name; null means none.</summary>
    public int? SharedExpertIntermediateSize { get; init; }

    /// <summary>"softmax" or "sigmoid"; null means sigmoid for deepseek_v3 and softmax for others.</summary>
    public string? ScoringFunc { get; init; }

    /// <summary>Whether the weights of a token's experts are made to sum to 1; null means so for deepseek_v3 alone.</summary>
    public bool? NormTopkProb { get; init; }

    /// <summary>A factor on the weights of the routed experts; null means 1.</summary>
    public double? RoutedScalingFactor { get; init; }

    /// <summary>Into how many groups the experts are split; null means 1.</summary>
    public int? NGroup { get; init; }

    /// <summary>From how many groups a token's experts may come; null means all.</summary>
    public int? TopkGroup { get; init; }

    /// <summary>How many layers from the first on have no experts; null means 0.</summary>
    public int? FirstKDenseReplace { get; init; }

    /// <summary>Layers without experts, from 0; null means none.</summary>
    public IReadOnlyList<int>? MlpOnlyLayers { get; init; }

    /// <summary>Every how many layers there are experts, counted from 1; null means 1.</summary>
    public int? DecoderSparseStep { get; init; }

    /// <summary>The number of parallel streams; null or 1 means an ordinary decoder.</summary>
    public int? ParscaleN { get; init; }

    /// <summary>The keys and values of a stream's prefix in each layer; null means 48.</summary>
    public int? ParscaleNTokens { get; init; }

    /// <summary>The share of the weights of streams that is spread evenly; null means 0.01.</summary>
    public double? ParscaleAttnSmooth { get; init; }

    /// <summary>How many modules predict tokens further ahead than the next, one after the other; they help in training and are not used in writing. Null means none.</summary>
    public int? NumNextnPredictLayers { get; init; }

    /// <summary>The weight of their mean loss in training; null means 0.1, which is Ling's; DeepSeek-V3 began with 0.3.</summary>
    public double? MtpLossScalingFactor { get; init; }

    /// <summary>Given, the feed-forward layers are residual networks of narrow blocks in a wider space.</summary>
    public HourglassConfig? Hourglass { get; init; }

    /// <summary>Given, layers are passed several times.</summary>
    public RecursionConfig? Recursion { get; init; }

    /// <summary>Everything else in the file, written back as it was.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; init; }

    /// <summary>The number of key and value heads.</summary>
    [JsonIgnore]
    public int KeyValueHeads => NumKeyValueHeads ?? NumAttentionHeads;

    /// <summary>The size of a head.</summary>
    [JsonIgnore]
    public int HeadSize => HeadDim ?? HiddenSize / Math.Max(1, NumAttentionHeads);

    /// <summary>How many dimensions of a head rotate; even.</summary>
    [JsonIgnore]
    public int RotaryDimensions => Latent?.RotarySize ?? (int)(HeadSize * PartialRotaryFactor);

    /// <summary>The sizes of the latent attention; null without <see cref="KvLoraRank"/>.</summary>
    [JsonIgnore]
    public LatentShape? Latent => KvLoraRank is { } rank
        ? new(NumAttentionHeads, rank, QLoraRank, QkNopeHeadDim ?? 0, QkRopeHeadDim ?? 0, VHeadDim ?? 0)
        : null;

    /// <summary>Whether neighbouring dimensions rotate together in latent attention.</summary>
    [JsonIgnore]
    public bool InterleavesRotary => RopeInterleave ?? ModelType == "deepseek_v3";

    /// <summary>Whether the projections to queries, keys and values have biases.</summary>
    [JsonIgnore]
    public bool HasInputBias => AttentionBias || ModelType is "qwen2" or "qwen2_moe" or "qwen2_parscale";

    /// <summary>Whether the output projection of the attention has a bias.</summary>
    [JsonIgnore]
    public bool HasOutputBias => AttentionBias && ModelType is not ("qwen2" or "qwen2_moe" or "qwen2_parscale");

    /// <summary>Whether queries and keys are normalised per head.</summary>
    [JsonIgnore]
    public bool NormalizesQueriesAndKeys => UseQkNorm || ModelType is "qwen3" or "qwen3_moe";

    /// <summary>The experts of the layers that have any; null without <see cref="NumExperts"/> or <see cref="NRoutedExperts"/>.</summary>
    [JsonIgnore]
    public ExpertShape? Experts => (NumExperts ?? NRoutedExperts) is { } routed
        ? new()
        {
            Routed = routed,
            PerToken = NumExpertsPerTok ?? 0,
            Width = MoeIntermediateSize ?? 0,
            SharedWidth = SharedExpertIntermediateSize ?? (NSharedExperts ?? 0) * (MoeIntermediateSize ?? 0),
            SharedIsGated = SharedExpertIntermediateSize is not null,
            Scoring = (ScoringFunc ?? (ModelType == "deepseek_v3" ? "sigmoid" : "softmax")) == "sigmoid" ? ScoringFunction.Sigmoid : ScoringFunction.Softmax,
            Groups = NGroup ?? 1,
            GroupsKept = TopkGroup ?? NGroup ?? 1,
            NormalizesWeights = NormTopkProb ?? ModelType == "deepseek_v3",
            Scale = RoutedScalingFactor ?? 1,
        }
        : null;

    /// <summary>The parallel streams; null for an ordinary decoder.</summary>
    [JsonIgnore]
    public StreamShape? Streams => ParscaleN is { } count and not 1 ? new(count, ParscaleNTokens ?? 48, ParscaleAttnSmooth ?? 0.01) : null;

    /// <summary>The experts of <paramref name="layer"/>; null where its feed-forward part is a single one.</summary>
    public ExpertShape? ExpertsOf(int layer) =>
        layer < (FirstKDenseReplace ?? 0) || MlpOnlyLayers?.Contains(layer) == true || (layer + 1) % (DecoderSparseStep ?? 1) != 0 ? null : Experts;

    /// <summary>How many tokens back the queries of <paramref name="layer"/> see, themselves included; null means all.</summary>
    public int? WindowOf(int layer) =>
        UseSlidingWindow == false || LayerTypes?[layer] == "full_attention" ? null : SlidingWindow;

    /// <summary>Reads a <c>config.json</c>.</summary>
    /// <exception cref="InvalidConfigException">The text is not JSON of this form, names something that is not built, or contradicts itself.</exception>
    public static DecoderConfig Parse(string json)
    {
        try
        {
            var config = JsonSerializer.Deserialize<DecoderConfig>(json, Format) ?? throw new InvalidConfigException("The configuration is null; it must be a JSON object.");
            config.Validate();
            return config;
        }
        catch (JsonException error)
        {
            throw new InvalidConfigException($"The configuration cannot be read at {error.Path ?? "$"}: {error.Message}", error);
        }
    }

    /// <summary>The <c>config.json</c> of this configuration.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>Refuses a configuration that contradicts itself or needs something that is not built.</summary>
    /// <exception cref="InvalidConfigException">The message names the field, what it is and what it may be.</exception>
    public void Validate() => DecoderConfigRules.Check(this);
}
