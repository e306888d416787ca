namespace Vilfredo.Statistics;

/// <summary>
/// The Kaplan-Meier estimate of the distribution of values of which some are right-censored: Kaplan and Meier, "Nonparametric
/// estimation from incomplete observations", JASA 53, 1958.
/// </summary>
/// <remarks>
/// A value censored at t counts as at risk at t (events come before losses). Censoring must not depend on the true value other
/// than through the limit, which holds for a time limit. Fitting is O(n log n).
/// </remarks>
public sealed class KaplanMeier
{
    // Products of fractions such as 3/4 · 2/3 hit 1/2 only up to rounding.
    private const double QuantileSlack = 1e-12;

    private readonly SurvivalStep[] steps;

    private KaplanMeier(SurvivalStep[] steps, int count, double largest)
    {
        this.steps = steps;
        Count = count;
        LargestTime = largest;
    }

    /// <summary>The steps of the curve, ascending in time; the curve is 1 before the first and constant between them.</summary>
    public IReadOnlyList<SurvivalStep> Steps => steps;

    /// <summary>The number of values.</summary>
    public int Count { get; }

    /// <summary>The largest value, censored or not: where the evidence ends.</summary>
    public double LargestTime { get; }

    /// <summary>Whether the curve comes down to 0, that is whether the largest value was completed.</summary>
    public bool IsComplete => steps.Length > 0 && steps[^1].Survival == 0;

    /// <summary>The median as <see cref="Quantile"/> gives it.</summary>
    public CensoredValue Median => Quantile(0.5);

    /// <summary>Fits the curve.</summary>
    /// <param name="values">At least one; none below 0.</param>
    /// <exception cref="ArgumentException">There are no values, or one is negative.</exception>
    public static KaplanMeier Fit(ReadOnlySpan<CensoredValue> values)
    {
        var sorted = CensoredSample.Sort(values);
        var steps = new List<SurvivalStep>();
        double survival = 1, greenwood = 0;
        for (var i = 0; i < sorted.Length;)
        {
            var time = sorted[i].Value;
            var atRisk = sorted.Length - i;
            var events = 0;
            for (; i < sorted.Length && sorted[i].Value == time; i++)
                if (!sorted[i].IsCensored) events++;
            if (events == 0) continue;

            survival = events == atRisk ? 0 : survival * (atRisk - events) / atRisk;
            if (events < atRisk) greenwood += (double)events / ((double)atRisk * (atRisk - events));
            steps.Add(new SurvivalStep(time, atRisk, events, survival, survival * survival * greenwood));
        }

        return new KaplanMeier([.. steps], sorted.Length, sorted[^1].Value);
    }

    /// <summary>The estimated probability of a value above <paramref name="time"/>.</summary>
    /// <remarks>Beyond <see cref="LargestTime"/> an incomplete curve says nothing: NaN.</remarks>
    public double SurvivalAt(double time)
    {
        if (double.IsNaN(time)) throw new ArgumentOutOfRangeException(nameof(time), time, "Give a time.");
        if (time > LargestTime && !IsComplete) return double.NaN;
        var index = LastStepAt(time);
        return index < 0 ? 1 : steps[index].Survival;
    }

    /// <summary>
    /// The smallest value that a fraction of the values is at most; a lower limit when the curve ends before that fraction.
    /// </summary>
    /// <param name="probability">The fraction, in (0, 1).</param>
    public CensoredValue Quantile(double probability)
    {
        SampleChecks.Level(probability);
        return FirstAtMost(1 - probability, step => step.Survival);
    }

    /// <summary>
    /// The confidence interval of a quantile by inverting a pointwise band (Brookmeyer and Crowley, Biometrics 38, 1982); an end
    /// that the band does not reach is a lower limit.
    /// </summary>
    /// <param name="probability">The fraction, in (0, 1); 0.5 for the median.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <param name="band">How the band is laid.</param>
    public (CensoredValue Lower, CensoredValue Upper) QuantileInterval(
        double probability = 0.5, double level = 0.95, SurvivalBand band = SurvivalBand.LogLog)
    {
        SampleChecks.Level(probability);
        var limits = Band(level, band);
        var index = 0;
        var lower = FirstAtMost(1 - probability, _ => limits[index++].Lower);
        index = 0;
        return (lower, FirstAtMost(1 - probability, _ => limits[index++].Upper));
    }

