using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Gradients;

/// <summary>Products of the gradients of several objectives, kept as one row-major matrix of m rows (objectives) and n columns.</summary>
public static class GradientMatrix
{
    /// <summary>The inner products of all pairs of rows. O(m^2 n).</summary>
    /// <param name="gradients">m x n, row-major.</param>
    /// <param name="objectives">m, at least 1.</param>
    /// <returns>The Gram matrix, m x m, row-major.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of m, or a product is not finite.</exception>
    public static double[] Gram(ReadOnlySpan<double> gradients, int objectives)
    {
        var n = Columns(gradients, objectives);
        var gram = new double[objectives * objectives];
        for (var i = 0; i < objectives; i++)
        {
            var row = gradients.Slice(i * n, n);
            for (var j = 0; j <= i; j++)
            {
                var product = DenseVectors.Dot(row, gradients.Slice(j * n, n));
                if (!double.IsFinite(product))
                    throw new ArgumentException($"The product of gradients {j} and {i} is {product}; gradients must be finite and not near overflow.", nameof(gradients));
                gram[i * objectives + j] = gram[j * objectives + i] = product;
            }
        }

        return gram;
    }

    /// <summary>The sum of the rows times their weights.</summary>
    /// <param name="gradients">m x n, row-major.</param>
    /// <param name="weights">m weights of any sign.</param>
    /// <param name="result">n values; overwritten.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void Combine(ReadOnlySpan<double> gradients, ReadOnlySpan<double> weights, Span<double> result)
    {
        var n = Columns(gradients, weights.Length);
        if (result.Length != n) throw new ArgumentException($"The result has {result.Length} elements; a gradient has {n}.", nameof(result));
        result.Clear();
        for (var i = 0; i < weights.Length; i++) DenseVectors.AddScaled(weights[i], gradients.Slice(i * n, n), result);
    }

    /// <summary>Gram matrix, weights and combined gradient in one call: what one training step needs.</summary>
    /// <param name="combiner">The rule.</param>
    /// <param name="gradients">m x n, row-major.</param>
    /// <param name="weights">m values; overwritten with the rule's weights.</param>
    /// <param name="result">n values; overwritten with the sum of the rows times their weights. A step goes against it.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a gradient is not finite.</exception>
    public static void Combine(IGradientCombiner combiner, ReadOnlySpan<double> gradients, Span<double> weights, Span<double> result)
    {
        ArgumentNullException.ThrowIfNull(combiner);
        combiner.Weigh(Gram(gradients, weights.Length), weights);
        Combine(gradients, weights, result);
    }

    private static int Columns(ReadOnlySpan<double> gradients, int objectives)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 1);
        if (gradients.Length == 0 || gradients.Length % objectives != 0)
            throw new ArgumentException($"{gradients.Length} values are no matrix of {objectives} rows; give one gradient per objective, one after the other.", nameof(gradients));
        return gradients.Length / objectives;
    }
}
