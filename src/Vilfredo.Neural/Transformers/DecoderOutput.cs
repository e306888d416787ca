using TorchSharp;
using Vilfredo.Neural.Experts;

namespace Vilfredo.Neural.Transformers;

/// <summary>What a decoder makes of its input.</summary>
/// <param name="Logits">Scores of the next token, [B, T, V], or [B, 1, V] when only the last were asked for.</param>
/// <param name="Hidden">The residual stream after the last normalisation, [B, T, d].</param>
public sealed record DecoderOutput(torch.Tensor Logits, torch.Tensor Hidden) : IDisposable
{
    /// <summary>Where the mixtures of experts sent the B x T tokens, from the first such layer on; empty unless <see cref="DecoderInput.KeepsRoutings"/>.</summary>
    public IReadOnlyList<Routing> Routings { get; init; } = [];

    /// <inheritdoc />
    public void Dispose()
    {
        Logits.Dispose();
        Hidden.Dispose();
        foreach (var routing in Routings)
            routing.Dispose();
    }
}
