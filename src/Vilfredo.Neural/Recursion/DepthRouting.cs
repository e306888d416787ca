using TorchSharp;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Recursion;

/// <summary>Which tokens took which recursions in one pass, with the losses that routers are trained by.</summary>
/// <param name="Depths">The number of recursions of each token, int64 [B, T]; 0 for padding.</param>
/// <param name="Recursions">How many there are, R.</param>
public sealed record DepthRouting(Tensor Depths, int Recursions) : IDisposable
{
    /// <summary>How each recursion picked its tokens; empty where tokens pick their number of recursions. Recursions that no token reached are missing.</summary>
    public IReadOnlyList<DepthStep> Steps { get; init; } = [];

    /// <summary>How the tokens that are not padding picked their number of recursions (less 1); null where recursions pick their tokens.</summary>
    public Routing? Choices { get; init; }

    /// <summary>The binary cross-entropy between the logits that decide in use and who was picked, the mean over candidates, summed over recursions: it teaches routers that see no future. A scalar.</summary>
    /// <remarks>Source: Bae et al., Mixture-of-Recursions, 2025, section 2.2.1; its weight there is 0.001.</remarks>
    public Tensor SamplingLoss()
    {
        using var scope = NewDisposeScope();
        var sum = zeros([], dtype: Precision(), device: Depths.device);
        foreach (var step in Steps)
        {
            var logits = step.AuxiliaryLogits ?? step.Logits;
            var candidates = step.Candidates.to(logits.dtype);
            var entropy = nn.functional.binary_cross_entropy_with_logits(logits, step.Chosen.to(logits.dtype), candidates, nn.Reduction.Sum);
            sum = sum.Plus(entropy / candidates.sum());
        }

        return sum.MoveToOuterDisposeScope();
    }

    /// <summary>R sum_i f_i P_i, with f_i the share of tokens that picked i recursions and P_i the mean of its probability: 1 when both are even. A scalar, 0 where recursions pick their tokens.</summary>
    /// <remarks>Source: Bae et al., Mixture-of-Recursions, 2025, section 2.2.1; its weight there is 0.1.</remarks>
    public Tensor BalanceLoss() => Choices?.LoadBalanceLoss() ?? zeros([], dtype: Precision(), device: Depths.device);

    /// <summary>The mean over tokens of the squared logarithm of the sum of exponentials of their logits, summed over routers. A scalar.</summary>
    public Tensor ZLoss()
    {
        if (Choices is { } choices)
            return choices.ZLoss();
        using var scope = NewDisposeScope();
        var sum = zeros([], dtype: Precision(), device: Depths.device);
        foreach (var step in Steps)
        {
            // With one logit the logarithm of the sum of exponentials is the logit.
            var candidates = step.Candidates.to(step.Logits.dtype);
            sum = sum.Plus(step.Logits.Squared().mul(candidates).sum() / candidates.sum());
        }

        return sum.MoveToOuterDisposeScope();
    }

    /// <summary>The routing in numbers.</summary>
    public DepthStatistics Statistics()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using Scalar last = Recursions, zero = 0; // held: see ScalarOperations
        var tokens = Depths.gt(zero).to(ScalarType.Float64).sum().item<double>();
        return new()
        {
            MeanDepth = Depths.to(ScalarType.Float64).sum().item<double>() / Math.Max(1, tokens),
            SamplingAccuracies = [.. Steps.Select(Accuracy)],
            DeadTokenRatio = 1 - Depths.eq(last).any(0).to(ScalarType.Float64).mean().item<double>(),
            MaximalViolation = Choices?.MaximalViolation(),
            Entropy = Choices is { } choices ? choices.Probabilities.to(ScalarType.Float64).xlogy(choices.Probabilities.to(ScalarType.Float64)).sum([-1]).mean().item<double>() * -1 : null,
        };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Depths.Dispose();
        Choices?.Dispose();
        foreach (var step in Steps)
            step.Dispose();
    }

    internal DepthRouting MoveToOuterDisposeScope()
    {
        Depths.MoveToOuterDisposeScope();
        Choices?.MoveToOuterDisposeScope();
        foreach (var step in Steps)
        {
            step.Logits.MoveToOuterDisposeScope();
            step.Candidates.MoveToOuterDisposeScope();
            step.Chosen.MoveToOuterDisposeScope();
            step.AuxiliaryLogits?.MoveToOuterDisposeScope();
        }

        return this;
    }

    private static double Accuracy(DepthStep step)
    {
        using var scope = NewDisposeScope();
        using Scalar zero = 0;
        var agrees = (step.AuxiliaryLogits ?? step.Logits).ge(zero).eq(step.Chosen).logical_and(step.Candidates);
        return agrees.to(ScalarType.Float64).sum().item<double>() / step.Candidates.to(ScalarType.Float64).sum().item<double>();
    }

    private ScalarType Precision() => Steps.Count > 0 ? Steps[0].Logits.dtype : ScalarType.Float32;
}
