namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>How a program is asked for.</summary>
public enum CodePromptStyle
{
    /// <summary>Nothing but the task.</summary>
    Plain,

    /// <summary>With the wish that it be efficient.</summary>
    Efficient,

    /// <summary>After thinking about ways to solve it: chain of thought.</summary>
    Reasoned,
}
