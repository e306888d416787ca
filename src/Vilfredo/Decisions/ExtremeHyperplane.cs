namespace Vilfredo.Decisions;

/// <summary>The hyperplane through the extreme points of a front.</summary>
internal static class ExtremeHyperplane
{
    /// <summary>
    /// The a of the hyperplane a x = 1 through one extreme point per objective: the point that is best in all other
    /// objectives, so that this one alone is bad. All ones when the extreme points do not span one with positive a.
    /// </summary>
    /// <param name="points">Row-major normalised points: ideal 0, nadir 1.</param>
    /// <param name="objectives">Values per point, at least 2.</param>
    public static double[] Normal(double[] points, int objectives)
    {
        var matrix = new double[objectives, objectives];
        for (var axis = 0; axis < objectives; axis++)
        {
            var extreme = Extreme(points, objectives, axis);
            for (var j = 0; j < objectives; j++) matrix[axis, j] = points[extreme * objectives + j];
        }

        var normal = new double[objectives];
        Array.Fill(normal, 1);
        if (!Solve(matrix, normal) || normal.Any(a => !(a > 0))) Array.Fill(normal, 1);
        return normal;
    }

    private static int Extreme(double[] points, int objectives, int axis)
    {
        var extreme = 0;
        var key = (Others: double.PositiveInfinity, Own: double.PositiveInfinity);
        for (var i = 0; i < points.Length / objectives; i++)
        {
            double others = 0;
            for (var j = 0; j < objectives; j++)
            {
                if (j != axis) others = Math.Max(others, points[i * objectives + j]);
            }

            var own = points[i * objectives + axis];
            if ((others, own).CompareTo(key) < 0) (extreme, key) = (i, (others, own));
        }

        return extreme;
    }

    // Gaussian elimination with partial pivoting; false when the matrix is singular to working precision.
    private static bool Solve(double[,] matrix, double[] right)
    {
        const double singular = 1e-10;
        var n = right.Length;
        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < n; row++)
            {
                if (Math.Abs(matrix[row, column]) > Math.Abs(matrix[pivot, column])) pivot = row;
            }

            if (Math.Abs(matrix[pivot, column]) < singular) return false;
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
