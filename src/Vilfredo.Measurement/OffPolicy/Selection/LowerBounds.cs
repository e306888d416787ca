using Vilfredo.Statistics;

namespace Vilfredo.Measurement.OffPolicy.Selection;

/// <summary>Lower confidence bounds of estimated values: ranking candidates by them is the conservative choice of policies (Thomas, Theocharous and Ghavamzadeh, "High-Confidence Off-Policy Evaluation", 2015).</summary>
public static class LowerBounds
{
    private const int Resamples = 1000;

    /// <summary>A bound below which the mean lies with probability α at most, one-sided.</summary>
    /// <param name="values">Independent values, such as <see cref="OffPolicyEstimator.PerTrajectory"/> of an estimator that is not self-normalized; at least 2.</param>
    /// <param name="method">Which bound.</param>
    /// <param name="alpha">The chance of a mean below the bound, in (0, 1).</param>
    /// <param name="range">
    /// R, for Hoeffding's and Bernstein's bounds: how far apart values can lie. <see langword="null"/> takes the largest magnitude that occurs, as the published code does, and with it the guarantee is gone.
    /// </param>
    /// <param name="random">Draws the resamples of the bootstrap; the others need none.</param>
    /// <exception cref="ArgumentException">There are fewer than two values, one is not finite, or the bootstrap has no random numbers.</exception>
    public static double Of(ReadOnlySpan<double> values, LowerBoundMethod method, double alpha = 0.05, double? range = null, RandomGenerator? random = null)
    {
        var n = values.Length;
        if (n < 2) throw new ArgumentException($"{n} values were given; a bound needs at least 2.", nameof(values));
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"A value is {value}; values must be finite.", nameof(values));
        }

        if (!(alpha is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The chance lies in (0, 1).");
        if (range is { } given && !(given >= 0 && double.IsFinite(given))) throw new ArgumentOutOfRangeException(nameof(range), range, "The range is finite and at least 0.");
        var (mean, variance) = (Descriptive.Mean(values), Descriptive.Variance(values));
        return method switch
        {
            LowerBoundMethod.Hoeffding => mean - Range(values) * Math.Sqrt(Math.Log(1 / alpha) / (2 * n)),
            LowerBoundMethod.EmpiricalBernstein => mean - 7 * Range(values) * Math.Log(2 / alpha) / (3 * (n - 1)) - Math.Sqrt(2 * variance * Math.Log(2 / alpha) / n),
            LowerBoundMethod.StudentT => mean - StudentQuantile(alpha, n - 1) * Math.Sqrt(variance / n),
            LowerBoundMethod.Bootstrap => Resampled(values, alpha, random),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "This bound is not known."),
        };

        double Range(ReadOnlySpan<double> sample)
        {
            if (range is { } known) return known;
            var largest = 0.0;
            foreach (var value in sample) largest = Math.Max(largest, Math.Abs(value));
            return largest;
        }
    }

    private static double Resampled(ReadOnlySpan<double> values, double alpha, RandomGenerator? random)
    {
        if (random is null) throw new ArgumentException("The bootstrap draws resamples; give it random numbers.", nameof(random));
        var means = new double[Resamples];
        foreach (ref var mean in means.AsSpan())
        {
            for (var i = 0; i < values.Length; i++) mean += values[random.NextInt32(values.Length)] / values.Length;
        }

        return Descriptive.Quantile(means, alpha);
    }

    // The t that is exceeded with probability α, by bisection on its tail.
    private static double StudentQuantile(double alpha, int degreesOfFreedom)
    {
        if (alpha > 0.5) return -StudentQuantile(1 - alpha, degreesOfFreedom);
        var (low, high) = (0.0, 1.0);
        while (SpecialFunctions.StudentTwoSided(high, degreesOfFreedom) > 2 * alpha) high *= 2;
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (SpecialFunctions.StudentTwoSided(middle, degreesOfFreedom) > 2 * alpha) low = middle;
            else high = middle;
        }

        return high;
    }
}
