using Vilfredo.Attainment;

namespace Vilfredo.Statistics;

/// <summary>
/// What can be said of a Pareto frontier whose points are means of noisy repeats: the probability of each point to be
/// non-dominated, of each to dominate another, and the attainment of the frontiers that might have come out. All objectives are
/// minimised.
/// </summary>
/// <remarks>
/// <para>A bootstrap over the repeats: each resample draws every point's repeats with replacement, whole rows at a time so that
/// objectives measured together stay together, and takes the means. The deviations are scaled by √(r / (r − 1)), because r
/// repeats drawn from themselves vary too little by that factor. Which point dominates which is then counted over the
/// resamples. The probabilities concern the true means, not single measurements.</para>
/// <para>A pooled covariance is the sum of the points' squared deviations over Σ (r − 1); it takes the noise to be alike
/// everywhere. When no point has two repeats nothing is known of the noise (<see cref="KnowsNoise"/> is false): no point
/// varies, and every probability is 0 or 1.</para>
/// <para>Cost: drawing takes O(resamples · repeats · objectives) for each point, probabilities O(points² · resamples ·
/// objectives) at worst, in vectors over the resamples; pairs that are told apart by their extremes cost O(objectives).
/// Memory: points · resamples · objectives numbers. Instances are immutable and thread-safe.</para>
/// </remarks>
public sealed class FrontierUnderNoise
{
    private readonly double[] means;
    private readonly ResampledPoints resampled;
    private readonly double[] probabilities;

    private FrontierUnderNoise(double[] means, ResampledPoints resampled, bool knowsNoise)
    {
        this.means = means;
        this.resampled = resampled;
        KnowsNoise = knowsNoise;
        probabilities = resampled.CountNonDominated();
        for (var i = 0; i < probabilities.Length; i++) probabilities[i] /= Resamples;
    }

    /// <summary>The number of points.</summary>
    public int Count => resampled.Count;

    /// <summary>Values per point.</summary>
    public int Objectives => resampled.Objectives;

    /// <summary>The number of resamples.</summary>
    public int Resamples => resampled.Resamples;

    /// <summary>Whether any point has two repeats, so that something is known of the noise.</summary>
    public bool KnowsNoise { get; }

    /// <summary>The mean over the repeats of each point, row-major.</summary>
    public ReadOnlySpan<double> Means => means;

    /// <summary>The probability of each point to be non-dominated: the share of the resamples in which it is.</summary>
    public IReadOnlyList<double> NonDominatedProbabilities => probabilities;

    /// <summary>Resamples the repeats of points.</summary>
    /// <param name="samples">
    /// For each point its repeats: a row-major matrix of at least one row of <paramref name="objectives"/> finite values, to be
    /// minimised.
    /// </param>
    /// <param name="objectives">Values per row, at least 1.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">The number of resamples and the model of the noise; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">A point has no repeat or a partial row, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option or <paramref name="objectives"/> is out of range.</exception>
    public static FrontierUnderNoise Estimate(
        IReadOnlyList<double[]> samples, int objectives, RandomGenerator random, FrontierUnderNoiseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(random);
        options ??= new FrontierUnderNoiseOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Resamples, 1, nameof(options));
        if (!Enum.IsDefined(options.Noise))
            throw new ArgumentOutOfRangeException(nameof(options), options.Noise, "Choose one of the noise models.");
        Validate(samples, objectives);

        var means = new double[samples.Count * objectives];
        for (var i = 0; i < samples.Count; i++) MeanOfRows(samples[i], means.AsSpan(i * objectives, objectives));

        var pooled = options.Noise == NoiseModel.Resampled ? null : PooledNoise.Of(samples, means, objectives);
        var values = new double[means.Length * options.Resamples];
        for (var i = 0; i < samples.Count; i++)
        {
            var repeats = samples[i].Length / objectives;
            var mean = means.AsSpan(i * objectives, objectives);
            var target = values.AsSpan(i * objectives * options.Resamples, objectives * options.Resamples);
            if (pooled is not null && (repeats == 1 || options.Noise == NoiseModel.Pooled)) pooled.Draw(mean, repeats, target, random);
            else DrawRepeats(samples[i], mean, target, random);
        }