    /// <summary>Confidence limits of the curve at each of its steps.</summary>
    /// <remarks>
    /// Once the curve is at 0 the variance is not defined; the limits of that step are 0 and the previous upper limit, except
    /// for <see cref="SurvivalBand.HallWellner"/>, where they follow the formula of the previous step.
    /// </remarks>
    /// <param name="level">The level, in (0, 1).</param>
    /// <param name="band">How the band is laid.</param>
    public IReadOnlyList<SurvivalInterval> Band(double level = 0.95, SurvivalBand band = SurvivalBand.LogLog)
    {
        SampleChecks.Level(level);
        if (!Enum.IsDefined(band)) throw new ArgumentOutOfRangeException(nameof(band), band, "Choose one of the bands.");

        var z = SpecialFunctions.NormalQuantile((1 + level) / 2);
        var simultaneous = band == SurvivalBand.HallWellner ? SpecialFunctions.KolmogorovCriticalValue(1 - level) : 0;
        var intervals = new SurvivalInterval[steps.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            var s = steps[i].Survival;
            if (s == 0)
            {
                intervals[i] = new SurvivalInterval(steps[i].Time, 0, 0, i == 0 ? 1 : intervals[i - 1].Upper);
                continue;
            }

            // Greenwood's sum: the variance of S over S squared.
            var relative = steps[i].Variance / (s * s);
            var (lower, upper) = band switch
            {
                SurvivalBand.LogLog => LogLogLimits(s, z * Math.Sqrt(relative)),
                SurvivalBand.Log => (s * Math.Exp(-z * Math.Sqrt(relative)), s * Math.Exp(z * Math.Sqrt(relative))),
                SurvivalBand.Plain => (s - z * s * Math.Sqrt(relative), s + z * s * Math.Sqrt(relative)),
                _ => HallWellnerLimits(s, simultaneous * (1 + Count * relative) / Math.Sqrt(Count)),
            };
            intervals[i] = new SurvivalInterval(steps[i].Time, s, Math.Max(0, lower), Math.Min(1, upper));
        }

        return intervals;
    }

    /// <summary>The mean restricted to a horizon, with its variance.</summary>
    /// <remarks>
    /// The area under the curve; variance Σ (area beyond t)² d / (r (r − d)) over the steps, as in Klein and Moeschberger,
    /// "Survival Analysis" (2003), section 4.5.
    /// </remarks>
    /// <param name="horizon">Positive; at most <see cref="LargestTime"/> unless the curve comes down to 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is not positive and finite, or lies beyond the evidence.</exception>
    public RestrictedMean RestrictedMean(double horizon)
    {
        if (!(horizon > 0) || double.IsInfinity(horizon))
            throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "A horizon is a positive, finite number.");
        if (horizon > LargestTime && !IsComplete)
        {
            throw new ArgumentOutOfRangeException(
                nameof(horizon), horizon,
                $"The largest value was cut off at {LargestTime}, so nothing is known beyond; choose a horizon of at most {LargestTime}.");
        }

        // Backwards, so that the area beyond each step is at hand when its variance term is added.
        double area = 0, variance = 0;
        var end = horizon;
        for (var i = LastStepAt(horizon); i >= 0; i--)
        {
            var step = steps[i];
            area += step.Survival * (end - step.Time);
            end = step.Time;
            if (step.AtRisk > step.Events)
                variance += area * area * step.Events / ((double)step.AtRisk * (step.AtRisk - step.Events));
        }

        return new RestrictedMean(area + end, variance, horizon);
    }

    private static (double Lower, double Upper) LogLogLimits(double survival, double reach)
    {
        var log = Math.Log(survival);
        var spread = Math.Exp(reach / -log);
        return (Math.Exp(log * spread), Math.Exp(log / spread));
    }

    private static (double Lower, double Upper) HallWellnerLimits(double survival, double reach) =>
        (survival * (1 - reach), survival * (1 + reach));

    private CensoredValue FirstAtMost(double threshold, Func<SurvivalStep, double> curve)
    {
        foreach (var step in steps)
            if (curve(step) <= threshold + QuantileSlack) return CensoredValue.Exactly(step.Time);
        return CensoredValue.AtLeast(LargestTime);
    }

    // The index of the last step at or before a time, or -1.
    private int LastStepAt(double time)
    {
        var (low, high) = (0, steps.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (steps[middle].Time <= time) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }
}
