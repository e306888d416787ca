namespace Vilfredo.Measurement.IdealizedRuntime.Comparison;

/// <summary>
/// What is known of a decoder-only transformer without running it, and the cheap stand-ins for its runtime that follow from it. They
/// rank models less well than a profile: of two models with as many parameters the deeper one is slower per token.
/// </summary>
/// <param name="HiddenSize">h, at least 1.</param>
/// <param name="Layers">L, at least 1.</param>
/// <param name="VocabularySize">V, at least 0; 0 leaves the vocabulary out.</param>
public sealed record DecoderShape(int HiddenSize, int Layers, int VocabularySize = 0)
{
    /// <summary>h, at least 1.</summary>
    public int HiddenSize { get; } = HiddenSize >= 1 ? HiddenSize : throw new ArgumentOutOfRangeException(nameof(HiddenSize), HiddenSize, "A hidden size is at least 1.");

    /// <summary>L, at least 1.</summary>
    public int Layers { get; } = Layers >= 1 ? Layers : throw new ArgumentOutOfRangeException(nameof(Layers), Layers, "A decoder has at least one layer.");

    /// <summary>V, at least 0.</summary>
    public int VocabularySize { get; } = VocabularySize >= 0 ? VocabularySize : throw new ArgumentOutOfRangeException(nameof(VocabularySize), VocabularySize, "A vocabulary has at least 0 entries.");

    /// <summary>About 12 h² L + V h: attention (4 h²) and feed-forward (8 h²) matrices and one embedding.</summary>
    public double Parameters => 12.0 * HiddenSize * HiddenSize * Layers + (double)VocabularySize * HiddenSize;

    /// <summary>The FLOPs of a request as HELM counts them: 24 h² L (p + o − 1), without attention scores and vocabulary.</summary>
    /// <param name="promptTokens">At least 0.</param>
    /// <param name="outputTokens">At least 0; none counts as one.</param>
    public double HelmFlops(int promptTokens, int outputTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(promptTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(outputTokens);
        return 24.0 * HiddenSize * HiddenSize * Layers * (promptTokens + Math.Max(1, outputTokens) - 1);
    }

    /// <summary>
    /// A fuller count: attention scores and their products with the values over the growing context, 4 h L per pair of tokens, and the
    /// vocabulary projection, 2 h V per emitted token. Without the causal mask's saving.
    /// </summary>
    /// <inheritdoc cref="HelmFlops"/>
    public double FullFlops(int promptTokens, int outputTokens)
    {
        var further = Math.Max(1, outputTokens) - 1;
        double pairs = (double)promptTokens * promptTokens;
        for (var t = 1; t <= further; t++) pairs += promptTokens + t;
        return HelmFlops(promptTokens, outputTokens) + 4.0 * HiddenSize * Layers * pairs + 2.0 * HiddenSize * VocabularySize * (further + 1);
    }

    /// <summary>The seconds that the FLOPs take at a machine's peak.</summary>
    /// <param name="promptTokens">At least 0.</param>
    /// <param name="outputTokens">At least 0.</param>
    /// <param name="flopsPerSecond">Of all accelerators together, above 0.</param>
    public double ComputeRoofline(int promptTokens, int outputTokens, double flopsPerSecond) =>
        FullFlops(promptTokens, outputTokens) / Rate(flopsPerSecond, nameof(flopsPerSecond));

    /// <summary>The seconds per further token if only the weights had to be read: a lower bound of β.</summary>
    /// <param name="bytesPerParameter">2 for fp16, above 0.</param>
    /// <param name="bytesPerSecond">Memory bandwidth of all accelerators together, above 0.</param>
    public double BandwidthRoofline(double bytesPerParameter, double bytesPerSecond) =>
        Parameters * Rate(bytesPerParameter, nameof(bytesPerParameter)) / Rate(bytesPerSecond, nameof(bytesPerSecond));

    private static double Rate(double value, string name) =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "The rate is finite and above 0.");
}
