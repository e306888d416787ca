namespace Vilfredo.Optimization.LinearAlgebra;

/// <summary>
/// The Cholesky factor of a symmetric positive definite matrix of n rows with entries up to w places off the diagonal. The
/// factorisation takes n w^2 multiplications, a solution 4 n w.
/// </summary>
internal sealed class BandedCholesky
{
    private readonly int n, width;
    private readonly double[] rows; // row i: entries of columns i - w to i

    /// <summary>Factors a matrix.</summary>
    /// <param name="band">n x (w + 1), row-major: row i holds columns i - w to i, the diagonal last; taken over and overwritten.</param>
    /// <param name="width">w, at least 0.</param>
    /// <exception cref="InvalidOperationException">The matrix is not positive definite.</exception>
    public BandedCholesky(double[] band, int width)
    {
        (rows, this.width, n) = (band, width, band.Length / (width + 1));
        for (var i = 0; i < n; i++)
        {
            var row = Row(i);
            for (var j = Math.Max(0, i - width); j < i; j++)
            {
                var from = Math.Max(Math.Max(0, i - width), j - width);
                var other = Row(j);
                var sum = DenseVectors.Dot(row[(from - i + width)..(j - i + width)], other[(from - j + width)..width]);
                row[j - i + width] = (row[j - i + width] - sum) / other[width];
            }

            var square = row[width] - DenseVectors.Dot(row[..width], row[..width]);
            if (!(square > 0)) throw new InvalidOperationException($"The matrix is not positive definite: pivot {i} is {square}.");
            row[width] = Math.Sqrt(square);
        }
    }

    /// <summary>Solves in place.</summary>
    public void Solve(Span<double> right)
    {
        for (var i = 0; i < n; i++)
        {
            var from = Math.Max(0, i - width);
            var row = Row(i);
            right[i] = (right[i] - DenseVectors.Dot(row[(from - i + width)..width], right[from..i])) / row[width];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            var from = Math.Max(0, i - width);
            var row = Row(i);
            right[i] /= row[width];
            DenseVectors.AddScaled(-right[i], row[(from - i + width)..width], right[from..i]);
        }
    }

    private Span<double> Row(int i) => rows.AsSpan(i * (width + 1), width + 1);
}
