using Vilfredo.Inference.Features;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>Each response counts as much as a fitted model holds it for right: w = σ(θ · f).</summary>
/// <param name="model">Reads the numbers of <see cref="FeaturesOf"/>.</param>
/// <param name="reader">Reads the features; null means one with the English markers.</param>
public sealed class FittedWeights(LogisticModel model, ResponseFeatureReader? reader = null) : IVoteWeights
{
    private readonly ResponseFeatureReader _reader = reader ?? new();

    /// <summary>The numbers that a model for this is fitted to: the output tokens, then the rate of each family of markers in the reader's order.</summary>
    public static IReadOnlyList<double> FeaturesOf(ResponseFeatures features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return [features.OutputTokens, .. features.Total.Values];
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> LogWeights(IReadOnlyList<Candidate> voters) =>
        [.. voters.Select(voter => Math.Log(model.Probability(FeaturesOf(_reader.Read(voter)))))];
}
