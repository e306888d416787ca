namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>Expects the same of every conversation: the candidates' mean qualities. A threshold over it is always the one model or always the other.</summary>
public sealed record ConstantPredictor : QualityPredictor
{
    /// <summary>The quality of each candidate, in [0, 1].</summary>
    public required IReadOnlyList<double> Quality { get; init; }

    /// <inheritdoc/>
    public override RoutePrediction Predict(IReadOnlyList<double> features) => new(Quality);

    internal override void Check(int features, int candidates) => Require(
        Quality.Count == candidates && Quality.All(quality => quality is >= 0 and <= 1), $"'quality' must have a number from 0 to 1 for each of {candidates} candidates.");
}
