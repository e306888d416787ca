namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>How scores of attempts become one answer.</summary>
public enum ScoreMerge
{
    /// <summary>The attempt with the highest score, the first of equal ones.</summary>
    Max,

    /// <summary>A vote over the answers in which attempts count by the softmax of their scores.</summary>
    Soft,
}
