using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Gradients;

/// <summary>The point of least Euclidean norm in the convex hull of m vectors, by their inner products.</summary>
/// <remarks>
/// P. Wolfe, Finding the nearest point in a polytope, Mathematical Programming 11 (1976): an active set method, finite in exact
/// arithmetic; two vectors are solved in closed form. Where vectors are so nearly dependent that a linear system of it cannot be
/// solved, exact line searches between pairs of vectors finish the work. For v the point and every vector g: v.g is at least
/// |v|^2, up to 1e-13 of the largest squared norm, or about 1e-6 of it where vectors are so nearly dependent.
/// </remarks>
public static class MinimumNormPoint
{
    private const double Tolerance = 1e-13;
    private const int PairSteps = 20_000;
    private const int PairWork = 4_000_000; // multiplications in all: fewer steps for many vectors

    /// <summary>Finds the weights of the point.</summary>
    /// <param name="gram">The inner products, m x m, row-major, finite.</param>
    /// <param name="weights">m values; overwritten with weights of at least 0 that sum to 1.</param>
    /// <returns>The squared norm of the point; 0 where rounding makes it negative.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static double Solve(ReadOnlySpan<double> gram, Span<double> weights)
    {
        CheckGram(gram, weights.Length);
        var m = weights.Length;
        weights.Clear();
        var (shortest, scale) = (0, 0.0);
        for (var i = 0; i < m; i++)
        {
            if (gram[i * m + i] < gram[shortest * m + shortest]) shortest = i;
            scale = Math.Max(scale, gram[i * m + i]);
        }

        weights[shortest] = 1;
        if (m == 2)
        {
            weights[0] = OfFirst(gram[0], gram[1], gram[3]);
            weights[1] = 1 - weights[0];
        }
        else if (m > 2 && !ActiveSet(gram, weights, Tolerance * scale))
        {
            Pairs(gram, weights, Tolerance * scale);
        }

        return Math.Max(0, Quadratic(gram, weights));
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

    private static bool ActiveSet(ReadOnlySpan<double> gram, Span<double> weights, double tolerance)
    {
        var m = weights.Length;
        var active = new List<int> { weights.IndexOf(1.0) };
        for (var round = 0; round < 50 * m; round++)
        {
            var square = Quadratic(gram, weights);
            var (entering, least) = (-1, double.PositiveInfinity);
            for (var i = 0; i < m; i++)
            {
                var product = RowProduct(gram, i, weights);
                if (product < least) (entering, least) = (i, product);
            }

            if (least >= square - tolerance) return true;
            if (active.Contains(entering)) return false;
            active.Add(entering);
            if (!Restrict(gram, weights, active)) return false;
        }

        return false;
    }

    /// <summary>Moves to the nearest point of the active vectors' affine hull, dropping those that would get a negative weight.</summary>
    private static bool Restrict(ReadOnlySpan<double> gram, Span<double> weights, List<int> active)
    {
        var m = weights.Length;
        while (true)
        {
            var k = active.Count;
            var scale = 0.0;
            foreach (var i in active) scale = Math.Max(scale, gram[i * m + i]);
            if (scale == 0) return false;
            var (matrix, y) = (new double[k, k], new double[k]);
            for (var a = 0; a < k; a++)
            {
                y[a] = 1;
                for (var b = 0; b < k; b++) matrix[a, b] = 1 + gram[active[a] * m + active[b]] / scale;
            }

            if (!LinearEquations.Solve(matrix, y)) return false;
            var (total, step) = (y.Sum(), 1.0);
            for (var a = 0; a < k; a++)
            {
                y[a] /= total;
                if (y[a] <= 0) step = Math.Min(step, weights[active[a]] / (weights[active[a]] - y[a]));
            }

            if (!double.IsFinite(step)) return false;
            var left = k;
            for (var a = k - 1; a >= 0; a--)
            {
                var i = active[a];
                weights[i] += step * (y[a] - weights[i]);
                if (y[a] > 0 || weights[i] > 1e-15) continue;
                weights[i] = 0;
                active.RemoveAt(a);
            }

            if (active.Count == left) return true;
        }
    }

    private static void Pairs(ReadOnlySpan<double> gram, Span<double> weights, double tolerance)
    {
        var m = weights.Length;
        var products = new double[m];
        var rounds = Math.Clamp(PairWork / ((long)m * m), 1, PairSteps);
        for (var round = 0; round < rounds; round++)
        {
            var (high, most) = (-1, double.NegativeInfinity);
            for (var i = 0; i < m; i++)
            {
                products[i] = RowProduct(gram, i, weights);
                if (weights[i] > 0 && products[i] > most) (high, most) = (i, products[i]);
            }

            // The partner with which the squared norm falls most when the step is not cut.
            var (low, gain, least) = (-1, 0.0, most);
            for (var i = 0; i < m; i++)
            {
                least = Math.Min(least, products[i]);
                var difference = most - products[i];
                if (!(difference > 0)) continue;
                var fall = difference * difference / Math.Max(Curvature(gram, m, i, high), double.Epsilon);
                if (fall > gain) (low, gain) = (i, fall);
            }

            if (low < 0 || most - least <= tolerance) return;
            var curvature = Curvature(gram, m, low, high);
            var step = curvature > 0 ? Math.Min(weights[high], (most - products[low]) / curvature) : weights[high];
            weights[low] += step;
            weights[high] = step == weights[high] ? 0 : weights[high] - step;
        }
    }

    private static double Curvature(ReadOnlySpan<double> gram, int m, int i, int j) =>
        gram[i * m + i] - 2 * gram[i * m + j] + gram[j * m + j];
}
