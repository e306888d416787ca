using System.Text.Json;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Hourglass;
using Vilfredo.Neural.Recursion.Configuration;

namespace Vilfredo.Neural.Transformers;

/// <summary>What a decoder's configuration must fulfil to be built.</summary>
internal static class DecoderConfigRules
{
    public static void Check(DecoderConfig config)
    {
        Require(DecoderConfig.SupportedModelTypes.Contains(config.ModelType), "model_type", $"\"{config.ModelType}\"", $"one of {string.Join(", ", DecoderConfig.SupportedModelTypes)}");
        AtLeastOne(config.VocabSize, "vocab_size");
        AtLeastOne(config.HiddenSize, "hidden_size");
        AtLeastOne(config.IntermediateSize, "intermediate_size");
        Require(config.NumHiddenLayers >= 0, "num_hidden_layers", config.NumHiddenLayers, "0 or more");
        AtLeastOne(config.NumAttentionHeads, "num_attention_heads");
        if (config.Latent is { } latent)
            CheckLatentAttention(config, latent);
        else
            CheckGroupedQueryAttention(config);
        Require(config.RmsNormEps > 0 && double.IsFinite(config.RmsNormEps), "rms_norm_eps", config.RmsNormEps, "a positive number");
        Require(config.RopeTheta > 0 && double.IsFinite(config.RopeTheta), "rope_theta", config.RopeTheta, "a positive number");
        Require(config.InitializerRange >= 0 && double.IsFinite(config.InitializerRange), "initializer_range", config.InitializerRange, "0 or a positive number");
        Require(config.HiddenAct == "silu", "hidden_act", $"\"{config.HiddenAct}\"", "\"silu\"; no other activation is built");
        Require(config.SlidingWindow is null or > 0, "sliding_window", config.SlidingWindow ?? 0, "at least 1, or null");
        Require(config.LayerTypes is null || config.LayerTypes.Count == config.NumHiddenLayers, "layer_types", $"{config.LayerTypes?.Count} entries", $"one entry per layer, {config.NumHiddenLayers}");
        Require(config.LayerTypes is null || config.LayerTypes.All(type => type is "sliding_attention" or "full_attention"), "layer_types", string.Join(", ", config.LayerTypes ?? []), "sliding_attention or full_attention");
        Require(config.RopeScaling is null || IsDefaultRope(config.RopeScaling.Value), "rope_scaling", config.RopeScaling?.ToString() ?? "", "absent or of type \"default\"; stretched rotary encodings are not built");
        CheckExperts(config);
        CheckHourglass(config);
        CheckStreams(config);
        CheckRecursion(config);
        Require(config.NumNextnPredictLayers is null or >= 0, "num_nextn_predict_layers", config.NumNextnPredictLayers ?? 0, "0 or more");
        Require(config.NumNextnPredictLayers is null or 0 || (config.Streams is null && config.NumHiddenLayers > 0), "num_nextn_predict_layers", config.NumNextnPredictLayers ?? 0, "0 or absent with parallel streams, and without a layer");
        Require(config.MtpLossScalingFactor is null || (config.MtpLossScalingFactor >= 0 && double.IsFinite(config.MtpLossScalingFactor.Value)), "mtp_loss_scaling_factor", config.MtpLossScalingFactor ?? 0, "0 or a positive number");
        Require(config.Other?.ContainsKey("num_local_experts") != true, "num_local_experts", "given", "absent: this kind of layer is not built");
    }

    private static void CheckGroupedQueryAttention(DecoderConfig config)
    {
        AtLeastOne(config.KeyValueHeads, "num_key_value_heads");
        Require(config.NumAttentionHeads % config.KeyValueHeads == 0, "num_key_value_heads", config.KeyValueHeads, $"a divisor of num_attention_heads, {config.NumAttentionHeads}");
        Require(config.HeadDim is not null || config.HiddenSize % config.NumAttentionHeads == 0, "num_attention_heads", config.NumAttentionHeads, $"a divisor of hidden_size, {config.HiddenSize}, when there is no head_dim");
        AtLeastOne(config.HeadSize, "head_dim");
        Require(config.PartialRotaryFactor is > 0 and <= 1, "partial_rotary_factor", config.PartialRotaryFactor, "above 0 and at most 1");
        Require(config.RotaryDimensions > 0 && config.RotaryDimensions % 2 == 0, "head_dim", config.HeadSize, "such that head_dim x partial_rotary_factor is even and at least 2, since dimensions rotate in pairs");
        Require(config.ModelType != "deepseek_v3", "kv_lora_rank", "absent", "given for deepseek_v3, the size of the latent of keys and values");
        foreach (var (field, size) in (ReadOnlySpan<(string, int?)>)[("q_lora_rank", config.QLoraRank), ("qk_nope_head_dim", config.QkNopeHeadDim), ("qk_rope_head_dim", config.QkRopeHeadDim), ("v_head_dim", config.VHeadDim)])
            Require(size is null, field, size ?? 0, "absent without kv_lora_rank, which makes the attention a latent one");
    }

