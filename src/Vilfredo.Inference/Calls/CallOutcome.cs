namespace Vilfredo.Inference.Calls;

/// <summary>How a call of a model ended.</summary>
public enum CallOutcome
{
    /// <summary>It answered.</summary>
    Completed,

    /// <summary>It failed; the record says why.</summary>
    Failed,

    /// <summary>It was cancelled before it had answered; tokens that it had written are counted where they were seen.</summary>
    Cancelled,
}
