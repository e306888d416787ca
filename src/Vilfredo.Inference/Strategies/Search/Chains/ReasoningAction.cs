namespace Vilfredo.Inference.Strategies.Search.Chains;

/// <summary>How a chain of reasoning goes on: the five actions of rStar (Qi et al., arXiv 2408.06195), A1 to A5, in another order: finishing first, so that there is a whole chain from the beginning.</summary>
public enum ReasoningAction
{
    /// <summary>All remaining steps (A2).</summary>
    Finish,

    /// <summary>One step (A1).</summary>
    Step,

    /// <summary>The next sub-question with its answer (A3).</summary>
    SubQuestion,

    /// <summary>The last sub-question answered anew (A4).</summary>
    AnswerAnew,

    /// <summary>The question in other words (A5).</summary>
    Rephrase,
}
