using Microsoft.Extensions.AI;
using Vilfredo.Inference.LogProbabilities;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>Each response counts by the model's own confidence: w = exp(mean log-probability of its tokens / T), the softmax over confidences of confidence-informed self-consistency (Taubenfeld et al., arXiv 2502.06233).</summary>
/// <param name="temperature">T, positive; small values leave only the most confident response.</param>
/// <param name="reader">Finds the log-probabilities; null means the known forms.</param>
public sealed class ConfidenceWeights(double temperature = 0.1, ILogProbabilityReader? reader = null) : IVoteWeights
{
    private readonly double _temperature = temperature > 0 ? temperature : throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature of confidences is positive.");
    private readonly ILogProbabilityReader _reader = reader ?? KnownLogProbabilities.Instance;

    /// <inheritdoc/>
    public void Ask(ChatOptions options) => _reader.Ask(options);

    /// <inheritdoc/>
    public IReadOnlyList<double>? LogWeights(IReadOnlyList<Candidate> voters)
    {
        ArgumentNullException.ThrowIfNull(voters);
        var tokens = voters.Select(voter => _reader.Read(voter.Response)).ToList();
        return tokens.TrueForAll(list => list is { Count: > 0 })
            ? [.. tokens.Select(list => list!.Average(token => token.LogProbability) / _temperature)]
            : null;
    }
}
