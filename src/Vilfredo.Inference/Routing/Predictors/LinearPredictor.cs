namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>The chance that a candidate is right is σ(intercept + weights · features), for each candidate by itself: what logistic regression, a support vector machine with Platt's scaling, and rules with a fitted scale come down to.</summary>
public sealed record LinearPredictor : QualityPredictor
{
    /// <summary>The intercept of each candidate.</summary>
    public required IReadOnlyList<double> Intercepts { get; init; }

    /// <summary>The weights of each candidate, for the first features.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Weights { get; init; }

    /// <inheritdoc/>
    public override RoutePrediction Predict(IReadOnlyList<double> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return new([.. Intercepts.Zip(Weights, (intercept, weights) => Sigmoid(intercept + Dot(weights, features)))]);
    }

    internal override void Check(int features, int candidates)
    {
        Require(Intercepts.Count == candidates && Intercepts.All(double.IsFinite), $"'intercepts' must have a finite number for each of {candidates} candidates.");
        var width = Weights.Count > 0 ? Weights[0]?.Count ?? 0 : 0;
        Require(width <= features, $"'weights' has {width} numbers a row, but there are {features} features.");
        RequireMatrix(Weights, candidates, width, "weights");
    }
}
