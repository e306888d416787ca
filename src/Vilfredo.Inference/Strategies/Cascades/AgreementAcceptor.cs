using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>Asks the tier several times in all; the most frequent answer is scored by its share. Answers must differ from call to call for that, so the tier wants a temperature above 0.</summary>
/// <param name="samples">The answers of a tier, the first included; at least 1, and 1 accepts everything.</param>
/// <param name="answers">Finds the answers; null means <c>auto</c>.</param>
public sealed class AgreementAcceptor(int samples = 3, IAnswerExtractor? answers = null) : IResponseAcceptor
{
    private readonly int _samples = samples >= 1 ? samples : throw new ArgumentOutOfRangeException(nameof(samples), samples, "A tier gives at least one answer.");
    private readonly VoteRules _rules = new() { Answers = answers ?? AnswerExtractors.Named("auto") };

    /// <inheritdoc/>
    public double DefaultThreshold => 0.6;

    /// <inheritdoc/>
    public CallPlan PlanFor(CallPlan tier) => new(tier.Fewest * (_samples - 1), tier.Most * (_samples - 1), _samples > 1 ? tier.Depth : 0);

    /// <inheritdoc/>
    public async Task<AcceptorScore?> ScoreAsync(CascadeAttempt attempt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var more = await Task.WhenAll(Enumerable.Range(1, _samples - 1).Select(number => attempt.AskAgain(number, cancellation))).ConfigureAwait(false);
        var vote = await Vote.TakeAsync(attempt.Run, [attempt.Answer, .. more.OfType<Candidate>()], _rules, cancellation).ConfigureAwait(false);
        return vote.Classes.Count == 0 ? null : new(vote.Share, vote.Winner);
    }
}
