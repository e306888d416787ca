namespace Vilfredo.Inference.Agents.Selection;

/// <summary>How one of several attempts is chosen.</summary>
public enum TrajectoryMerge
{
    /// <summary>A judge sees all of them and picks one.</summary>
    ListWise,

    /// <summary>A judge scores each by itself, and the highest score wins.</summary>
    Score,

    /// <summary>The most frequent answer wins, or among next steps the most frequent call; the earliest of equals. (The published code's "voting" picks at random.)</summary>
    Majority,
}