        var knowsNoise = samples.Any(rows => rows.Length > objectives);
        return new FrontierUnderNoise(means, new ResampledPoints(values, objectives, options.Resamples), knowsNoise);
    }

    /// <summary>Resamples that the caller has drawn, such as paired ones: the same problems for every point.</summary>
    /// <param name="means">The values of the points, row-major, to be minimised.</param>
    /// <param name="values">The same in each resample: for each point and objective, in that order, a column of <paramref name="resamples"/> values. Kept, not copied.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="resamples">Values per column, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a value is NaN.</exception>
    public static FrontierUnderNoise OfResamples(double[] means, double[] values, int objectives, int resamples)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (means.Length % objectives != 0 || values.Length != means.Length * resamples)
            throw new ArgumentException($"{means.Length} means of {objectives} objectives in {resamples} resamples take {means.Length * resamples} values, not {values.Length}.", nameof(values));
        if (means.Any(double.IsNaN) || values.Any(double.IsNaN))
            throw new ArgumentException("A value is NaN; leave points without a measurement out.", nameof(values));
        return new FrontierUnderNoise([.. means], new ResampledPoints(values, objectives, resamples), knowsNoise: true);
    }

    /// <summary>The probability that one point dominates another: no worse in every objective, better in one. O(resamples).</summary>
    /// <param name="dominating">The index of the point that dominates.</param>
    /// <param name="dominated">The index of the point that is dominated.</param>
    public double DominationProbability(int dominating, int dominated)
    {
        CheckPoint(dominating, nameof(dominating));
        CheckPoint(dominated, nameof(dominated));
        return (double)resampled.CountDominations(dominating, dominated) / Resamples;
    }

    /// <summary>The percentile interval of a point's mean in one objective. O(resamples · log).</summary>
    /// <param name="point">The index of the point.</param>
    /// <param name="objective">The index of the objective.</param>
    /// <param name="level">In (0, 1), such as 0.95.</param>
    public (double Lower, double Upper) Interval(int point, int objective, double level = 0.95)
    {
        CheckPoint(point, nameof(point));
        ArgumentOutOfRangeException.ThrowIfNegative(objective);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(objective, Objectives);
        SampleChecks.Level(level);
        var sorted = resampled.Column(point, objective).ToArray();
        Array.Sort(sorted);
        return (Descriptive.QuantileOfSorted(sorted, (1 - level) / 2), Descriptive.QuantileOfSorted(sorted, (1 + level) / 2));
    }

    /// <summary>The means of all points in one resample, row-major.</summary>
    /// <param name="resample">From 0 to <see cref="Resamples"/> − 1.</param>
    public double[] Resample(int resample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(resample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(resample, Resamples);
        var rows = new double[means.Length];
        for (var i = 0; i < rows.Length; i++) rows[i] = resampled.Column(i / Objectives, i % Objectives)[resample];
        return rows;
    }

    /// <summary>
    /// The attainment of the frontiers that might have come out: its surfaces at 5, 50 and 95 percent are a band around the
    /// frontier and its middle.
    /// </summary>
    /// <param name="resamples">How many of the resamples to use at most; each counts as one run.</param>
    public AttainmentFunction Attainment(int resamples = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        return new AttainmentFunction([.. Enumerable.Range(0, Math.Min(resamples, Resamples)).Select(Resample)], Objectives);
    }

    private static void Validate(IReadOnlyList<double[]> samples, int objectives)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 1);
        for (var i = 0; i < samples.Count; i++)
        {
            var name = $"samples of point {i}";
            ArgumentNullException.ThrowIfNull(samples[i], name);
            if (PointMatrix.Validate(samples[i], objectives, name) == 0)
                throw new ArgumentException($"The {name} are empty; give at least one repeat, or leave the point out.", nameof(samples));
            SampleChecks.Finite(samples[i], name);
        }
    }

    private static void MeanOfRows(ReadOnlySpan<double> rows, Span<double> mean)
    {
        var repeats = rows.Length / mean.Length;
        for (var k = 0; k < mean.Length; k++)
        {
            // Starting from the first row, the mean of equal values is that value to the last bit: duplicates stay duplicates.
            double deviation = 0;
            for (var r = 1; r < repeats; r++) deviation += rows[r * mean.Length + k] - rows[k];
            mean[k] = rows[k] + deviation / repeats;
        }
    }

    private static void DrawRepeats(ReadOnlySpan<double> rows, ReadOnlySpan<double> mean, Span<double> target, RandomGenerator random)
    {
        var objectives = mean.Length;
        var repeats = rows.Length / objectives;
        var resamples = target.Length / objectives;
        if (repeats == 1)
        {
            for (var k = 0; k < objectives; k++) target.Slice(k * resamples, resamples).Fill(mean[k]);
            return;
        }

        var scale = Math.Sqrt(repeats / (repeats - 1.0)) / repeats;
        var deviations = new double[rows.Length];
        for (var i = 0; i < deviations.Length; i++) deviations[i] = scale * (rows[i] - mean[i % objectives]);
        var sums = new double[objectives];
        for (var b = 0; b < resamples; b++)
        {
            Array.Clear(sums);
            for (var r = 0; r < repeats; r++)
            {
                var row = random.NextInt32(repeats) * objectives;
                for (var k = 0; k < objectives; k++) sums[k] += deviations[row + k];
            }

            for (var k = 0; k < objectives; k++) target[k * resamples + b] = mean[k] + sums[k];
        }
    }

    private void CheckPoint(int point, string parameter)
    {
        if (point < 0 || point >= Count)
            throw new ArgumentOutOfRangeException(parameter, point, $"There are {Count} points, counted from 0.");
    }
}
