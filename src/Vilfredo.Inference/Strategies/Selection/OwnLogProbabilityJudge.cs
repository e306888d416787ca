using Microsoft.Extensions.AI;
using Vilfredo.Inference.LogProbabilities;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Scores each answer by the mean log-probability of its tokens under the model that wrote it; it makes no calls.</summary>
/// <param name="reader">Finds the log-probabilities; null means the known forms.</param>
public sealed class OwnLogProbabilityJudge(ILogProbabilityReader? reader = null) : IJudge
{
    private readonly ILogProbabilityReader _reader = reader ?? KnownLogProbabilities.Instance;

    /// <inheritdoc/>
    public void Ask(ChatOptions options) => _reader.Ask(options);

    /// <inheritdoc/>
    public CallPlan PlanFor(int answers) => CallPlan.Fixed(0, 0);

    /// <inheritdoc/>
    public Task<IReadOnlyList<double?>> ScoreAsync(StrategyRun run, IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var scores = candidates.Select(candidate => _reader.Read(candidate.Response) is { Count: > 0 } tokens ? tokens.Average(token => token.LogProbability) : (double?)null).ToList();
        if (scores.Contains(null))
            run.Warn("A response has no log-probabilities; take a client that gives them, or another judge.");
        return Task.FromResult<IReadOnlyList<double?>>(scores);
    }
}
