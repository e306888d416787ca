namespace Vilfredo.Inference.Strategies.Planning;

/// <summary>Ways of thinking that a strategy offers to choose from. Ours, in the spirit of the list of SELF-DISCOVER (Zhou et al., arXiv 2402.03620).</summary>
public static class ReasoningModules
{
    /// <summary>The ways, the most general first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Break the problem into smaller problems that can be solved one after the other.",
        "Think step by step and check every step before the next.",
        "List what is given, what is asked and what is assumed.",
        "Restate the problem in simpler words or in symbols.",
        "Work backwards from what is asked.",
        "Try small or extreme cases and look for a pattern.",
        "Look for a similar problem whose solution is known.",
        "Draw a table, a diagram or a timeline of the facts.",
        "Set up equations or constraints and solve them.",
        "Go through all cases, making sure that none is missing.",
        "Look for what stays the same while something changes.",
        "Estimate the result first, and compare later.",
        "Look for hidden assumptions and question them.",
        "Weigh evidence for and against each possibility.",
        "Think of causes and effects, and of what else could explain the facts.",
        "Take the point of view of each person or part involved.",
        "Look for the data or definitions that matter, and ignore the rest.",
        "Compare alternatives by explicit criteria.",
        "Simplify first, and refine the simple solution.",
        "Look for a contradiction if the answer were wrong.",
        "Write an algorithm, and carry it out on the input.",
        "Think of typical errors with such problems, and guard against them.",
        "Check units, orders of magnitude and edge cases.",
        "Be creative: think of an unusual way.",
    ];
}
