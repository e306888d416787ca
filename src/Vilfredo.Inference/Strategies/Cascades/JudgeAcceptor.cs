using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Selection;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>Has a judge score the answer by itself: another model, or the tier's own (self-verification).</summary>
/// <param name="judge">The judge of a tier, from the tier's model, which is null where only the number of calls is asked for; one that scores answers alone, such as <see cref="PointwiseJudge"/> or <see cref="YesNoJudge"/>.</param>
/// <param name="scale">The judge's highest score, positive: 10 for a <see cref="PointwiseJudge"/>, 1 for a <see cref="YesNoJudge"/>.</param>
public sealed class JudgeAcceptor(Func<IChatClient?, IJudge> judge, double scale) : IResponseAcceptor
{
    private readonly double _scale = scale > 0 ? scale : throw new ArgumentOutOfRangeException(nameof(scale), scale, "The highest score is positive.");

    /// <inheritdoc/>
    public double DefaultThreshold => 0.7;

    /// <inheritdoc/>
    public CallPlan PlanFor(CallPlan tier) => judge(null).PlanFor(1);

    /// <inheritdoc/>
    public async Task<AcceptorScore?> ScoreAsync(CascadeAttempt attempt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var scores = await judge(attempt.Client).ScoreAsync(attempt.Run, [attempt.Answer], cancellation).ConfigureAwait(false);
        return scores[0] is { } score ? new(Math.Clamp(score / _scale, 0, 1), attempt.Answer) : null;
    }
}
