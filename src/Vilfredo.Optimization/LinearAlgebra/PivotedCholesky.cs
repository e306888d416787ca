namespace Vilfredo.Optimization.LinearAlgebra;

/// <summary>Vectors with given inner products.</summary>
internal static class PivotedCholesky
{
    /// <summary>
    /// Vectors of as few coordinates as the matrix has rank, whose inner products it holds; at least one coordinate. The factor
    /// stops where what is left is rounding. O(m r^2) for rank r.
    /// </summary>
    /// <param name="gram">m x m, row-major, symmetric, positive semidefinite up to rounding.</param>
    /// <param name="m">At least 1.</param>
    /// <returns>m x r, row-major.</returns>
    public static double[] Rows(ReadOnlySpan<double> gram, int m)
    {
        var (left, factors) = (new double[m], new List<double[]>());
        for (var i = 0; i < m; i++) left[i] = gram[i * m + i];
        var rounding = 2.3e-16 * m * Math.Max(0, left.Max());
        while (factors.Count < m)
        {
            var pivot = 0;
            for (var i = 1; i < m; i++)
            {
                if (left[i] > left[pivot]) pivot = i;
            }

            if (!(left[pivot] > rounding)) break;
            var root = Math.Sqrt(left[pivot]);
            var column = new double[m];
            for (var i = 0; i < m; i++)
            {
                var sum = gram[i * m + pivot];
                foreach (var factor in factors) sum -= factor[i] * factor[pivot];
                column[i] = i == pivot ? root : left[i] == 0 ? 0 : sum / root;
                left[i] = Math.Max(0, left[i] - column[i] * column[i]);
            }

            left[pivot] = 0;
            factors.Add(column);
        }

        var r = Math.Max(1, factors.Count);
        var rows = new double[m * r];
        for (var c = 0; c < factors.Count; c++)
        {
            for (var i = 0; i < m; i++) rows[i * r + c] = factors[c][i];
        }

        return rows;
    }
}
