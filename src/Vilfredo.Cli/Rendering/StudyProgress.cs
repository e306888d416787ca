namespace Vilfredo.Cli.Rendering;

/// <summary>How far a running study is, at one moment. Plain numbers; the caller counts and keeps the time.</summary>
public sealed record StudyProgress
{
    /// <summary>Trials that ended, in whatever state.</summary>
    public required int Ended { get; init; }

    /// <summary>Trials to run in all, when the budget is in trials.</summary>
    public int? TrialBudget { get; init; }

    /// <summary>Time the study has been running.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Time to run in all, when the budget is in time.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Trials running now.</summary>
    public int Running { get; init; }

    /// <summary>Trials on the frontier.</summary>
    public int OnFrontier { get; init; }

    /// <summary>The hypervolume of the frontier, when it is followed.</summary>
    public double? Hypervolume { get; init; }

    /// <summary>Trials that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Trials that were ended before they were done.</summary>
    public int Pruned { get; init; }

    /// <summary>Trials that timed out.</summary>
    public int TimedOut { get; init; }

    /// <summary>Trials that break a constraint.</summary>
    public int Infeasible { get; init; }

    /// <summary>
    /// Trials that had ended before this run, when a study is resumed: they count as done but say nothing about the rate.
    /// </summary>
    public int EndedBefore { get; init; }

    /// <summary>Trials per second of this run, or <see langword="null"/> before the first one ended.</summary>
    public double? Rate => Ended > EndedBefore && Elapsed > TimeSpan.Zero ? (Ended - EndedBefore) / Elapsed.TotalSeconds : null;

    /// <summary>The part of the budget that is used, 0 to 1: of the budget that is nearer to its end when there are two.</summary>
    public double? Fraction
    {
        get
        {
            double? byTrials = TrialBudget is > 0 and { } trials ? Math.Clamp((double)Ended / trials, 0, 1) : null;
            double? byTime = TimeBudget is { } time && time > TimeSpan.Zero ? Math.Clamp(Elapsed / time, 0, 1) : null;
            return byTrials is { } a && byTime is { } b ? Math.Max(a, b) : byTrials ?? byTime;
        }
    }

    /// <summary>Time until the first budget is used up at the present rate, or <see langword="null"/> when that is not known.</summary>
    public TimeSpan? Remaining
    {
        get
        {
            TimeSpan? byTrials = TrialBudget is { } trials && Rate is { } rate
                ? TimeSpan.FromSeconds(Math.Min(Math.Max(0, trials - Ended) / rate, TimeSpan.MaxValue.TotalSeconds / 2))
                : null;
            TimeSpan? byTime = TimeBudget is { } time ? (time > Elapsed ? time - Elapsed : TimeSpan.Zero) : null;
            return byTrials is { } a && byTime is { } b ? (a < b ? a : b) : byTrials ?? byTime;
        }
    }
}
