namespace Vilfredo.Studies;

/// <summary>Where a trial stands. Every state but <see cref="Running"/> carries a reason where there is one.</summary>
public enum TrialState
{
    /// <summary>Given out to a worker whose lease has not been answered yet.</summary>
    Running,

    /// <summary>Measured, and every constraint holds.</summary>
    Completed,

    /// <summary>Measured, but a measured constraint is violated.</summary>
    Infeasible,

    /// <summary>The evaluation ended without a usable result.</summary>
    Failed,

    /// <summary>The time limit ended the evaluation; its cost is "at least the limit".</summary>
    TimedOut,

    /// <summary>Ended before it was done, because it did not look worth going on.</summary>
    Pruned,

    /// <summary>Stopped by the user; given out again when the study is resumed.</summary>
    Cancelled,

    /// <summary>Measured, with a result that arrived after the worker's lease had ended and that no other result replaces.</summary>
    Late,
}
