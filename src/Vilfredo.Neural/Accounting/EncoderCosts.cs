using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Accounting;

/// <summary>What an <see cref="Encoder"/> costs, counted from its configuration alone.</summary>
public sealed class EncoderCosts
{
    private readonly DecoderConfig _config;
    private readonly DecoderCosts _trunk;

    /// <summary>For encoders of a configuration.</summary>
    /// <exception cref="InvalidConfigException">The configuration cannot be built.</exception>
    public EncoderCosts(DecoderConfig config)
    {
        _trunk = new(config) { Bidirectional = true };
        _config = config;
    }

    /// <summary>All parameters: a decoder's, and the head's matrix, normalisation and bias.</summary>
    public long Parameters => _trunk.Parameters.Total + (long)_config.HiddenSize * (_config.HiddenSize + 1) + _config.VocabSize;

    /// <summary>The operations of the matrix products of one sequence's forward pass.</summary>
    /// <param name="tokens">How many tokens are read; at least 1.</param>
    /// <param name="scored">For how many of them logits are computed; null means for all.</param>
    public long ForwardFlops(long tokens, long? scored = null) =>
        _trunk.Forward(tokens, logits: scored).TotalFlops + 2 * (scored ?? tokens) * _config.HiddenSize * _config.HiddenSize;
}
