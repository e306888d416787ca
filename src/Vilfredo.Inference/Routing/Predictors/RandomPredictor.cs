using System.Runtime.InteropServices;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>Draws, the same numbers for the same features: the router that every other must beat. The win probability of one candidate over another is uniform in (0, 1), as in RouteLLM's random router.</summary>
public sealed record RandomPredictor : QualityPredictor
{
    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The number of candidates.</summary>
    public required int Candidates { get; init; }

    /// <inheritdoc/>
    public override RoutePrediction Predict(IReadOnlyList<double> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var random = new RandomGenerator(Seed, StableHash.Of(MemoryMarshal.AsBytes<double>(features.ToArray())));
        // Differences of two Gumbel variables are logistic, so their sigmoid is uniform.
        double[] strength = [.. Enumerable.Range(0, Candidates).Select(_ => -Math.Log(-Math.Log(Math.Max(random.NextDouble(), 1e-300))))];
        return new([.. Enumerable.Range(0, Candidates).Select(_ => random.NextDouble())]) { Strength = strength };
    }

    internal override void Check(int features, int candidates) => Require(Candidates == candidates, $"'candidates' is {Candidates}, but there are {candidates}.");
}
