namespace Vilfredo.Measurement.IdealizedRuntime.Profiling;

/// <summary>In what order the runs of a profile are made.</summary>
public enum RunOrder
{
    /// <summary>All runs of one pair of lengths, then those of the next: for a machine of one's own.</summary>
    CellByCell,

    /// <summary>
    /// All pairs once, in random order, then all again: a busy hour at an endpoint then touches every pair, and its minimum over runs
    /// avoids that hour.
    /// </summary>
    Interleaved,
}
