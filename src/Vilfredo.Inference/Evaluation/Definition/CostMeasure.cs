namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>What an answer costs, per answer; less is better.</summary>
public enum CostMeasure
{
    /// <summary>Money, in the evaluation's currency.</summary>
    Money,

    /// <summary>Input and output tokens of all calls.</summary>
    Tokens,

    /// <summary>Seconds from question to answer, as measured.</summary>
    Latency,

    /// <summary>Seconds along the longest path of calls that wait for each other: the latency if every call could run at once.</summary>
    CriticalPath,

    /// <summary>Tokens along the longest path of calls that wait for each other (B_seq of Madaan et al., arXiv 2510.01123).</summary>
    CriticalTokens,

    /// <summary>Joules, from the stated power of the machine.</summary>
    Energy,

    /// <summary>Seconds along the longest path on the machine of a runtime profile (Narayanan et al., NeurIPS 2023).</summary>
    IdealizedRuntime,
}
