namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>When a chain of revisions ends.</summary>
public enum RevisionStop
{
    /// <summary>After the full number of revisions.</summary>
    Fixed,

    /// <summary>When the model says that there is nothing to revise.</summary>
    ModelSaysDone,

    /// <summary>When two versions in a row have the same answer.</summary>
    SameAnswerTwice,
}
