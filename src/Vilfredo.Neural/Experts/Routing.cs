using TorchSharp;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Experts;

/// <summary>Where a router sent the N tokens of a pass.</summary>
/// <param name="Chosen">The experts of each token, int64 [N, k], in no particular order.</param>
/// <param name="Weights">The factors of their outputs, [N, k].</param>
/// <param name="Probabilities">The scores of all experts, divided by their sum per token, [N, E].</param>
/// <param name="Logits">The scores before softmax or sigmoid, [N, E].</param>
public sealed record Routing(Tensor Chosen, Tensor Weights, Tensor Probabilities, Tensor Logits) : IDisposable
{
    /// <summary>How many tokens each expert got, int64 [E].</summary>
    public Tensor Counts()
    {
        using var scope = NewDisposeScope();
        return Chosen.reshape(-1).bincount(null, checked((int)Logits.size(1))).MoveToOuterDisposeScope();
    }

    /// <summary>How far the busiest expert is above the mean: 0 when all are equally busy, E / k - 1 at worst.</summary>
    /// <remarks>The "maximal violation" of Wang et al., Auxiliary-Loss-Free Load Balancing Strategy, 2024, section 4.</remarks>
    public double MaximalViolation()
    {
        using var counts = Counts();
        var numbers = counts.data<long>().ToArray();
        return numbers.Max() / numbers.Average() - 1;
    }

    /// <summary>The load-balancing loss E sum_e f_e P_e, with f_e the share of all choices that fell on expert e and P_e its mean probability: 1 when both are even, up to E. A scalar.</summary>
    /// <remarks>Source: Fedus et al., Switch Transformers, 2021, equation 4, for k = 1. Here the shares sum to 1 for every k; Hugging Face's loss, where they sum to k, is k times this one. Padding counts like any token.</remarks>
    public Tensor LoadBalanceLoss()
    {
        using var scope = NewDisposeScope();
        var shares = Counts().to(Probabilities.dtype).div_(Chosen.numel());
        return Probabilities.mean([0]).mul(shares).sum().Scaled(Logits.size(1)).MoveToOuterDisposeScope();
    }

    /// <summary>The mean over tokens of the squared logarithm of the sum of exponentials of their logits, which keeps logits small. A scalar.</summary>
    /// <remarks>Source: Zoph et al., ST-MoE, 2022, equation 5.</remarks>
    public Tensor ZLoss()
    {
        using var scope = NewDisposeScope();
        return Logits.logsumexp(-1).Squared().mean().MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Chosen.Dispose();
        Weights.Dispose();
        Probabilities.Dispose();
        Logits.Dispose();
    }

    internal Routing MoveToOuterDisposeScope()
    {
        foreach (var tensor in (ReadOnlySpan<Tensor>)[Chosen, Weights, Probabilities, Logits])
            tensor.MoveToOuterDisposeScope();
        return this;
    }
}
