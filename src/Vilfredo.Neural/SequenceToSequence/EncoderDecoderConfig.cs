using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.SequenceToSequence;

/// <summary>The shape of an <see cref="EncoderDecoder"/>; the fields bear T5's names in Hugging Face's spelling.</summary>
/// <remarks>Source: Raffel et al., Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer, 2020, section 2.1.</remarks>
public sealed record EncoderDecoderConfig
{
    /// <summary>The number of token ids, V.</summary>
    public required int VocabSize { get; init; }

    /// <summary>The width of the residual stream, d.</summary>
    public required int DModel { get; init; }

    /// <summary>The width of one head, h.</summary>
    public required int DKv { get; init; }

    /// <summary>Heads of every attention, H; their widths together need not be d.</summary>
    public required int NumHeads { get; init; }

    /// <summary>The inner width of the feed-forward layers, f.</summary>
    public required int DFf { get; init; }

    /// <summary>Blocks of the encoder.</summary>
    public required int NumLayers { get; init; }

    /// <summary>Blocks of the decoder.</summary>
    public required int NumDecoderLayers { get; init; }

    /// <summary>How many kinds of distances have a bias of their own; even.</summary>
    public int RelativeAttentionNumBuckets { get; init; } = 32;

    /// <summary>From this distance on all are one kind.</summary>
    public int RelativeAttentionMaxDistance { get; init; } = 128;

    /// <summary>Added to the mean square in normalisations.</summary>
    public double LayerNormEpsilon { get; init; } = 1e-6;

    /// <summary>Multiplies the deviations of all fresh weights; above 0.</summary>
    public double InitializerFactor { get; init; } = 1;

    /// <summary>The id that the decoder reads first.</summary>
    public int DecoderStartTokenId { get; init; }

    /// <summary>The id that ends a target.</summary>
    public int EosTokenId { get; init; } = 1;

    /// <summary>All parameters, the shared embedding once: those of the live module.</summary>
    public long Parameters =>
        (long)VocabSize * DModel + NumLayers * (AttentionWeights + FeedForwardWeights + 2L * DModel) + NumDecoderLayers * (2 * AttentionWeights + FeedForwardWeights + 3L * DModel)
        + 2L * DModel + (Math.Sign(NumLayers) + Math.Sign(NumDecoderLayers)) * (long)RelativeAttentionNumBuckets * NumHeads;

    private long AttentionWeights => 4L * DModel * DKv * NumHeads;

    private long FeedForwardWeights => 2L * DModel * DFf;

    /// <summary>The operations of the matrix products of one pair's forward pass: two for each multiplication with its addition, over the pairs of tokens that see each other.</summary>
    /// <param name="source">Tokens of the source, at least 1.</param>
    /// <param name="target">Tokens of the target, at least 0; logits are computed for all.</param>
    public long ForwardFlops(long source, long target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(source, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(target);
        var pair = 2L * DKv * NumHeads; // scores, and the sum that they weigh
        var encoder = NumLayers * (source * (AttentionWeights + FeedForwardWeights) + source * source * pair);
        var self = target * AttentionWeights + target * (target + 1) / 2 * pair;
        var cross = (target + source) * AttentionWeights / 2 + target * source * pair;
        return 2 * (encoder + (target == 0 ? 0 : NumDecoderLayers * (self + cross + target * FeedForwardWeights) + target * VocabSize * DModel));
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="InvalidConfigException">A size is below 1, or an id is outside the vocabulary.</exception>
    public void Validate()
    {
        foreach (var (name, value, least) in (ReadOnlySpan<(string, int, int)>)
        [
            ("vocab_size", VocabSize, 1), ("d_model", DModel, 1), ("d_kv", DKv, 1), ("num_heads", NumHeads, 1), ("d_ff", DFf, 1), ("num_layers", NumLayers, 1),
            ("num_decoder_layers", NumDecoderLayers, 1), ("relative_attention_num_buckets", RelativeAttentionNumBuckets, 4),
            ("relative_attention_max_distance", RelativeAttentionMaxDistance, RelativeAttentionNumBuckets / 2 + 1),
        ])
        {
            if (value < least)
                throw new InvalidConfigException($"{name} is {value}; it must be at least {least}.");
        }

        if (RelativeAttentionNumBuckets % 2 != 0)
            throw new InvalidConfigException($"relative_attention_num_buckets is {RelativeAttentionNumBuckets}; it must be even, as half of it is for each direction.");
        if (!(LayerNormEpsilon > 0 && InitializerFactor > 0 && double.IsFinite(InitializerFactor)))
            throw new InvalidConfigException($"layer_norm_epsilon is {LayerNormEpsilon} and initializer_factor {InitializerFactor}; both must be above 0.");
        if (DecoderStartTokenId < 0 || DecoderStartTokenId >= VocabSize || EosTokenId < 0 || EosTokenId >= VocabSize)
            throw new InvalidConfigException($"decoder_start_token_id is {DecoderStartTokenId} and eos_token_id {EosTokenId}; both must be ids below {VocabSize}.");
    }
}
