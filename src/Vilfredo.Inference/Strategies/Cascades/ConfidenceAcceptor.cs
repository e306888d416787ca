using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>Scores an answer by the confidence of the strategy that gave it, such as the winner's share of a vote; it makes no calls.</summary>
public sealed class ConfidenceAcceptor : IResponseAcceptor
{
    /// <inheritdoc/>
    public double DefaultThreshold => 0.6;

    /// <inheritdoc/>
    public CallPlan PlanFor(CallPlan tier) => CallPlan.Fixed(0, 0);

    /// <inheritdoc/>
    public Task<AcceptorScore?> ScoreAsync(CascadeAttempt attempt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var account = StrategyAnswer.Of(attempt.Answer.Response);
        if (account?.Outcome.Confidence is { } confidence)
            return Task.FromResult<AcceptorScore?>(new(confidence, attempt.Answer));
        attempt.Run.Warn($"The strategy '{account?.Strategy}' of a tier says nothing of its confidence, so its answer is not accepted; take a vote as the tier, or another acceptor.");
        return Task.FromResult<AcceptorScore?>(null);
    }
}
