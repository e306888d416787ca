namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>
/// Prompts and candidates in one space, in which a candidate is near the prompts that it answers well: strengths are the cosines of W q and the candidates' vectors over a temperature, and P(m is preferred to n) = σ(their difference)
/// (RouterDC, Chen et al., arXiv 2409.19886 [memory]). The quality of each candidate is a logistic scale fitted to its strength, which is ours.
/// </summary>
public sealed record ContrastivePredictor : QualityPredictor
{
    /// <summary>W, with the constant as its last column: dimensions x (features + 1).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Projection { get; init; }

    /// <summary>The vector of each candidate, of length 1: candidates x dimensions.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Candidates { get; init; }

    /// <summary>By what cosines are divided, positive.</summary>
    public required double Temperature { get; init; }

    /// <summary>Intercept and slope of the scale of each candidate: candidates x 2.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Scales { get; init; }

    /// <inheritdoc/>
    public override RoutePrediction Predict(IReadOnlyList<double> features)
    {
        var strength = StrengthsOf(Projection, Candidates, Temperature, features);
        return new([.. strength.Select((value, candidate) => Sigmoid(Scales[candidate][0] + (Scales[candidate][1] * value)))]) { Strength = strength };
    }

    internal static double[] StrengthsOf(IReadOnlyList<IReadOnlyList<double>> projection, IReadOnlyList<IReadOnlyList<double>> candidates, double temperature, IReadOnlyList<double> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        double[] projected = [.. projection.Select(row => Dot(features, row) + row[^1])];
        return [.. candidates.Select(candidate => Cosine(projected, candidate) / temperature)];
    }

    internal override void Check(int features, int candidates)
    {
        Require(Temperature > 0 && double.IsFinite(Temperature), $"'temperature' is {Temperature}; it must be positive.");
        Require(Projection.Count >= 1, "'projection' is empty.");
        RequireMatrix(Projection, Projection.Count, features + 1, "projection");
        RequireMatrix(Candidates, candidates, Projection.Count, "candidates");
        RequireMatrix(Scales, candidates, 2, "scales");
    }
}
