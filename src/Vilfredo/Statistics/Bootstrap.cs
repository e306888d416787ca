namespace Vilfredo.Statistics;

/// <summary>
/// Bootstrap confidence intervals of any statistic: of one sample, of pairs, of two samples and of strata.
/// </summary>
/// <remarks>
/// <para>Percentile and BCa intervals as in Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 13 and
/// 14. The bias correction counts resamples equal to the estimate as half below it; the acceleration comes from the
/// jackknife, for several strata as in Davison and Hinkley, "Bootstrap Methods and their Application" (1997), section 5.3.2;
/// quantiles of the bootstrap distribution are of type 7.</para>
/// <para>Cost: the statistic is evaluated once per resample and, for BCa, once per value; drawing costs O(n) per resample.
/// The same sample, options and state of the generator give the same interval.</para>
/// <para>Degenerate samples: one value, or a statistic that no resample changes, gives an interval of width zero that is
/// marked <see cref="BootstrapInterval.IsDegenerate"/>. Without spread in the jackknife the acceleration is 0. A stratum of
/// one value never varies. NaN and infinite values are refused, and so is a statistic that returns one.</para>
/// </remarks>
public static class Bootstrap
{
    /// <summary>The interval of a statistic of one sample.</summary>
    /// <param name="sample">Independent values, at least one.</param>
    /// <param name="statistic">For example <see cref="Descriptive.Median"/>.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">Level, method and number of resamples; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds a value that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The statistic returned a number that is not finite.</exception>
    public static BootstrapInterval OneSample(
        ReadOnlySpan<double> sample, Statistic statistic, RandomGenerator random,
        BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        SampleChecks.Finite(sample);
        return new Resampling(sample.ToArray(), [sample.Length], (values, _) => statistic(values))
            .Interval(random, options);
    }

    /// <summary>The interval of a statistic of pairs, such as a mean difference on the same seeds: pairs are drawn whole.</summary>
    /// <param name="first">The first members.</param>
    /// <param name="second">The second members, as many.</param>
    /// <param name="statistic">Receives both members of the drawn pairs.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">Level, method and number of resamples; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a sample is empty or holds a value that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The statistic returned a number that is not finite.</exception>
    public static BootstrapInterval Paired(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, TwoSampleStatistic statistic, RandomGenerator random,
        BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        SampleChecks.SameLength(first, second);
        SampleChecks.Finite(first);
        SampleChecks.Finite(second);

        // The engine draws pair numbers; the members are gathered when the statistic is evaluated.
        var (x, y) = (first.ToArray(), second.ToArray());
        var (drawnX, drawnY) = (new double[x.Length], new double[y.Length]);
        var pairs = new double[x.Length];
        for (var i = 0; i < pairs.Length; i++) pairs[i] = i;
        double Evaluate(ReadOnlySpan<double> drawn, ReadOnlySpan<int> sizes)
        {
            for (var i = 0; i < drawn.Length; i++) (drawnX[i], drawnY[i]) = (x[(int)drawn[i]], y[(int)drawn[i]]);
            return statistic(drawnX.AsSpan(0, drawn.Length), drawnY.AsSpan(0, drawn.Length));
        }

        return new Resampling(pairs, [pairs.Length], Evaluate).Interval(random, options);
    }

    /// <summary>The interval of a statistic of two independent samples, each resampled on its own.</summary>
    /// <param name="first">The first sample, at least one value.</param>
    /// <param name="second">The second sample, at least one value; the sizes may differ.</param>
    /// <param name="statistic">Receives both resamples.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">Level, method and number of resamples; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds a value that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The statistic returned a number that is not finite.</exception>
    public static BootstrapInterval TwoSample(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, TwoSampleStatistic statistic, RandomGenerator random,
        BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        SampleChecks.Finite(first);
        SampleChecks.Finite(second);
        double[] values = [.. first, .. second];
        return new Resampling(values, [first.Length, second.Length], (drawn, sizes) => statistic(drawn[..sizes[0]], drawn[sizes[0]..]))
            .Interval(random, options);
    }

    /// <summary>The interval of <paramref name="statistic"/>(first) − <paramref name="statistic"/>(second) of independent samples.</summary>
    /// <inheritdoc cref="TwoSample"/>
    public static BootstrapInterval Difference(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Statistic statistic, RandomGenerator random,
        BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        return TwoSample(first, second, (x, y) => statistic(x) - statistic(y), random, options);
    }

    /// <summary>The interval of a statistic of several strata, each resampled within itself.</summary>
    /// <param name="values">The strata's values one after another.</param>
    /// <param name="sizes">How many of the values belong to each stratum, each at least 1; they sum to the number of values.</param>
    /// <param name="statistic">Receives the drawn values with the strata in the same order.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">Level, method and number of resamples; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a value is not finite.</exception>
    /// <exception cref="InvalidOperationException">The statistic returned a number that is not finite.</exception>
    public static BootstrapInterval Stratified(
        ReadOnlySpan<double> values, ReadOnlySpan<int> sizes, StratifiedStatistic statistic, RandomGenerator random,
        BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        SampleChecks.Finite(values);
        SampleChecks.Sizes(sizes, values.Length);
        return new Resampling(values.ToArray(), sizes.ToArray(), statistic).Interval(random, options);
    }
}