    private static void CheckLatentAttention(DecoderConfig config, LatentShape latent)
    {
        AtLeastOne(latent.Rank, "kv_lora_rank");
        AtLeastOne(latent.QueryRank ?? 1, "q_lora_rank");
        AtLeastOne(latent.ContentSize, "qk_nope_head_dim");
        Require(latent.RotarySize >= 2 && latent.RotarySize % 2 == 0, "qk_rope_head_dim", latent.RotarySize, "even and at least 2, since dimensions rotate in pairs");
        AtLeastOne(latent.ValueSize, "v_head_dim");
        Require(!config.NormalizesQueriesAndKeys, "use_qk_norm", "true", "false in latent attention, which normalises its latents");
        Require(config.AttentionBias || !config.HasInputBias, "model_type", $"\"{config.ModelType}\"", "one without biases in the query projection when kv_lora_rank is given");
    }

    private static void CheckExperts(DecoderConfig config)
    {
        Require(config.NumExperts is null || config.NRoutedExperts is null, "n_routed_experts", config.NRoutedExperts ?? 0, "absent when num_experts is given, which is the same in another family's name");
        if (config.Experts is not { } experts)
        {
            Require(!config.ModelType.EndsWith("_moe", StringComparison.Ordinal), "num_experts", "absent", $"given for {config.ModelType}");
            return;
        }

        AtLeastOne(experts.Routed, config.NumExperts is null ? "n_routed_experts" : "num_experts");
        AtLeastOne(experts.Width, "moe_intermediate_size");
        Require(config.NSharedExperts is null or >= 0, "n_shared_experts", config.NSharedExperts ?? 0, "0 or more");
        AtLeastOne(config.SharedExpertIntermediateSize ?? 1, "shared_expert_intermediate_size");
        Require(config.NSharedExperts is null or 0 || config.SharedExpertIntermediateSize is null, "shared_expert_intermediate_size", config.SharedExpertIntermediateSize ?? 0, "absent when n_shared_experts is given");
        Require(config.ScoringFunc is null or "softmax" or "sigmoid", "scoring_func", $"\"{config.ScoringFunc}\"", "softmax or sigmoid");
        Require(experts.Groups >= 1 && experts.Routed % experts.Groups == 0, "n_group", experts.Groups, $"a divisor of the number of experts, {experts.Routed}");
        Require(experts.GroupsKept >= 1 && experts.GroupsKept <= experts.Groups, "topk_group", experts.GroupsKept, $"from 1 to n_group, {experts.Groups}");
        var eligible = experts.Routed / experts.Groups * experts.GroupsKept;
        Require(experts.PerToken >= 1 && experts.PerToken <= eligible, "num_experts_per_tok", experts.PerToken, $"from 1 to {eligible}, the number of experts that a token may choose from");
        Require(double.IsFinite(experts.Scale) && experts.Scale > 0, "routed_scaling_factor", experts.Scale, "a positive number");
        Require(config.FirstKDenseReplace is null or >= 0, "first_k_dense_replace", config.FirstKDenseReplace ?? 0, "0 or more");
        AtLeastOne(config.DecoderSparseStep ?? 1, "decoder_sparse_step");
        Require(config.MlpOnlyLayers is null || config.MlpOnlyLayers.All(layer => layer >= 0 && layer < config.NumHiddenLayers), "mlp_only_layers", string.Join(", ", config.MlpOnlyLayers ?? []), $"layers from 0 to {config.NumHiddenLayers - 1}");
    }

    private static void CheckHourglass(DecoderConfig config)
    {
        if (config.Hourglass is not { } hourglass)
            return;
        Require(config.Experts is null, "hourglass", "given", "absent when there are experts");
        AtLeastOne(hourglass.LatentSize, "hourglass.latent_size");
        Require(hourglass.BottleneckSizes is { Count: > 0 } widths && widths.All(width => width >= 1), "hourglass.bottleneck_sizes", string.Join(", ", hourglass.BottleneckSizes ?? []), "one or more widths of at least 1; without any the layer would be linear");
        Require(hourglass.Lift != LiftKind.Identity || hourglass.LatentSize == config.HiddenSize, "hourglass.latent_size", hourglass.LatentSize, $"hidden_size, {config.HiddenSize}, when the lift is the identity");
    }

