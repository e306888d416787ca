using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>The orthogonal factor U V^T of a matrix U S V^T, by singular value decomposition: what <see cref="NewtonSchulz"/> approximates.</summary>
/// <remarks>Among all D with a spectral norm of at most 1 it is the one with the largest inner product with the matrix, which is the sum of its singular values.</remarks>
public static class PolarFactor
{
    /// <summary>Computes the factor of a matrix, or of each matrix of a batch.</summary>
    /// <param name="matrices">Floating-point numbers, [..., m, n]; they stay as they are.</param>
    /// <returns>A new tensor of the same shape. Singular values below the rounding error of the largest count as zero and stay zero, so that the factor is unique and a zero matrix gives zero.</returns>
    /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
    public static Tensor Of(Tensor matrices)
    {
        ArgumentNullException.ThrowIfNull(matrices);
        if (matrices.dim() < 2)
            throw new ArgumentException($"The tensor has the shape [{string.Join(", ", matrices.shape)}]; only matrices, [..., m, n], have a polar factor.", nameof(matrices));
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (u, values, v) = linalg.svd(matrices, fullMatrices: false);
        using Scalar rounding = Math.Max(matrices.size(-2), matrices.size(-1)) * (matrices.dtype == ScalarType.Float64 ? Math.BitIncrement(1.0) - 1 : MathF.BitIncrement(1f) - 1); // held: see ScalarOperations
        var kept = values.gt(values.amax([-1], keepdim: true).mul(rounding)).to(matrices.dtype);
        return (u * kept.unsqueeze(-2)).matmul(v).MoveToOuterDisposeScope();
    }
}
