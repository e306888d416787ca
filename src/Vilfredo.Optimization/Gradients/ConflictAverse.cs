namespace Vilfredo.Optimization.Gradients;

/// <summary>
/// CAGrad (B. Liu et al., Conflict-averse gradient descent for multi-task learning, NeurIPS 2021): of all directions within
/// c |g0| of the mean gradient g0, the one whose least product with a gradient is largest.
/// </summary>
/// <remarks>
/// Solved by its dual, min over the simplex of g_w.g0 + c |g0| |g_w|, with line searches between pairs of weights; the direction
/// is g0 + c |g0| g_w / |g_w|. c = 0 is the mean gradient.
/// At Pareto-critical points, where g_w may be 0, the direction is approximate only.
/// </remarks>
public sealed class ConflictAverse : IGradientCombiner
{
    private const int PairSteps = 2_000;

    // |g_w| counts as sqrt(|g_w|^2 + (Smoothing x longest gradient)^2): differentiable at critical points, where g_w is 0.
    private const double Smoothing = 1e-6;
    private readonly double c;

    /// <summary>Creates the rule.</summary>
    /// <param name="radius">c, at least 0 and below 1. The paper uses 0.2 to 0.5.</param>
    public ConflictAverse(double radius = 0.4)
    {
        if (!(radius >= 0 && radius < 1)) throw new ArgumentOutOfRangeException(nameof(radius), radius, "The radius must be at least 0 and below 1.");
        c = radius;
    }

    /// <inheritdoc/>
    public void Weigh(ReadOnlySpan<double> gram, Span<double> weights)
    {
        var m = weights.Length;
        MinimumNormPoint.CheckGram(gram, m);
        weights.Fill(1.0 / m);
        var mean = new double[m]; // products of the gradients with their mean
        for (var i = 0; i < m; i++) mean[i] = MinimumNormPoint.RowProduct(gram, i, weights);
        var radius = c * Math.Sqrt(Math.Max(0, MinimumNormPoint.Quadratic(gram, weights)));
        if (m == 1 || radius == 0)
        {
            weights.Fill((1 + (m == 1 ? c : 0)) / m);
            return;
        }

        var w = weights.ToArray();
        var longest = 0.0;
        for (var i = 0; i < m; i++) longest = Math.Max(longest, gram[i * m + i]);
        var smoothing = Smoothing * Smoothing * longest;
        for (var round = 0; round < PairSteps && Improve(gram, mean, radius, smoothing, w); round++)
        {
        }

        var norm = Math.Sqrt(Math.Max(0, MinimumNormPoint.Quadratic(gram, w)) + smoothing);
        for (var i = 0; i < m; i++) weights[i] = 1.0 / m + radius / norm * w[i];
    }

    private static bool Improve(ReadOnlySpan<double> gram, double[] mean, double radius, double smoothing, double[] w)
    {
        var m = w.Length;
        var square = Math.Max(0, MinimumNormPoint.Quadratic(gram, w)) + smoothing;
        var (low, high, least, most) = (-1, -1, double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < m; i++)
        {
            var slope = mean[i] + radius * MinimumNormPoint.RowProduct(gram, i, w) / Math.Sqrt(square);
            if (slope < least) (low, least) = (i, slope);
            if (w[i] > 0 && slope > most) (high, most) = (i, slope);
        }

        if (most - least <= 1e-12 * (Math.Abs(most) + Math.Abs(least))) return false;
        var across = MinimumNormPoint.RowProduct(gram, low, w) - MinimumNormPoint.RowProduct(gram, high, w);
        var curvature = gram[low * m + low] - 2 * gram[low * m + high] + gram[high * m + high];
        var linear = mean[low] - mean[high];
        var (left, right) = (0.0, w[high]);
        for (var halving = 0; halving < 60; halving++)
        {
            var t = halving == 0 ? right : 0.5 * (left + right); // the whole weight moves when the slope stays negative
            var norm = Math.Sqrt(Math.Max(smoothing, square + 2 * t * across + t * t * curvature));
            if (linear + radius * (across + t * curvature) / norm <= 0) left = t;
            else right = t;
            if (left >= right) break;
        }

        if (!(left > 0)) return false;
        w[low] += left;
        w[high] = left == w[high] ? 0 : w[high] - left;
        return true;
    }
}
