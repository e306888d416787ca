using Microsoft.Extensions.AI;
using Vilfredo.Inference.LogProbabilities;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>Scores an answer by the mean log-probability of its tokens: (mean + 3) / 3, clipped to [0, 1], as vLLM's semantic router does; its threshold of −1 nat a token is 2/3 here.</summary>
/// <param name="reader">Finds the log-probabilities; null means the known forms.</param>
public sealed class LogProbabilityAcceptor(ILogProbabilityReader? reader = null) : IResponseAcceptor
{
    private readonly ILogProbabilityReader _reader = reader ?? KnownLogProbabilities.Instance;

    /// <inheritdoc/>
    public double DefaultThreshold => 2.0 / 3;

    /// <inheritdoc/>
    public void Ask(ChatOptions options) => _reader.Ask(options);

    /// <inheritdoc/>
    public CallPlan PlanFor(CallPlan tier) => CallPlan.Fixed(0, 0);

    /// <inheritdoc/>
    public Task<AcceptorScore?> ScoreAsync(CascadeAttempt attempt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        if (_reader.Read(attempt.Answer.Response) is { Count: > 0 } tokens)
            return Task.FromResult<AcceptorScore?>(new(Math.Clamp((tokens.Average(token => token.LogProbability) + 3) / 3, 0, 1), attempt.Answer));
        attempt.Run.Warn("An answer has no log-probabilities, so it is not accepted; take a client that gives them, or another acceptor.");
        return Task.FromResult<AcceptorScore?>(null);
    }
}
