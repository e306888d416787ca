namespace Vilfredo.Inference.Running;

/// <summary>Why a strategy stopped.</summary>
public enum StopReason
{
    /// <summary>It did everything that it does.</summary>
    Completed,

    /// <summary>More calls would not have changed the answer, or were not worth it by the strategy's own rule.</summary>
    Early,

    /// <summary>A budget was used up; the answer is the best of what there was.</summary>
    Budget,

    /// <summary>Calls failed; the answer is the best of what there was.</summary>
    Failures,
}
