using Vilfredo.Inference.Features;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>Short responses with few marks of doubt count more: w = exp(−β z) · exp(−Σ γ · rate), with z the standardised length among the voters and rates per 1 000 tokens.</summary>
/// <remarks>Right responses of reasoning models are shorter, with fewer hedging and thinking and more discourse markers (Wang et al., arXiv 2504.14047). That is an association over problems; whether it helps inside one vote is for a pool to show.</remarks>
/// <param name="beta">β; 0 ignores lengths, a large one leaves only the shortest response, a negative one prefers long ones.</param>
/// <param name="gammas">γ of each family of markers, in 1 000 tokens a marker; families that are left out are ignored, a negative γ prefers responses with many.</param>
/// <param name="reader">Reads the features; null means one with the English markers.</param>
public sealed class FeatureWeights(double beta = 0, IReadOnlyDictionary<string, double>? gammas = null, ResponseFeatureReader? reader = null) : IVoteWeights
{
    private readonly double _beta = double.IsFinite(beta) ? beta : throw new ArgumentOutOfRangeException(nameof(beta), beta, "The weight of lengths is a finite number.");
    private readonly IReadOnlyDictionary<string, double> _gammas = gammas is null || gammas.Values.All(double.IsFinite) ? gammas ?? new Dictionary<string, double>() : throw new ArgumentException("The weights of markers are finite numbers.", nameof(gammas));
    private readonly ResponseFeatureReader _reader = reader ?? new();

    /// <inheritdoc/>
    public IReadOnlyList<double> LogWeights(IReadOnlyList<Candidate> voters)
    {
        ArgumentNullException.ThrowIfNull(voters);
        var features = voters.Select(_reader.Read).ToList();
        var mean = features.Average(feature => feature.OutputTokens);
        var deviation = Math.Sqrt(features.Average(feature => (feature.OutputTokens - mean) * (feature.OutputTokens - mean)));
        return
        [
            .. features.Select(feature => (deviation > 0 ? -_beta * (feature.OutputTokens - mean) / deviation : 0)
                - _gammas.Sum(gamma => gamma.Value * (feature.Total.TryGetValue(gamma.Key, out var rate)
                    ? rate
                    : throw new InvalidOperationException($"There is a weight for markers of the family '{gamma.Key}', but the reader counts {string.Join(", ", feature.Total.Keys)}.")))),
        ];
    }
}
