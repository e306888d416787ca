namespace Vilfredo.Decisions;

/// <summary>
/// Functions that turn the objectives of a point into one number to be minimised. A zero weight leaves its objective out,
/// even when that is infinite.
/// </summary>
public static class Scalarization
{
    /// <summary>The default weight of the sum that is added to the largest term.</summary>
    public const double DefaultAugmentation = 1e-4;

    /// <summary>The sum of w_j f_j. Its minima over all weights are the points of the convex hull of the front only.</summary>
    /// <param name="point">The objectives.</param>
    /// <param name="weights">One weight per objective.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double WeightedSum(ReadOnlySpan<double> point, ReadOnlySpan<double> weights)
    {
        ValidateLength(point, weights, nameof(weights));
        double sum = 0;
        for (var j = 0; j < point.Length; j++)
        {
            if (weights[j] != 0) sum += weights[j] * point[j];
        }

        return sum;
    }

    /// <summary>
    /// The augmented Tchebycheff distance from an ideal point, max over j of w_j (f_j - z_j) + rho sum of w_j (f_j - z_j) (R.
    /// E. Steuer and E.-U. Choo, Mathematical Programming 26, 1983), which reaches every Pareto-optimal point. The same
    /// formula with an aspiration as z is the achievement scalarising function (A. P. Wierzbicki, 1980): at most 0, up to
    /// the augmentation, when the aspiration is reached.
    /// </summary>
    /// <param name="point">The objectives f.</param>
    /// <param name="reference">The ideal point or the aspiration z.</param>
    /// <param name="weights">One weight per objective, not negative.</param>
    /// <param name="augmentation">rho, small and not negative; above 0 it excludes points that are only weakly optimal.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Achievement(
        ReadOnlySpan<double> point,
        ReadOnlySpan<double> reference,
        ReadOnlySpan<double> weights,
        double augmentation = DefaultAugmentation)
    {
        ValidateLength(point, reference, nameof(reference));
        ValidateLength(point, weights, nameof(weights));
        double largest = double.NegativeInfinity, sum = 0;
        for (var j = 0; j < point.Length; j++)
        {
            if (weights[j] == 0) continue;
            var term = weights[j] * (point[j] - reference[j]);
            largest = Math.Max(largest, term);
            sum += term;
        }

        return augmentation == 0 ? largest : largest + augmentation * sum;
    }

    private static void ValidateLength(ReadOnlySpan<double> point, ReadOnlySpan<double> other, string parameter)
    {
        if (other.Length != point.Length)
        {
            throw new ArgumentException(
                $"{parameter} has {other.Length} values but the point has {point.Length}; give one per objective.", parameter);
        }
    }
}
