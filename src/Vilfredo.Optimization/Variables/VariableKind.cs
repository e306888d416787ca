namespace Vilfredo.Optimization;

/// <summary>What values a decision variable takes, and so which operators apply to it.</summary>
public enum VariableKind
{
    /// <summary>A real number between two bounds.</summary>
    Real,

    /// <summary>A whole number between two bounds, both included; order and distance mean something.</summary>
    Integer,

    /// <summary>One of a number of categories without an order, held as its index. Two categories make a binary variable.</summary>
    Categorical,
}
