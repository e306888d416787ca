namespace Vilfredo.Neural.Experts;

/// <summary>How a router turns its logits into scores.</summary>
public enum ScoringFunction
{
    /// <summary>Scores of a token sum to 1 over all experts.</summary>
    Softmax,

    /// <summary>Every expert is scored by itself, between 0 and 1; a bias that is not trained helps to choose, and does not weigh.</summary>
    Sigmoid,
}
