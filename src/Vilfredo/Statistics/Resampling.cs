namespace Vilfredo.Statistics;

/// <summary>The engine under <see cref="Bootstrap"/>: strata resampled with replacement, and the interval read from them.</summary>
internal sealed class Resampling(double[] values, int[] sizes, StratifiedStatistic statistic)
{
    public BootstrapInterval Interval(RandomGenerator random, BootstrapOptions? options)
    {
        ArgumentNullException.ThrowIfNull(random);
        options ??= new BootstrapOptions();
        SampleChecks.Level(options.Level, nameof(options));
        if (options.Resamples < 2)
            throw new ArgumentOutOfRangeException(nameof(options), options.Resamples, "A bootstrap needs at least 2 resamples.");
        if (!Enum.IsDefined(options.Method))
            throw new ArgumentOutOfRangeException(nameof(options), options.Method, "Choose percentile or BCa.");

        var estimate = Evaluate(values, sizes);
        var distribution = Distribution(random, options.Resamples);
        Array.Sort(distribution);

        var tail = (1 - options.Level) / 2;
        var (low, high) = (tail, 1 - tail);
        var degenerate = distribution[0] == distribution[^1];
        if (options.Method == BootstrapMethod.BiasCorrectedAccelerated && !degenerate)
        {
            var bias = SpecialFunctions.NormalQuantile(FractionBelow(distribution, estimate));
            var acceleration = Acceleration();
            (low, high) = (Adjust(low, bias, acceleration), Adjust(high, bias, acceleration));
        }

        return new BootstrapInterval
        {
            Estimate = estimate,
            Lower = Descriptive.QuantileOfSorted(distribution, low),
            Upper = Descriptive.QuantileOfSorted(distribution, high),
            Level = options.Level,
            Method = options.Method,
            Resamples = options.Resamples,
            StandardError = Descriptive.StandardDeviation(distribution),
            IsDegenerate = degenerate,
        };
    }

    private double[] Distribution(RandomGenerator random, int resamples)
    {
        var distribution = new double[resamples];
        var drawn = new double[values.Length];
        for (var r = 0; r < resamples; r++)
        {
            var start = 0;
            foreach (var size in sizes)
            {
                var stratum = values.AsSpan(start, size);
                for (var i = 0; i < size; i++) drawn[start + i] = stratum[random.NextInt32(size)];
                start += size;
            }

            distribution[r] = Evaluate(drawn, sizes);
        }

        return distribution;
    }

    // Efron's a: a sixth of the skewness of the influence values, which the jackknife estimates by leaving out one value.
    private double Acceleration()
    {
        double squares = 0, cubes = 0;
        var rest = new double[values.Length - 1];
        var restSizes = (int[])sizes.Clone();
        var start = 0;
        for (var s = 0; s < sizes.Length; s++)
        {
            var n = sizes[s];
            if (n > 1)
            {
                var jackknife = new double[n];
                restSizes[s] = n - 1;
                for (var i = 0; i < n; i++)
                {
                    var left = start + i;
                    values.AsSpan(0, left).CopyTo(rest);
                    values.AsSpan(left + 1).CopyTo(rest.AsSpan(left));
                    jackknife[i] = Evaluate(rest, restSizes);
                }

                restSizes[s] = n;
                var mean = Descriptive.UncheckedMean(jackknife);
                foreach (var value in jackknife)
                {
                    var influence = (n - 1) * (mean - value) / n;
                    squares += influence * influence;
                    cubes += influence * influence * influence;
                }
            }

            start += n;
        }

        return squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
    }

    // The fraction of resamples below the estimate, ties as half. A resample that holds the same values in another order may
    // differ from the estimate by rounding, so ties are told with a tolerance. The fraction is kept half a resample away from
    // 0 and 1, where the normal quantile would be infinite.
    private static double FractionBelow(double[] sorted, double estimate)
    {
        var tolerance = 1e-12 * (sorted[^1] - sorted[0]);
        double below = 0;
        foreach (var value in sorted) below += Math.Abs(value - estimate) <= tolerance ? 0.5 : value < estimate ? 1 : 0;
        return Math.Clamp(below, 0.5, sorted.Length - 0.5) / sorted.Length;
    }

    private static double Adjust(double probability, double bias, double acceleration)
    {
        var shifted = bias + SpecialFunctions.NormalQuantile(probability);
        var denominator = 1 - acceleration * shifted;

        // Beyond the pole of the formula the corrected quantile has run off to the end of the distribution.
        if (denominator <= 0) return shifted > 0 ? 1 : 0;
        return SpecialFunctions.NormalCdf(bias + shifted / denominator);
    }

    private double Evaluate(ReadOnlySpan<double> sample, ReadOnlySpan<int> strata)
    {
        var value = statistic(sample, strata);
        return double.IsFinite(value)
            ? value
            : throw new InvalidOperationException(
                $"The statistic of a resample is {value}. Choose a statistic that is finite for every resample, also when all its values are equal.");
    }
}
