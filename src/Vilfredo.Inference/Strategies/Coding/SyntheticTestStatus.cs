namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>What became of a test that a model wrote.</summary>
public enum SyntheticTestStatus
{
    /// <summary>No candidate failed it, or it was found to agree with the task.</summary>
    Kept,

    /// <summary>It was judged not to agree with the task, and dropped.</summary>
    JudgedInvalid,

    /// <summary>A candidate ran into the time limit on it, so it was dropped without being judged.</summary>
    TimedOut,
}
