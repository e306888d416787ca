namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>What a cascade of two tiers does before it knows anything of the question.</summary>
public enum CascadeStart
{
    /// <summary>The cheap tier answers, its answer is scored, and the score decides.</summary>
    Verify,

    /// <summary>The cheap tier answers, and its answer is kept without a score: the score is not worth what it costs.</summary>
    Keep,

    /// <summary>The dear tier answers at once: the cheap one is too seldom right to be asked.</summary>
    Escalate,
}
