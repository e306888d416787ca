namespace Vilfredo.Measurement.OffPolicy;

/// <summary>A distribution of returns with finitely many values, and the risk measures that are read off it. Immutable.</summary>
public sealed class ReturnDistribution
{
    private const double SumTolerance = 1e-9;

    // Rounding in a sum of probabilities does not move a quantile to the next value.
    private const double Rounding = 1e-12;
    private readonly double[] values;
    private readonly double[] cumulative;

    /// <summary>Takes values and their probabilities; equal values are merged, those of probability 0 are left out. O(n log n).</summary>
    /// <param name="values">At least one finite value, in any order.</param>
    /// <param name="probabilities">As many probabilities, at least 0 and summing to 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, a value is not finite, or the probabilities are none.</exception>
    public ReturnDistribution(ReadOnlySpan<double> values, ReadOnlySpan<double> probabilities)
    {
        if (values.IsEmpty || values.Length != probabilities.Length)
            throw new ArgumentException($"{values.Length} values and {probabilities.Length} probabilities were given; give at least one value, each with its probability.", nameof(values));
        Distributions.Check(probabilities, probabilities.Length, SumTolerance, nameof(probabilities));
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"A return is {value}; returns must be finite.", nameof(values));
        }

        var (sorted, masses) = (values.ToArray(), probabilities.ToArray());
        Array.Sort(sorted, masses);
        (this.values, cumulative) = Merged(sorted, masses);
    }

    private ReturnDistribution((double[] Values, double[] Cumulative) arrays) => (values, cumulative) = arrays;

    /// <summary>The values of positive probability, ascending.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The probability of a return of at most each of <see cref="Values"/>; ascending, the last is 1.</summary>
    public ReadOnlySpan<double> CumulativeProbabilities => cumulative;

    /// <summary>The expected return.</summary>
    public double Mean
    {
        get
        {
            var mean = 0.0;
            for (var i = 0; i < values.Length; i++) mean += Mass(i) * values[i];
            return mean;
        }
    }

    /// <summary>The variance of the return.</summary>
    public double Variance
    {
        get
        {
            var (mean, variance) = (Mean, 0.0);
            for (var i = 0; i < values.Length; i++) variance += Mass(i) * (values[i] - mean) * (values[i] - mean);
            return variance;
        }
    }

    /// <summary>The distance from the lower to the upper quartile.</summary>
    public double InterquartileRange => Quantile(0.75) - Quantile(0.25);

    /// <summary>The distribution of equally likely returns.</summary>
    /// <param name="returns">At least one finite return.</param>
    public static ReturnDistribution Empirical(ReadOnlySpan<double> returns)
    {
        var probabilities = new double[returns.Length];
        Array.Fill(probabilities, 1.0 / returns.Length);
        return new ReturnDistribution(returns, probabilities);
    }

    /// <summary>One return, for sure.</summary>
    /// <param name="value">A finite return.</param>
    public static ReturnDistribution Certain(double value) => new([value], [1]);

    /// <summary>The probability of a return of at most a threshold: F(m). O(log n).</summary>
    /// <param name="threshold">Any number but NaN.</param>
    public double Cumulative(double threshold)
    {
        if (double.IsNaN(threshold)) throw new ArgumentException("The threshold is NaN; give a number.", nameof(threshold));
        var place = Array.BinarySearch(values, threshold);
        if (place < 0) place = ~place - 1;
        return place < 0 ? 0 : cumulative[place];
    }

    /// <summary>The smallest return that is not exceeded with at least a probability: inf {m : F(m) ≥ p}. O(log n).</summary>
    /// <param name="probability">Above 0, at most 1.</param>
    public double Quantile(double probability)
    {
        CheckShare(probability, nameof(probability));
        var place = Array.BinarySearch(cumulative, probability - Rounding);
        return values[Math.Min(place < 0 ? ~place : place, values.Length - 1)];
    }

    /// <summary>CVaR: the mean of the worst share of returns, 1/α ∫_0^α Q(p) dp; with α = 1 the mean. O(n).</summary>
    /// <param name="share">α, above 0, at most 1.</param>
    public double ConditionalValueAtRisk(double share)
    {
        CheckShare(share, nameof(share));
        var (sum, taken) = (0.0, 0.0);
        for (var i = 0; i < values.Length && taken < share; i++)
        {
            var mass = Math.Min(Mass(i), share - taken);
            sum += mass * values[i];
            taken += mass;
        }

        return sum / taken;
    }

    /// <summary>The distribution of which an estimated, signed cumulative function becomes one: made monotone, clipped to [0, 1], with F = 1 at the last value.</summary>
    internal static ReturnDistribution FromSigned(double[] sortedValues, double[] rawCumulative)
    {
        var (kept, cumulative, reached) = (new List<double>(), new List<double>(), 0.0);
        for (var i = 0; i < sortedValues.Length; i++)
        {
            var next = i == sortedValues.Length - 1 ? 1 : Math.Clamp(Math.Max(reached, rawCumulative[i]), 0, 1);
            if (next <= reached) continue;
            kept.Add(sortedValues[i]);
            cumulative.Add(reached = next);
        }

        return new ReturnDistribution(([.. kept], [.. cumulative]));
    }

    /// <summary>The probability of the value at a place.</summary>
    internal double Mass(int place) => cumulative[place] - (place == 0 ? 0 : cumulative[place - 1]);

    private static (double[] Values, double[] Cumulative) Merged(double[] sorted, double[] masses)
    {
        var (values, cumulative, sum) = (new List<double>(), new List<double>(), 0.0);
        for (var i = 0; i < sorted.Length; i++)
        {
            if (masses[i] == 0) continue;
            sum += masses[i];
            if (values.Count > 0 && values[^1] == sorted[i])
            {
                cumulative[^1] = sum;
                continue;
            }

            values.Add(sorted[i]);
            cumulative.Add(sum);
        }

        cumulative[^1] = 1; // up to rounding it is
        return ([.. values], [.. cumulative]);
    }

    private static void CheckShare(double share, string parameter)
    {
        if (!(share is > 0 and <= 1)) throw new ArgumentOutOfRangeException(parameter, share, "A probability above 0 and at most 1 is needed, such as 0.05.");
    }
}
