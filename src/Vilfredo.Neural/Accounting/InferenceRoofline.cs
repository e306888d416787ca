using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Accounting;

/// <summary>What memory a decoder takes in use, and how long its passes take at least on a device: the longer of reading weights and cache and of computing.</summary>
/// <remarks>
/// After the cost analysis of ParScale (Chen et al., 2025): parallel streams multiply the operations of the layers and the cache, which holds their prefixes too, but weights are read once
/// for all of them, and the head works once. Activations and the time between operations are left out; all experts' weights are read.
/// </remarks>
public sealed class InferenceRoofline
{
    private readonly DecoderConfig _config;
    private readonly DecoderCosts _costs;
    private readonly RooflineHardware _hardware;
    private readonly int _bytes;

    /// <summary>For decoders of a configuration on a device.</summary>
    /// <param name="config">The configuration; checked.</param>
    /// <param name="hardware">The device.</param>
    /// <param name="bytesPerNumber">Of weights and cache: 2 for 16-bit numbers, 4 for 32-bit ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate or share of the device is out of its range.</exception>
    public InferenceRoofline(DecoderConfig config, RooflineHardware hardware, int bytesPerNumber = 2)
    {
        ArgumentNullException.ThrowIfNull(hardware);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerNumber, 1);
        hardware.Validate();
        (_config, _costs, _hardware, _bytes) = (config, new(config), hardware, bytesPerNumber);
    }

    /// <summary>Bytes of the weights, prefixes and aggregator included.</summary>
    public long WeightBytes => _costs.WeightBytes(_bytes);

    /// <summary>Bytes of the keys and values of all streams, their prefixes' included.</summary>
    /// <param name="tokens">Held per sequence; at least 0.</param>
    /// <param name="batch">Sequences; at least 1.</param>
    public long CacheBytes(long tokens, long batch = 1) => _costs.CacheBytes(tokens + (_config.Streams?.PrefixLength ?? 0), batch, _bytes);

    /// <summary>Bytes of weights and cache.</summary>
    /// <inheritdoc cref="CacheBytes"/>
    public long MemoryBytes(long tokens, long batch = 1) => WeightBytes + CacheBytes(tokens, batch);

    /// <summary>The seconds of writing one token after others.</summary>
    /// <param name="past">Tokens in the cache; at least 0.</param>
    /// <param name="batch">Sequences; at least 1.</param>
    public double DecodeSeconds(long past, long batch = 1) => PassSeconds(1, past, batch);

    /// <summary>The seconds of reading a prompt, with logits of its last token.</summary>
    /// <param name="tokens">At least 1.</param>
    /// <param name="batch">Sequences; at least 1.</param>
    public double PrefillSeconds(long tokens, long batch = 1) => PassSeconds(tokens, 0, batch);

    /// <summary>The seconds of continuing prompts: reading them, which gives the first token, and writing the others.</summary>
    /// <param name="promptTokens">At least 1.</param>
    /// <param name="newTokens">At least 1.</param>
    /// <param name="batch">Sequences; at least 1.</param>
    public double GenerationSeconds(long promptTokens, long newTokens, long batch = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(newTokens, 1);
        var seconds = PrefillSeconds(promptTokens, batch);
        for (var token = 0L; token < newTokens - 1; token++)
            seconds += DecodeSeconds(promptTokens + token, batch);
        return seconds;
    }

    private double PassSeconds(long tokens, long past, long batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var work = _costs.Forward(tokens, past, logits: 1);
        var layers = (double)(_costs.Parameters.TotalWithoutVocabulary - _costs.Parameters.FurtherPrediction) * _bytes;
        var head = (double)_config.VocabSize * _config.HiddenSize * _bytes;
        return _hardware.Seconds((double)batch * work.FlopsWithoutVocabulary, layers + CacheBytes(past + tokens, batch)) + _hardware.Seconds((double)batch * work.HeadFlops, head);
    }
}
