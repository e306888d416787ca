namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>What a revision sees of the versions before it.</summary>
public enum RevisionHistory
{
    /// <summary>The last one.</summary>
    Last,

    /// <summary>All: the input grows with the square of the number of revisions.</summary>
    All,
}
