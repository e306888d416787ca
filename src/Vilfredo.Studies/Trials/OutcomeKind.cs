namespace Vilfredo.Studies;

/// <summary>How one evaluation ended.</summary>
public enum OutcomeKind
{
    /// <summary>It gave a value for every objective, and every measured constraint holds.</summary>
    Completed,

    /// <summary>It gave a value for every objective, but a measured constraint is violated.</summary>
    Infeasible,

    /// <summary>It gave no usable result.</summary>
    Failed,

    /// <summary>The time limit ended it.</summary>
    TimedOut,

    /// <summary>It was ended because it did not look worth going on.</summary>
    Pruned,

    /// <summary>The user ended it.</summary>
    Cancelled,
}
