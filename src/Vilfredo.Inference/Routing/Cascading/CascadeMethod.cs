namespace Vilfredo.Inference.Routing.Cascading;

/// <summary>How the decision of a cascade of two tiers is fitted to scores.</summary>
public enum CascadeMethod
{
    /// <summary>Scores from a threshold on are kept.</summary>
    SingleThreshold,

    /// <summary>Scores between two thresholds go up: high ones are kept as right, and low ones as those of questions that the dear tier cannot answer either.</summary>
    DoubleThreshold,

    /// <summary>Scores are noisy observations of a hidden state: which tiers are right (<see cref="VerifierModel"/>).</summary>
    Pomdp,
}
