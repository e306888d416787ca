namespace Vilfredo.Studies.Execution;

/// <summary>Which of several matches counts.</summary>
public enum MatchChoice
{
    /// <summary>The last one: programs print their result at the end.</summary>
    Last,

    /// <summary>The first one.</summary>
    First,
}
