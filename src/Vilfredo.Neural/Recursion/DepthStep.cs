using static TorchSharp.torch;

namespace Vilfredo.Neural.Recursion;

/// <summary>How a recursion picked its tokens among those that took the one before. Rows are filled up to the longest.</summary>
/// <param name="Logits">The router's scores, [B, K].</param>
/// <param name="Candidates">Which of the places are tokens, bool [B, K].</param>
/// <param name="Chosen">Which were picked, bool [B, K].</param>
/// <param name="AuxiliaryLogits">The scores of the router that decides in use, [B, K]; null where it is the same.</param>
public sealed record DepthStep(Tensor Logits, Tensor Candidates, Tensor Chosen, Tensor? AuxiliaryLogits) : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
        Logits.Dispose();
        Candidates.Dispose();
        Chosen.Dispose();
        AuxiliaryLogits?.Dispose();
    }
}
