using Microsoft.Extensions.AI;
using Vilfredo.Inference.LogProbabilities;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>Scores an answer by how far each of its tokens was ahead of the next best: 1 − exp(−mean margin / 3) of the margins in nats, as vLLM's semantic router does.</summary>
/// <param name="reader">Finds the log-probabilities with alternatives; null means the known forms.</param>
public sealed class MarginAcceptor(ILogProbabilityReader? reader = null) : IResponseAcceptor
{
    private readonly ILogProbabilityReader _reader = reader ?? KnownLogProbabilities.Instance;

    /// <inheritdoc/>
    public double DefaultThreshold => 0.5;

    /// <inheritdoc/>
    public void Ask(ChatOptions options) => _reader.Ask(options);

    /// <inheritdoc/>
    public CallPlan PlanFor(CallPlan tier) => CallPlan.Fixed(0, 0);

    /// <inheritdoc/>
    public Task<AcceptorScore?> ScoreAsync(CascadeAttempt attempt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        double[] margins = [.. (_reader.Read(attempt.Answer.Response) ?? []).Where(token => token.Alternatives.Count > 0).Select(Margin)];
        if (margins.Length > 0)
            return Task.FromResult<AcceptorScore?>(new(1 - Math.Exp(-margins.Average() / 3), attempt.Answer));
        attempt.Run.Warn("An answer has no log-probabilities of other tokens, so it is not accepted; take a client that gives them, or another acceptor.");
        return Task.FromResult<AcceptorScore?>(null);
    }

    // The written token may be among the alternatives or not, and a sampled one need not be the best.
    private static double Margin(TokenChoice token)
    {
        var others = token.Alternatives.Where(other => other.Key != token.Text).Select(other => other.Value).ToList();
        if (token.Text is null || others.Count == token.Alternatives.Count)
        {
            var best = token.Alternatives.Select(other => other.Value).Append(token.LogProbability).OrderDescending().Take(2).ToArray();
            return best[0] - best[1];
        }

        return others.Count == 0 ? 0 : Math.Max(0, token.LogProbability - others.Max());
    }
}
