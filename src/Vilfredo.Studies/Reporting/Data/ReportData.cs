namespace Vilfredo.Studies.Reporting;

/// <summary>Everything the pictures of a study show. Plain data: the pictures are pure functions of it.</summary>
public sealed record ReportData
{
    /// <summary>What the study is called.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence below the title.</summary>
    public string? Subtitle { get; init; }

    /// <summary>How the study was made, in the order of display.</summary>
    public IReadOnlyList<ReportNote> Notes { get; init; } = [];

    /// <summary>The objectives, at least one, with distinct names.</summary>
    public required IReadOnlyList<Objective> Objectives { get; init; }

    /// <summary>The knobs in the order of display, with distinct names.</summary>
    public IReadOnlyList<ReportKnob> Knobs { get; init; } = [];

    /// <summary>The trials that ended, in any order, with distinct numbers except for late results.</summary>
    public IReadOnlyList<ReportPoint> Points { get; init; } = [];

    /// <summary>The hypervolume after growing numbers of trials; empty when it was not followed.</summary>
    public IReadOnlyList<HypervolumeSample> HypervolumeHistory { get; init; } = [];

    /// <summary>The reference point of <see cref="HypervolumeHistory"/>, one value per objective in the user's direction.</summary>
    public IReadOnlyList<double>? ReferencePoint { get; init; }

    /// <summary>Levels of the attainment function, for studies of two objectives with repeats; else empty.</summary>
    public IReadOnlyList<AttainmentCurve> AttainmentCurves { get; init; } = [];

    /// <summary>What the bars of points with several <see cref="ReportPoint.Samples"/> are.</summary>
    public string SpreadName { get; init; } = "range of the repeats";

    /// <summary>How many trials were asked for, when the budget is in trials.</summary>
    public int? TrialBudget { get; init; }

    /// <summary>How long the whole study took.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How many of <see cref="Points"/> ended in each state; states that did not occur are absent.</summary>
    public IReadOnlyDictionary<ReportPointState, int> CountByState() =>
        Points.GroupBy(point => point.State).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>Checks that the record is consistent. Every picture calls it first.</summary>
    /// <exception cref="ArgumentException">Names what is wrong, where, and what is allowed.</exception>
    public void Validate() => ReportDataRules.Check(this);
}
