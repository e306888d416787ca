namespace Vilfredo.Optimization;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>The number of evaluations was reached.</summary>
    Evaluations,

    /// <summary>The number of generations was reached.</summary>
    Generations,

    /// <summary>The time was up.</summary>
    Time,

    /// <summary>The caller's condition was met.</summary>
    Condition,

    /// <summary>The target values or the hypervolume were reached.</summary>
    Target,

    /// <summary>The hypervolume stood still.</summary>
    Stagnation,

    /// <summary>The optimiser had nothing left to propose.</summary>
    Exhausted,

    /// <summary>The caller cancelled the run.</summary>
    Canceled,
}
