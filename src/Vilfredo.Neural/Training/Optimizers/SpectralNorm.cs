using TorchSharp;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>Norms of matrices by their singular values.</summary>
public static class SpectralNorm
{
    /// <summary>The largest singular value of a matrix, or of each matrix of a batch, by power iteration on the smaller Gram matrix from a fixed start.</summary>
    /// <remarks>Each iteration takes m n + m^2 multiply-adds at most; the estimate rises towards the norm and is never above it but for rounding. Its relative error falls as (s2 / s1)^(4 i) over i iterations.</remarks>
    /// <param name="matrices">Floating-point numbers, [..., m, n].</param>
    /// <param name="iterations">How often to iterate; at least 1.</param>
    /// <returns>The norms, [...].</returns>
    /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
    public static Tensor Largest(Tensor matrices, int iterations = 50)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        RequireMatrices(matrices);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var wide = matrices.size(-2) > matrices.size(-1) ? matrices.transpose(-2, -1) : matrices;
        // A start without symmetry, so that no singular vector of ordinary matrices is orthogonal to it.
        var random = new RandomGenerator(1);
        var vector = tensor([.. Enumerable.Range(0, (int)wide.size(-2)).Select(_ => random.NextNormal())]).to(matrices.dtype).to(matrices.device).unsqueeze(-1)
            .expand([.. wide.shape[..^2], wide.size(-2), 1]);
        for (var i = 0; i < iterations; i++)
        {
            vector = wide.matmul(wide.transpose(-2, -1).matmul(vector));
            vector = vector / linalg.norm(vector, dims: [-2, -1], keepdim: true).PlusNumber(1e-30);
        }

        return linalg.norm(wide.transpose(-2, -1).matmul(vector), dims: [-2, -1]).MoveToOuterDisposeScope();
    }

    /// <summary>The sum of the singular values of a matrix, or of each matrix of a batch: the dual of the spectral norm.</summary>
    /// <param name="matrices">Floating-point numbers, [..., m, n].</param>
    /// <returns>The norms, [...].</returns>
    /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
    public static Tensor Nuclear(Tensor matrices)
    {
        RequireMatrices(matrices);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return linalg.svdvals(matrices).sum([-1]).MoveToOuterDisposeScope();
    }

    private static void RequireMatrices(Tensor matrices)
    {
        if (matrices.dim() < 2)
            throw new ArgumentException($"The tensor has the shape [{string.Join(", ", matrices.shape)}]; only matrices, [..., m, n], have a spectral norm.", nameof(matrices));
    }
}
