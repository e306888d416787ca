namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>Measures of what answers are worth.</summary>
public enum QualityKind
{
    /// <summary>The share of problems that are answered rightly.</summary>
    Accuracy,

    /// <summary>The chance that at least one of k answers is right, estimated without bias from the repeats (Chen et al., arXiv 2107.03374).</summary>
    PassAtK,

    /// <summary>The money for a right answer, mean cost over accuracy (Erol et al., arXiv 2504.13359); less is better.</summary>
    CostOfPass,
}
