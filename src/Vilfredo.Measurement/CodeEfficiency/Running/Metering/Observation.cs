using Vilfredo.Statistics;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Metering;

/// <summary>The cost of one call on one axis.</summary>
public sealed record Observation
{
    /// <summary>How the call ended.</summary>
    public required SampleVerdict Verdict { get; init; }

    /// <summary>What was counted.</summary>
    public required CostAxis Axis { get; init; }

    /// <summary>
    /// The median of the repetitions. Of a run that was stopped at a limit of time it is right-censored: at least what the limit lets one
    /// be sure of. <see langword="null"/> for a call that ended in another way, and for an axis that the machine or language lacks.
    /// </summary>
    public CensoredValue? Cost { get; init; }

    /// <summary>The limit that stopped the call.</summary>
    public LimitKind? LimitUsed { get; init; }

    /// <summary>The cost of each timed run, in order.</summary>
    public IReadOnlyList<double> Repetitions { get; init; } = [];

    /// <summary>The distance between the quartiles of the repetitions over their median: noise, as a fraction. <see langword="null"/> for fewer than two.</summary>
    public double? RelativeSpread
    {
        get
        {
            if (Repetitions.Count < 2) return null;
            double[] sample = [.. Repetitions];
            var median = Descriptive.Median(sample);
            return median > 0 ? (Descriptive.Quantile(sample, 0.75) - Descriptive.Quantile(sample, 0.25)) / median : null;
        }
    }

    /// <summary>The smallest repetition: the run that was disturbed least. <see langword="null"/> for none.</summary>
    public double? Minimum => Repetitions.Count == 0 ? null : Repetitions.Min();

    /// <summary>Reads a call's cost.</summary>
    /// <param name="call">The call's result.</param>
    /// <param name="axis">What to count; not <see cref="CostAxis.Instructions"/>, which <see cref="InstructionMeter"/> measures.</param>
    /// <param name="limits">The limits it ran under.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis is not measured by a run.</exception>
    public static Observation Of(CallResult call, CostAxis axis, RunLimits limits)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(limits);
        var costs = call.Runs.Select(run => Read(run, axis)).ToList();
        var isMeasured = costs.Count > 0 && costs.All(cost => cost is not null);
        double[] repetitions = isMeasured ? [.. costs.Select(cost => cost!.Value)] : [];
        return new Observation
        {
            Verdict = call.Verdict,
            Axis = axis,
            LimitUsed = call.LimitUsed,
            Repetitions = repetitions,
            Cost = isMeasured ? CensoredValue.Exactly(Descriptive.Median(repetitions)) : LowerBound(call, axis, limits),
        };
    }

    private static double? Read(RunCost run, CostAxis axis) => axis switch
    {
        CostAxis.ThreadCpuTime => run.ThreadCpuSeconds,
        CostAxis.ProcessCpuTime => run.ProcessCpuSeconds,
        CostAxis.WallTime => run.WallSeconds,
        CostAxis.AllocatedBytes => run.AllocatedBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, "This cost is not measured by an ordinary run; use InstructionMeter for instructions."),
    };

    private static CensoredValue? LowerBound(CallResult call, CostAxis axis, RunLimits limits)
    {
        if (call.Verdict != SampleVerdict.TimeLimit) return null;
        return (axis, call.LimitUsed) switch
        {
            // CPU time that was used has passed on the wall as well. (Of several threads it has not, but those are a violation of the policy.)
            (CostAxis.ThreadCpuTime or CostAxis.ProcessCpuTime or CostAxis.WallTime, LimitKind.CpuTime) => CensoredValue.AtLeast(limits.CpuTime.TotalSeconds),
            (CostAxis.WallTime, LimitKind.WallTime) => CensoredValue.AtLeast(limits.EffectiveWallTime.TotalSeconds),
            _ => CensoredValue.AtLeast(0), // of a sleeper's CPU time, and of allocated bytes, a limit of time says nothing
        };
    }
}
