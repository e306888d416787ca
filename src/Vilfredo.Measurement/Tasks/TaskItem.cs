namespace Vilfredo.Measurement.Tasks;

/// <summary>One verifiable problem: what is asked, a right answer, how hard it is, and a teacher's worked solution.</summary>
public sealed record TaskItem
{
    /// <summary>The name of the family that made the item and whose checker judges responses to it.</summary>
    public required string Family { get; init; }

    /// <summary>
    /// The problem in canonical form, without what does not matter to it (order of commuting operands, distractors).
    /// Equal problems have equal text; the split is a function of it, and structural checkers read it.
    /// </summary>
    public required string Problem { get; init; }

    /// <summary>What the solver reads.</summary>
    public required string Prompt { get; init; }

    /// <summary>A right answer; a checker may accept others.</summary>
    public required string Answer { get; init; }

    /// <summary>The level asked of the generator; the number of reasoning steps does not fall as it rises.</summary>
    public required int Difficulty { get; init; }

    /// <summary>How many elementary steps the teacher needs.</summary>
    public required int Steps { get; init; }

    /// <summary>The teacher's response: its trace, then the line <c>Answer: ...</c>.</summary>
    public required string Solution { get; init; }
}
