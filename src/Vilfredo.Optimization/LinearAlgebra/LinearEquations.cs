namespace Vilfredo.Optimization.LinearAlgebra;

/// <summary>Small systems of linear equations.</summary>
internal static class LinearEquations
{
    private const double Singular = 1e-10;

    /// <summary>
    /// Solves matrix x = right in place by elimination with partial pivoting; false when a pivot is below 1e-10, the matrix
    /// being of order 1.
    /// </summary>
    public static bool Solve(double[,] matrix, Span<double> right)
    {
        var n = right.Length;
        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < n; row++)
            {
                if (Math.Abs(matrix[row, column]) > Math.Abs(matrix[pivot, column])) pivot = row;
            }

            if (!(Math.Abs(matrix[pivot, column]) >= Singular)) return false;
            for (var j = column; j < n; j++) (matrix[column, j], matrix[pivot, j]) = (matrix[pivot, j], matrix[column, j]);
            (right[column], right[pivot]) = (right[pivot], right[column]);
            for (var row = column + 1; row < n; row++)
            {
                var factor = matrix[row, column] / matrix[column, column];
                for (var j = column; j < n; j++) matrix[row, j] -= factor * matrix[column, j];
                right[row] -= factor * right[column];
            }
        }

        for (var row = n - 1; row >= 0; row--)
        {
            for (var j = row + 1; j < n; j++) right[row] -= matrix[row, j] * right[j];
            right[row] /= matrix[row, row];
        }

        return true;
    }
}
