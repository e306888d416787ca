namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>Which of several candidates that pass equally many tests is taken.</summary>
public enum CandidateTieBreak
{
    /// <summary>The model is shown them and asked for the most efficient.</summary>
    Ask,

    /// <summary>The one with the least CPU time on the kept tests; takes no call.</summary>
    Measured,

    /// <summary>The first.</summary>
    First,
}
