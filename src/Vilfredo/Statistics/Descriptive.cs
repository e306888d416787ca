namespace Vilfredo.Statistics;

/// <summary>Mean, spread and quantiles of a sample.</summary>
/// <remarks>
/// NaN is refused. Infinite values are refused by everything that averages (a timed-out measurement is a
/// <see cref="CensoredValue"/>, not an infinity) and allowed in quantiles, which order the values;
/// interpolation that starts at an infinite value stays there.
/// </remarks>
public static class Descriptive
{
    private const double RoundingSlack = 1e-15;

    /// <summary>The arithmetic mean, in two passes: the second removes the rounding of the first.</summary>
    /// <exception cref="ArgumentException">The sample is empty or holds a value that is not finite.</exception>
    public static double Mean(ReadOnlySpan<double> sample)
    {
        SampleChecks.Finite(sample);
        return UncheckedMean(sample);
    }

    /// <summary>The unbiased variance (divisor n − 1); 0 for a single value.</summary>
    /// <exception cref="ArgumentException">The sample is empty or holds a value that is not finite.</exception>
    public static double Variance(ReadOnlySpan<double> sample)
    {
        var mean = Mean(sample);
        if (sample.Length == 1) return 0;
        double sum = 0;
        foreach (var x in sample) sum += (x - mean) * (x - mean);
        return sum / (sample.Length - 1);
    }

    /// <summary>The square root of <see cref="Variance"/>.</summary>
    /// <exception cref="ArgumentException">The sample is empty or holds a value that is not finite.</exception>
    public static double StandardDeviation(ReadOnlySpan<double> sample) => Math.Sqrt(Variance(sample));

    /// <summary>The median: the middle value, or the mean of the two middle ones.</summary>
    /// <exception cref="ArgumentException">The sample is empty or holds NaN.</exception>
    public static double Median(ReadOnlySpan<double> sample) => Quantile(sample, 0.5);

    /// <summary>The value below which a fraction of the sample lies. O(n log n).</summary>
    /// <param name="sample">The values in any order; infinities allowed.</param>
    /// <param name="probability">The fraction, in [0, 1].</param>
    /// <param name="definition">How to interpolate between order statistics.</param>
    /// <exception cref="ArgumentException">The sample is empty or holds NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside [0, 1].</exception>
    public static double Quantile(
        ReadOnlySpan<double> sample, double probability, QuantileDefinition definition = QuantileDefinition.Linear)
    {
        SampleChecks.NotEmptyNorNaN(sample);
        var sorted = sample.ToArray();
        Array.Sort(sorted);
        return QuantileOfSorted(sorted, probability, definition);
    }

    /// <summary>As <see cref="Quantile"/> for values that are already in ascending order. O(1); the order is not checked.</summary>
    /// <param name="sorted">The values in ascending order, at least one.</param>
    /// <param name="probability">The fraction, in [0, 1].</param>
    /// <param name="definition">How to interpolate between order statistics.</param>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside [0, 1].</exception>
    public static double QuantileOfSorted(
        ReadOnlySpan<double> sorted, double probability, QuantileDefinition definition = QuantileDefinition.Linear)
    {
        if (sorted.IsEmpty) throw new ArgumentException("The sample is empty; a quantile needs at least one value.", nameof(sorted));
        if (probability is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A quantile's probability lies in [0, 1].");

        // The position (1-based, fractional) is n p + m; a position within rounding of an integer is that integer.
        var n = sorted.Length;
        var m = definition switch
        {
            QuantileDefinition.InverseCdf or QuantileDefinition.AveragedInverseCdf or QuantileDefinition.InterpolatedCdf => 0,
            QuantileDefinition.NearestEven => -0.5,
            QuantileDefinition.Hazen => 0.5,
            QuantileDefinition.Weibull => probability,
            QuantileDefinition.Linear => 1 - probability,
            QuantileDefinition.MedianUnbiased => (probability + 1) / 3,
            QuantileDefinition.NormalUnbiased => probability / 4 + 3.0 / 8,
            _ => throw new ArgumentOutOfRangeException(nameof(definition), definition, "Choose one of the nine definitions."),
        };
        var position = n * probability + m;
        var floor = Math.Floor(position + RoundingSlack * Math.Max(1, position));
        var fraction = Math.Max(0, position - floor);
        if (fraction < RoundingSlack * Math.Max(1, position)) fraction = 0;
        var j = (int)floor;

        var weight = definition switch
        {
            QuantileDefinition.InverseCdf => fraction > 0 ? 1 : 0,
            QuantileDefinition.AveragedInverseCdf => fraction > 0 ? 1 : 0.5,
            QuantileDefinition.NearestEven => fraction > 0 || j % 2 != 0 ? 1 : 0,
            _ => fraction,
        };

        var below = sorted[Math.Clamp(j, 1, n) - 1];
        var above = sorted[Math.Clamp(j + 1, 1, n) - 1];
        if (double.IsInfinity(below)) return weight == 1 ? above : below;

        // Not below + weight * (above - below): that may overflow.
        return weight == 0 || below == above ? below : weight == 1 ? above : (1 - weight) * below + weight * above;
    }

    /// <summary>Size, mean, spread and five-number summary of a sample.</summary>
    /// <exception cref="ArgumentException">The sample is empty or holds a value that is not finite.</exception>
    public static SampleSummary Summarize(ReadOnlySpan<double> sample)
    {
        SampleChecks.Finite(sample);
        var sorted = sample.ToArray();
        Array.Sort(sorted);
        return new SampleSummary
        {
            Count = sorted.Length,
            Mean = UncheckedMean(sample),
            StandardDeviation = StandardDeviation(sample),
            Minimum = sorted[0],
            LowerQuartile = QuantileOfSorted(sorted, 0.25),
            Median = QuantileOfSorted(sorted, 0.5),
            UpperQuartile = QuantileOfSorted(sorted, 0.75),
            Maximum = sorted[^1],
        };
    }

    internal static double UncheckedMean(ReadOnlySpan<double> sample)
    {
        double sum = 0;
        foreach (var x in sample) sum += x;
        if (double.IsInfinity(sum))
        {
            // The sum overflowed although every value is finite: add the shares instead.
            sum = 0;
            foreach (var x in sample) sum += x / sample.Length;
            return sum;
        }

        var mean = sum / sample.Length;
        double residual = 0;
        foreach (var x in sample) residual += x - mean;
        return mean + residual / sample.Length;
    }
}
