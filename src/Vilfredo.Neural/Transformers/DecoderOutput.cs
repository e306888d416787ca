using TorchSharp;

namespace Vilfredo.Neural.Transformers;

/// <summary>What a decoder makes of its input.</summary>
/// <param name="Logits">Scores of the next token, [B, T, V], or [B, 1, V] when only the last were asked for.</param>
/// <param name="Hidden">The residual stream after the last normalisation, [B, T, d].</param>
public sealed record DecoderOutput(torch.Tensor Logits, torch.Tensor Hidden) : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
        Logits.Dispose();
        Hidden.Dispose();
    }
}
