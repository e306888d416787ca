using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Gradients;

/// <summary>The point of least Euclidean norm in the convex hull of m vectors, by the vectors or by their inner products.</summary>
/// <remarks>
/// P. Wolfe, Finding the nearest point in a polytope, Mathematical Programming 11 (1976): an active set method, finite in exact
/// arithmetic. The nearest point of the active vectors' affine hull comes from Householder reflections of their differences, so
/// that equal, nearly equal and linearly dependent vectors do no harm. For v the point and every vector g: v.g is at least |v|^2,
/// up to about 1e-14 |v| |g|. By inner products alone small norms are lost in rounding: there the bound is 1e-14 |g|^2, that is,
/// norms below about 1e-7 |g| cannot be told from 0.
/// </remarks>
public static class MinimumNormPoint
{
    /// <summary>Finds the weights of the point by the inner products of the vectors.</summary>
    /// <param name="gram">The inner products, m x m, row-major, finite.</param>
    /// <param name="weights">m values; overwritten with weights of at least 0 that sum to 1.</param>
    /// <returns>The squared norm of the point; 0 where rounding makes it negative.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static double Solve(ReadOnlySpan<double> gram, Span<double> weights)
    {
        CheckGram(gram, weights.Length);
        if (weights.Length == 2)
        {
            weights[0] = OfFirst(gram[0], gram[1], gram[3]);
            weights[1] = 1 - weights[0];
        }
        else
        {
            // The rows of the pivoted Cholesky factor have the same inner products as the vectors.
            var rows = PivotedCholesky.Rows(gram, weights.Length);
            var columns = rows.Length / weights.Length;
            new ActiveSet(rows, columns, weights).Run(new double[columns]);
        }

        return Math.Max(0, Quadratic(gram, weights));
    }

    /// <summary>Finds the point itself, to full precision however small it is.</summary>
    /// <param name="vectors">m x n, row-major, finite.</param>
    /// <param name="weights">m values; overwritten with weights of at least 0 that sum to 1.</param>
    /// <param name="point">n values; overwritten with the sum of the vectors times their weights.</param>
    /// <returns>The squared norm of the point.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or a value is not finite.</exception>
    public static double Solve(ReadOnlySpan<double> vectors, Span<double> weights, Span<double> point)
    {
        if (weights.Length == 0 || point.Length == 0 || vectors.Length != (long)weights.Length * point.Length)
            throw new ArgumentException($"There are {vectors.Length} values for {weights.Length} weights and a point of {point.Length}; there must be {weights.Length} x {point.Length}, and at least one.", nameof(vectors));
        foreach (var value in vectors)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"A vector contains {value}; vectors must be finite.", nameof(vectors));
        }

        new ActiveSet(vectors, point.Length, weights).Run(point);
        return DenseVectors.Dot(point, point);
    }

    /// <summary>Checks that a Gram matrix has the size of the weights.</summary>
    internal static void CheckGram(ReadOnlySpan<double> gram, int m)
    {
        if (m == 0 || gram.Length != m * m)
            throw new ArgumentException($"The Gram matrix has {gram.Length} values for {m} weights; it must have {m} x {m}, and at least one.", nameof(gram));
    }

    /// <summary>Row i of the matrix times w.</summary>
    internal static double RowProduct(ReadOnlySpan<double> gram, int i, ReadOnlySpan<double> w)
    {
        var sum = 0.0;
        for (var j = 0; j < w.Length; j++) sum += gram[i * w.Length + j] * w[j];
        return sum;
    }

    /// <summary>w' C w: the squared norm of the combination.</summary>
    internal static double Quadratic(ReadOnlySpan<double> gram, ReadOnlySpan<double> w)
    {
        var sum = 0.0;
        for (var i = 0; i < w.Length; i++) sum += w[i] * RowProduct(gram, i, w);
        return sum;
    }

    private static double OfFirst(double aa, double ab, double bb)
    {
        if (ab >= aa) return bb < aa ? 0 : 1;
        if (ab >= bb) return 0;
        return (bb - ab) / (aa - ab + (bb - ab));
    }
}
