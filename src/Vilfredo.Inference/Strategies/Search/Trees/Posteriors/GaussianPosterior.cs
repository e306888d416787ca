namespace Vilfredo.Inference.Strategies.Search.Trees.Posteriors;

/// <summary>Scores are normal with unknown mean and variance, under a normal-inverse-χ² prior: m₀ = 0, κ₀ = 1, ν₀ = 1, τ₀² = 0.1 as in AB-MCTS (Inoue et al., arXiv 2503.04412, and TreeQuest).</summary>
/// <param name="mean">m₀.</param>
/// <param name="meanWeight">κ₀, positive.</param>
/// <param name="degrees">ν₀, positive.</param>
/// <param name="variance">τ₀², positive.</param>
public sealed class GaussianPosterior(double mean = 0, double meanWeight = 1, double degrees = 1, double variance = 0.1) : IScorePosterior
{
    private readonly double _meanWeight = Positive(meanWeight, nameof(meanWeight));
    private readonly double _degrees = Positive(degrees, nameof(degrees));
    private readonly double _variance = Positive(variance, nameof(variance));

    /// <summary>The parameters m, κ, ν and τ² after some scores.</summary>
    public (double Mean, double MeanWeight, double Degrees, double Variance) After(IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count == 0)
            return (mean, _meanWeight, _degrees, _variance);
        var average = scores.Average();
        var spread = scores.Sum(score => (score - average) * (score - average));
        var weight = _meanWeight + scores.Count;
        var between = _meanWeight * scores.Count / weight * (mean - average) * (mean - average);
        var freedom = _degrees + scores.Count;
        return ((_meanWeight * mean + scores.Count * average) / weight, weight, freedom, (_degrees * _variance + spread + between) / freedom);
    }

    /// <inheritdoc/>
    public double Sample(IReadOnlyList<double> scores, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var (center, weight, freedom, scale) = After(scores);
        // χ² of ν degrees is twice a gamma number of shape ν/2.
        var drawn = freedom * scale / (2 * random.NextGamma(freedom / 2));
        return center + Math.Sqrt(drawn / weight) * random.NextNormal();
    }

    private static double Positive(double value, string name) => value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A positive number is needed.");
}
