namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>A perceptron with one hidden layer that all candidates share: qualities = σ(B tanh(A features + a) + b).</summary>
public sealed record PerceptronPredictor : QualityPredictor
{
    /// <summary>A with a as its last column: hidden units x (features + 1).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Hidden { get; init; }

    /// <summary>B with b as its last column: candidates x (hidden units + 1).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Output { get; init; }

    /// <inheritdoc/>
    public override RoutePrediction Predict(IReadOnlyList<double> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        double[] hidden = [.. Hidden.Select(row => Math.Tanh(Dot(features, row) + row[^1]))];
        return new([.. Output.Select(row => Sigmoid(Dot(hidden, row) + row[^1]))]);
    }

    internal override void Check(int features, int candidates)
    {
        Require(Hidden.Count >= 1, "'hidden' is empty.");
        RequireMatrix(Hidden, Hidden.Count, features + 1, "hidden");
        RequireMatrix(Output, candidates, Hidden.Count + 1, "output");
    }
}
