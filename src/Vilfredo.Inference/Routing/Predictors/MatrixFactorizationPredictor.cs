namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>
/// Bilinear strengths δ_m(q) = w · (v_m ⊙ W q) of candidates m for a prompt q, with P(m is preferred to n) = σ(δ_m − δ_n): the matrix-factorisation router of RouteLLM, for any number of candidates.
/// The quality of each candidate is a logistic scale fitted to its strength, which is ours: strengths alone say who is better, not how good.
/// </summary>
public sealed record MatrixFactorizationPredictor : QualityPredictor
{
    /// <summary>W, with the constant as its last column: dimensions x (features + 1).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Projection { get; init; }

    /// <summary>w ⊙ v_m of each candidate, v_m of length 1: candidates x dimensions.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Candidates { get; init; }

    /// <summary>Intercept and slope of the scale of each candidate: candidates x 2.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Scales { get; init; }

    /// <inheritdoc/>
    public override RoutePrediction Predict(IReadOnlyList<double> features)
    {
        var strength = StrengthsOf(Projection, Candidates, features);
        return new([.. strength.Select((value, candidate) => Sigmoid(Scales[candidate][0] + (Scales[candidate][1] * value)))]) { Strength = strength };
    }

    internal static double[] StrengthsOf(IReadOnlyList<IReadOnlyList<double>> projection, IReadOnlyList<IReadOnlyList<double>> candidates, IReadOnlyList<double> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        double[] projected = [.. projection.Select(row => Dot(features, row) + row[^1])];
        return [.. candidates.Select(candidate => Dot(projected, candidate))];
    }

    internal override void Check(int features, int candidates)
    {
        Require(Projection.Count >= 1, "'projection' is empty.");
        RequireMatrix(Projection, Projection.Count, features + 1, "projection");
        RequireMatrix(Candidates, candidates, Projection.Count, "candidates");
        RequireMatrix(Scales, candidates, 2, "scales");
    }
}
