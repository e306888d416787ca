namespace Vilfredo.Optimization.LinearAlgebra;

/// <summary>Eigenvalues of small symmetric matrices by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, section 8.5).</summary>
internal static class SymmetricEigen
{
    /// <summary>Diagonalises a matrix in place; afterwards its diagonal holds the eigenvalues.</summary>
    /// <param name="matrix">n x n, symmetric; overwritten.</param>
    /// <returns>The eigenvectors as columns, in the order of the diagonal.</returns>
    public static double[,] Solve(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var vectors = new double[n, n];
        for (var i = 0; i < n; i++) vectors[i, i] = 1;
        for (var sweep = 0; sweep < 60; sweep++)
        {
            var rotated = false;
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++) rotated |= Rotate(matrix, vectors, p, q);
            }

            if (!rotated) break;
        }

        return vectors;
    }

    private static bool Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        if (Math.Abs(a[p, q]) <= 1e-17 * Math.Sqrt(Math.Abs(a[p, p] * a[q, q])) || a[p, q] == 0) return false;
        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(1 + theta * theta));
        var cosine = 1 / Math.Sqrt(1 + t * t);
        var sine = t * cosine;
        var n = a.GetLength(0);
        for (var k = 0; k < n; k++) (a[k, p], a[k, q]) = (cosine * a[k, p] - sine * a[k, q], sine * a[k, p] + cosine * a[k, q]);
        for (var k = 0; k < n; k++) (a[p, k], a[q, k]) = (cosine * a[p, k] - sine * a[q, k], sine * a[p, k] + cosine * a[q, k]);
        for (var k = 0; k < n; k++) (vectors[k, p], vectors[k, q]) = (cosine * vectors[k, p] - sine * vectors[k, q], sine * vectors[k, p] + cosine * vectors[k, q]);
        (a[p, q], a[q, p]) = (0, 0);
        return true;
    }
}
