namespace Vilfredo.Measurement.CodeEfficiency.Estimators;

/// <summary>
/// The cost of a run from repeated measurements, hardly moved by a few stalls: the one-sample estimator of Hodges and Lehmann
/// ("Estimates of Location Based on Rank Tests", Annals of Mathematical Statistics 34, 1963).
/// </summary>
public static class HodgesLehmann
{
    /// <summary>The median of all averages (x_a + x_b) / 2 with a ≤ b, a = b included. O(n² log n).</summary>
    /// <param name="sample">The measurements, finite, at least one and at most 10,000.</param>
    /// <exception cref="ArgumentException">There are no measurements, too many, or one is not finite.</exception>
    public static double Estimate(ReadOnlySpan<double> sample)
    {
        const int most = 10_000;
        if (sample.IsEmpty || sample.Length > most)
            throw new ArgumentException($"{sample.Length} measurements were given; pass 1 to {most} repeats of one run.", nameof(sample));
        var averages = new double[sample.Length * (sample.Length + 1) / 2];
        var count = 0;
        for (var a = 0; a < sample.Length; a++)
        {
            if (!double.IsFinite(sample[a]))
                throw new ArgumentException($"Measurement {a} is {sample[a]}; give finite numbers, and one that was cut off as a CensoredValue.", nameof(sample));
            for (var b = 0; b <= a; b++) averages[count++] = sample[a] / 2 + sample[b] / 2;
        }

        return Statistics.Descriptive.Median(averages);
    }

    /// <summary>
    /// The estimate of repeats of which some were cut off: a lower limit then, because the estimate never falls when a
    /// measurement grows.
    /// </summary>
    /// <inheritdoc cref="Estimate(ReadOnlySpan{double})"/>
    public static CensoredValue Estimate(ReadOnlySpan<CensoredValue> sample)
    {
        var values = new double[sample.Length];
        var cutOff = false;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = sample[i].Value;
            cutOff |= sample[i].IsCensored;
        }

        var estimate = Estimate(values);
        return cutOff ? CensoredValue.AtLeast(estimate) : CensoredValue.Exactly(estimate);
    }
}
