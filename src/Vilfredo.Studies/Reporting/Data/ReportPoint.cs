namespace Vilfredo.Studies.Reporting;

/// <summary>One trial of a study: what was tried, how it ended, and what was measured.</summary>
public sealed record ReportPoint
{
    /// <summary>The trial's number in its study.</summary>
    public required int Trial { get; init; }

    /// <summary>How the trial ended.</summary>
    public required ReportPointState State { get; init; }

    /// <summary>Values by knob name; a knob that was not active in this trial is absent.</summary>
    public IReadOnlyDictionary<string, ReportKnobValue> Knobs { get; init; } =
        System.Collections.Immutable.ImmutableDictionary<string, ReportKnobValue>.Empty;

    /// <summary>
    /// One finite value per objective, in the user's direction and unit. Required when the state is
    /// <see cref="ReportPointState.Completed"/> or <see cref="ReportPointState.Infeasible"/>; empty when nothing was measured.
    /// </summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>
    /// For a trial that timed out, what is known per objective: the true value is at least this bad (a lower bound of a
    /// minimised objective, an upper bound of a maximised one). <see langword="null"/> per objective of which nothing is
    /// known; empty when nothing is known at all.
    /// </summary>
    public IReadOnlyList<double?> Bounds { get; init; } = [];

    /// <summary>The repeats behind <see cref="Values"/>, each with one value per objective; empty when it was measured once.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Samples { get; init; } = [];

    /// <summary>Whether no other feasible trial dominates this one.</summary>
    public bool IsOnFrontier { get; init; }

    /// <summary>Whether this is the knee: the trial that the study suggests when no preference is given.</summary>
    public bool IsKnee { get; init; }

    /// <summary>The probability, 0 to 1, that the trial is non-dominated given the noise of its repeats, when it was estimated.</summary>
    public double? NonDominatedProbability { get; init; }

    /// <summary>Why the trial has no (feasible, timely) result.</summary>
    public string? Reason { get; init; }

    /// <summary>The last lines a failed trial printed.</summary>
    public string? Output { get; init; }

    /// <summary>The command that runs this trial again, ready to paste into a shell.</summary>
    public string? Command { get; init; }

    /// <summary>How long the trial took.</summary>
    public TimeSpan? Duration { get; init; }
}
