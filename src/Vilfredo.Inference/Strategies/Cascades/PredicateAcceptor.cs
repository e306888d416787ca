using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>Accepts an answer of which a function says so: a test that it passes, a schema that it keeps.</summary>
/// <param name="accepts">Whether an answer is accepted.</param>
public sealed class PredicateAcceptor(Func<Candidate, CancellationToken, Task<bool>> accepts) : IResponseAcceptor
{
    /// <summary>Accepts by a function that needs not wait.</summary>
    public PredicateAcceptor(Func<Candidate, bool> accepts)
        : this((candidate, _) => Task.FromResult(accepts(candidate)))
    {
    }

    /// <inheritdoc/>
    public double DefaultThreshold => 1;

    /// <inheritdoc/>
    public CallPlan PlanFor(CallPlan tier) => CallPlan.Fixed(0, 0);

    /// <inheritdoc/>
    public async Task<AcceptorScore?> ScoreAsync(CascadeAttempt attempt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return new(await accepts(attempt.Answer, cancellation).ConfigureAwait(false) ? 1 : 0, attempt.Answer);
    }
}
