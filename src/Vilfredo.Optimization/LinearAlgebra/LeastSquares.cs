namespace Vilfredo.Optimization.LinearAlgebra;

/// <summary>Small dense least-squares problems.</summary>
internal static class LeastSquares
{
    /// <summary>
    /// Finds the combination of k columns of length n that is nearest to a vector, by Householder reflections. O(n k^2). False
    /// when a column, less its part in the span of those before, is not longer than <paramref name="singular"/>.
    /// </summary>
    /// <param name="columns">k columns, one after the other; overwritten.</param>
    /// <param name="right">n values; overwritten.</param>
    /// <param name="solution">k values; overwritten.</param>
    /// <param name="singular">At least 0.</param>
    public static bool Solve(Span<double> columns, Span<double> right, Span<double> solution, double singular)
    {
        var (n, k) = (right.Length, solution.Length);
        if (k > n) return false;
        var diagonal = new double[k];
        for (var c = 0; c < k; c++)
        {
            var v = columns.Slice(c * n + c, n - c);
            var norm = Math.Sqrt(DenseVectors.Dot(v, v));
            if (!(norm > singular)) return false;
            diagonal[c] = v[0] > 0 ? -norm : norm;
            v[0] -= diagonal[c];
            var square = DenseVectors.Dot(v, v);
            for (var other = c + 1; other < k; other++) Reflect(v, square, columns.Slice(other * n + c, n - c));
            Reflect(v, square, right[c..]);
        }

        for (var c = k - 1; c >= 0; c--)
        {
            var sum = right[c];
            for (var other = c + 1; other < k; other++) sum -= columns[other * n + c] * solution[other];
            solution[c] = sum / diagonal[c];
        }

        return true;
    }

    private static void Reflect(ReadOnlySpan<double> v, double square, Span<double> target) =>
        DenseVectors.AddScaled(-2 * DenseVectors.Dot(v, target) / square, v, target);
}