    private static void CheckStreams(DecoderConfig config)
    {
        AtLeastOne(config.ParscaleN ?? 1, "parscale_n");
        if (config.Streams is not { } streams)
            return;
        Require(config.Latent is null, "parscale_n", streams.Count, "1 or absent with kv_lora_rank: prefixes of latents are not built");
        AtLeastOne(streams.PrefixLength, "parscale_n_tokens");
        Require(streams.Smoothing is >= 0 and <= 1, "parscale_attn_smooth", streams.Smoothing, "from 0 to 1");
    }

    private static void CheckRecursion(DecoderConfig config)
    {
        if (config.Recursion is not { } recursion)
            return;
        AtLeastOne(recursion.Recursions, "recursion.recursions");
        var own = recursion.Sharing is LayerSharing.MiddleCycle or LayerSharing.MiddleSequence or LayerSharing.Separate ? 2 : 0;
        var shared = config.NumHiddenLayers - own;
        Require(shared >= recursion.Recursions && shared % recursion.Recursions == 0, "recursion.recursions", recursion.Recursions, $"a divisor of the {shared} layers that are shared, num_hidden_layers{(own > 0 ? " less the first and the last" : "")}");
        Require(config.Experts is null, "recursion", "given", "absent when there are experts: what routes a token by layer and by recursion is not built");
        Require(recursion.Sharing != LayerSharing.Separate || recursion.KeyValues != KeyValueSharing.Shared, "recursion.key_values", recursion.KeyValues, "recursion-wise when layers are separate: the first block's keys mean nothing to the others");
        if (recursion.Routing is not { } routing)
            return;
        Require(recursion.Sharing is LayerSharing.Cycle or LayerSharing.MiddleCycle or LayerSharing.Separate, "recursion.sharing", recursion.Sharing, "a cycle, or separate, when recursions are routed: a sequence has no block that is passed as a whole");
        Require(config.Streams is null, "recursion.routing", "given", "absent with parallel streams");
        Require(config.SlidingWindow is null || config.UseSlidingWindow == false, "recursion.routing", "given", "absent with a sliding window");
        Require(routing.Alpha > 0 && double.IsFinite(routing.Alpha), "recursion.routing.alpha", routing.Alpha, "a positive number");
        Require(routing.Temperature > 0 && double.IsFinite(routing.Temperature), "recursion.routing.temperature", routing.Temperature, "a positive number");
        CheckChoice(routing, recursion.Recursions);
    }

    private static void CheckChoice(DepthRoutingConfig routing, int recursions)
    {
        if (routing.Choice == RoutingChoice.Token)
        {
            Require(routing.GateInForce is GateFunction.Softmax or GateFunction.Sigmoid, "recursion.routing.gate", routing.GateInForce, "softmax or sigmoid when tokens choose");
            Require(routing.Capacities is null, "recursion.routing.capacities", "given", "absent when tokens choose");
            Require(!routing.AuxiliaryRouter, "recursion.routing.auxiliary_router", "true", "false when tokens choose, who see no future");
            return;
        }

        Require(routing.GateInForce != GateFunction.Softmax, "recursion.routing.gate", routing.GateInForce, "sigmoid, tanh or none when recursions choose");
        Require(!routing.BalancesByBias && !routing.WeighsEveryRecursion, routing.BalancesByBias ? "recursion.routing.balances_by_bias" : "recursion.routing.weighs_every_recursion", "true", "false when recursions choose");
        var capacities = routing.Capacities ?? [];
        Require(routing.Capacities is null || capacities.Count == recursions, "recursion.routing.capacities", $"{capacities.Count} numbers", $"one per recursion, {recursions}");
        Require(capacities.All(share => share is > 0 and <= 1) && capacities.Zip(capacities.Skip(1), (share, next) => next <= share).All(falls => falls), "recursion.routing.capacities", string.Join(", ", capacities), "shares above 0 and at most 1, none above the one before");
    }

    private static bool IsDefaultRope(JsonElement scaling) =>
        scaling.ValueKind == JsonValueKind.Null
        || (scaling.ValueKind == JsonValueKind.Object
            && (scaling.TryGetProperty("rope_type", out var type) || scaling.TryGetProperty("type", out type))
            && type.ValueKind == JsonValueKind.String && type.GetString() == "default");

    private static void AtLeastOne(int value, string field) => Require(value >= 1, field, value, "at least 1");

    private static void Require(bool condition, string field, object given, string allowed)
    {
        if (!condition)
            throw new InvalidConfigException(FormattableString.Invariant($"{field} is {given}; it must be {allowed}."));
    }
}
