using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>
/// The whole front of |A x - b|^2 / 2 and |x|_1: the minima of their weighted sums for every penalty from the largest to 0 (the
/// lasso homotopy: M. R. Osborne, B. Presnell and B. A. Turlach, IMA Journal of Numerical Analysis 20, 2000; B. Efron et al., Least
/// angle regression, Annals of Statistics 32, 2004).
/// </summary>
/// <remarks>
/// Between corners the coefficients that are not 0 move along (A_A'A_A)^-1 sign. At a corner a column's correlation with the residual
/// reaches the penalty and its coefficient joins, or a coefficient reaches 0 and leaves. Each corner costs two products with A'.
/// </remarks>
public static class SparsityPath
{
    /// <summary>Computes the corners.</summary>
    /// <param name="matrix">A, n x p, row-major.</param>
    /// <param name="target">b, n values.</param>
    /// <param name="maximumKnots">The most corners; an exact path may have many more than p.</param>
    /// <returns>
    /// From the smallest penalty at which all coefficients are 0 down to 0, or to where active columns depend on each other.
    /// </returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or a value is not finite.</exception>
    public static IReadOnlyList<SparsityKnot> Compute(ReadOnlySpan<double> matrix, ReadOnlySpan<double> target, int maximumKnots = 10_000)
    {
        if (target.Length == 0 || matrix.Length == 0 || matrix.Length % target.Length != 0)
            throw new ArgumentException($"The matrix has {matrix.Length} values and the target {target.Length}; the matrix must have whole rows, one per target.", nameof(matrix));
        foreach (var value in matrix)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"The matrix contains {value}; values must be finite.", nameof(matrix));
        }

        foreach (var value in target)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"The target contains {value}; values must be finite.", nameof(target));
        }

        var (n, p) = (target.Length, matrix.Length / target.Length);
        var columns = new double[p][];
        for (var j = 0; j < p; j++)
        {
            columns[j] = new double[n];
            for (var i = 0; i < n; i++) columns[j][i] = matrix[i * p + j];
        }

        var (x, residual) = (new double[p], target.ToArray());
        var correlations = Products(columns, residual);
        var penalty = correlations.Max(Math.Abs);
        var (active, knots, left) = (new List<int>(), new List<SparsityKnot> { Knot(penalty, x, residual) }, -1);
        if (penalty == 0) return knots;
        var negligible = 1e-13 * penalty;
        active.Add(Array.FindIndex(correlations, c => Math.Abs(c) == penalty));
        while (knots.Count < maximumKnots && penalty > negligible)
        {
            if (Direction(columns, active, correlations) is not { } direction) break;
            var image = new double[n];
            for (var a = 0; a < active.Count; a++) DenseVectors.AddScaled(direction[a], columns[active[a]], image);
            var slopes = Products(columns, image);
            var (step, joining, leaving) = (penalty, -1, -1);
            for (var j = 0; j < p; j++)
            {
                if (active.Contains(j)) continue;
                foreach (var sign in new[] { 1.0, -1 })
                {
                    // sign c_j falls by sign slope_j while the penalty falls by 1; who has just left may not come back with its old sign at once
                    var reach = (penalty - sign * correlations[j]) / (1 - sign * slopes[j]);
                    if (reach > (j == left ? 1e-9 * penalty : 0) && reach < step) (step, joining) = (reach, j);
                }
            }

            for (var a = 0; a < active.Count; a++)
            {
                var reach = -x[active[a]] / direction[a];
                if (reach > 0 && reach < step) (step, joining, leaving) = (reach, -1, a);
            }

            for (var a = 0; a < active.Count; a++) x[active[a]] += step * direction[a];
            DenseVectors.AddScaled(-step, image, residual);
            penalty -= step;
            correlations = Products(columns, residual);
            left = -1;
            if (leaving >= 0)
            {
                left = active[leaving];
                x[left] = 0;
                active.RemoveAt(leaving);
            }

            if (joining >= 0) active.Add(joining);
            knots.Add(Knot(Math.Max(0, penalty), x, residual));
            if (active.Count == 0) break;
        }

        return knots;
    }

    private static SparsityKnot Knot(double penalty, double[] x, double[] residual) =>
        new(penalty, [.. x], 0.5 * DenseVectors.Dot(residual, residual), x.Sum(Math.Abs));

    private static double[] Products(double[][] columns, double[] vector) => [.. columns.Select(column => DenseVectors.Dot(column, vector))];

    private static double[]? Direction(double[][] columns, List<int> active, double[] correlations)
    {
        var k = active.Count;
        var (gram, right, scale) = (new double[k, k], new double[k], active.Max(j => DenseVectors.Dot(columns[j], columns[j])));
        for (var a = 0; a < k; a++)
        {
            right[a] = Math.Sign(correlations[active[a]]) / scale;
            for (var b = 0; b < k; b++) gram[a, b] = DenseVectors.Dot(columns[active[a]], columns[active[b]]) / scale;
        }

        return LinearEquations.Solve(gram, right) ? right : null;
    }
}
