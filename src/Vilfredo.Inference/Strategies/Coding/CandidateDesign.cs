namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>Where the candidate programs come from.</summary>
public enum CandidateDesign
{
    /// <summary>Several algorithms are thought of first, and each is written as a program (the logic domain of LLM4EFFI).</summary>
    Algorithms,

    /// <summary>One call writes several programs at once.</summary>
    Programs,

    /// <summary>Each program is an attempt of its own at the task: sample and select.</summary>
    Samples,

    /// <summary>One program, straight from the task.</summary>
    Single,
}
