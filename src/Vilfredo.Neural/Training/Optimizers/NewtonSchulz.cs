using TorchSharp;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>The approximate polar factor of a matrix by a quintic iteration: singular vectors stay, singular values are driven towards 1 (Jordan et al., Muon, 2024).</summary>
/// <remarks>
/// X = U / (|U|_F + 1e-7), then X = a X + (b A + c A A) X with A = X X^T, on the side where A is the smaller Gram matrix.
/// On singular values this is s -> a s + b s^3 + c s^5. With <see cref="MuonCoefficients"/> it does not converge to 1: after five steps values that
/// began in [0.01, 1] lie in [0.68, 1.14]; with <see cref="ConvergentCoefficients"/> and enough steps it converges to the polar factor.
/// </remarks>
public static class NewtonSchulz
{
    /// <summary>Coefficients with the steepest slope at zero, 3.4445, that keep values near 1: five steps are enough for a step direction.</summary>
    public static (double A, double B, double C) MuonCoefficients => (3.4445, -4.7750, 2.0315);

    /// <summary>Coefficients (2, -1.5, 0.5) whose fixed point is 1.</summary>
    public static (double A, double B, double C) ConvergentCoefficients => (2, -1.5, 0.5);

    /// <summary>Orthogonalises a matrix, or each matrix of a batch.</summary>
    /// <param name="matrices">Floating-point numbers, [..., m, n]; they stay as they are. A zero matrix gives zero.</param>
    /// <param name="steps">How often to iterate. Not negative.</param>
    /// <param name="coefficients">a, b, c; null means <see cref="MuonCoefficients"/>.</param>
    /// <returns>A new tensor of the same shape. 2 steps (2 m^2 n + m^3) multiply-adds per matrix with m the smaller side.</returns>
    /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
    public static Tensor Orthogonalize(Tensor matrices, int steps = 5, (double A, double B, double C)? coefficients = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (matrices.dim() < 2)
            throw new ArgumentException($"The tensor has the shape [{string.Join(", ", matrices.shape)}]; only matrices, [..., m, n], can be orthogonalised.", nameof(matrices));
        var (a, b, c) = coefficients ?? MuonCoefficients;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var tall = matrices.size(-2) > matrices.size(-1);
        var input = tall ? matrices.transpose(-2, -1) : matrices;
        var x = input / (linalg.norm(input, dims: [-2, -1], keepdim: true) + 1e-7);
        for (var i = 0; i < steps; i++)
        {
            var gram = x.matmul(x.transpose(-2, -1));
            var polynomial = gram.matmul(gram).ScaleBy(c).AddScaled(gram, b);
            x = polynomial.matmul(x).AddScaled(x, a);
        }

        return (tall ? x.transpose(-2, -1) : x).MoveToOuterDisposeScope();
    }
}
