namespace Vilfredo.Studies.Reporting;

/// <summary>How a trial ended.</summary>
public enum ReportPointState
{
    /// <summary>It has all its values and meets the constraints.</summary>
    Completed,

    /// <summary>It has all its values but breaks a constraint.</summary>
    Infeasible,

    /// <summary>It has no values: the program failed, or what it printed was not a measurement.</summary>
    Failed,

    /// <summary>It was stopped at its time limit: its costs are known only as "at least".</summary>
    TimedOut,

    /// <summary>It was ended before it was done, because it did not look worth going on.</summary>
    Pruned,

    /// <summary>It was stopped by the user.</summary>
    Cancelled,

    /// <summary>Its result arrived after another result of the same trial and does not count.</summary>
    Late,
}
