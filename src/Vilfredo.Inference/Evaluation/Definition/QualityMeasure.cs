namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>What the answers of a point are worth.</summary>
/// <param name="Kind">The measure.</param>
/// <param name="K">The number of attempts of pass@k; 1 otherwise.</param>
public readonly record struct QualityMeasure(QualityKind Kind, int K = 1)
{
    /// <summary>As files and tables name it.</summary>
    public override string ToString() => Kind switch
    {
        QualityKind.PassAtK => $"pass@{K}",
        QualityKind.CostOfPass => "cost_of_pass",
        _ => "accuracy",
    };
}
