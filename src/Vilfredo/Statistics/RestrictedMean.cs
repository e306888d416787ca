namespace Vilfredo.Statistics;

/// <summary>
/// The mean of values cut at a horizon, E[min(X, horizon)]: what can be said of a mean when the longest values were cut off.
/// </summary>
/// <param name="Value">The estimate: the area under the survival curve up to the horizon.</param>
/// <param name="Variance">The variance of the estimate.</param>
/// <param name="Horizon">The horizon. Restricted means are only comparable at the same one.</param>
public sealed record RestrictedMean(double Value, double Variance, double Horizon)
{
    /// <summary>The standard error of the estimate.</summary>
    public double StandardError => Math.Sqrt(Variance);

    /// <summary>The normal confidence interval, cut to [0, horizon].</summary>
    /// <param name="level">In (0, 1), such as 0.95.</param>
    public (double Lower, double Upper) Interval(double level = 0.95)
    {
        SampleChecks.Level(level);
        var reach = SpecialFunctions.NormalQuantile((1 + level) / 2) * StandardError;
        return (Math.Max(0, Value - reach), Math.Min(Horizon, Value + reach));
    }

    /// <summary>For example <c>3.2 ± 0.4 (restricted to 10)</c>, the standard error behind the sign.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Value:G6} ± {StandardError:G3} (restricted to {Horizon:G6})");
}
