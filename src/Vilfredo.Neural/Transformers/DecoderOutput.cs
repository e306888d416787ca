using TorchSharp;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Recursion;

namespace Vilfredo.Neural.Transformers;

/// <summary>What a decoder makes of its input.</summary>
/// <param name="Logits">Scores of the next token, [B, T, V], or [B, 1, V] when only the last were asked for.</param>
/// <param name="Hidden">The residual stream after the last normalisation, [B, T, d].</param>
public sealed record DecoderOutput(torch.Tensor Logits, torch.Tensor Hidden) : IDisposable
{
    /// <summary>Where the mixtures of experts sent the B x T tokens, from the first such layer on; empty unless <see cref="DecoderInput.KeepsRoutings"/>.</summary>
    public IReadOnlyList<Routing> Routings { get; init; } = [];

    /// <summary>How a mixture of recursions sent them through its block; null unless <see cref="DecoderInput.KeepsRoutings"/>, or where there is none.</summary>
    public DepthRouting? Depths { get; init; }

    /// <summary>Scores of tokens further ahead, [B, T - k, V] for the k-th module, from 1: at place i those of the token k + 1 places on. Empty unless <see cref="DecoderInput.PredictsFurther"/>.</summary>
    public IReadOnlyList<torch.Tensor> FurtherLogits { get; init; } = [];

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var logits in FurtherLogits)
            logits.Dispose();
        Depths?.Dispose();
        Logits.Dispose();
        Hidden.Dispose();
        foreach (var routing in Routings)
            routing.Dispose();
    }
}
