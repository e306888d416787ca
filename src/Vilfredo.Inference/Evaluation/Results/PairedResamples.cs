using Vilfredo.Statistics;

namespace Vilfredo.Inference.Evaluation.Results;

/// <summary>A bootstrap over problems in which every point meets the same problems in each resample, so that what a problem does to all of them cancels in their differences. The repeats of a problem stay together: a cluster bootstrap.</summary>
/// <remarks>Deviations from the mean are scaled by √(n / (n − 1)), because n problems drawn from themselves vary too little by that factor.</remarks>
internal sealed class PairedResamples
{
    private readonly int[] _drawn;
    private readonly int _problems;

    /// <summary>Draws resamples.</summary>
    /// <param name="problems">The number of problems, at least 1.</param>
    /// <param name="resamples">The number of resamples, at least 1.</param>
    /// <param name="random">Draws them.</param>
    public PairedResamples(int problems, int resamples, RandomGenerator random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(problems, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        (_problems, Count) = (problems, resamples);
        _drawn = new int[checked(problems * resamples)];
        for (var i = 0; i < _drawn.Length; i++)
            _drawn[i] = random.NextInt32(problems);
    }

    /// <summary>The number of resamples.</summary>
    public int Count { get; }

    /// <summary>The mean of a value of each problem in each resample.</summary>
    public double[] Means(IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Count, _problems);
        double[] given = [.. values];
        var mean = given.Average();
        var scale = _problems > 1 ? Math.Sqrt(_problems / (_problems - 1.0)) : 1;
        var means = new double[Count];
        for (var b = 0; b < Count; b++)
        {
            double deviation = 0;
            foreach (var problem in _drawn.AsSpan(b * _problems, _problems))
                deviation += given[problem] - mean;
            means[b] = mean + (scale * deviation / _problems);
        }

        return means;
    }

    /// <summary>The percentile interval of values in the resamples.</summary>
    public static (double Lower, double Upper) Interval(IReadOnlyList<double> values, double level)
    {
        double[] sorted = [.. values.Order()];
        return (At((1 - level) / 2), At((1 + level) / 2));

        double At(double share)
        {
            // Between a number and infinity there is no mean.
            var place = share * (sorted.Length - 1);
            return double.IsFinite(sorted[(int)Math.Ceiling(place)]) ? Descriptive.QuantileOfSorted(sorted, share) : sorted[(int)Math.Ceiling(place)];
        }
    }
}
