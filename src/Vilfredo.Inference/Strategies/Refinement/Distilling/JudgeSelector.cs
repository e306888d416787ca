using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Selection;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>Keeps the drafts with the highest scores of a judge; drafts without a valid judgement come last, in their order.</summary>
/// <param name="judge">The judge.</param>
public sealed class JudgeSelector(IJudge judge) : IDraftSelector
{
    private readonly IJudge _judge = judge ?? throw new ArgumentNullException(nameof(judge));

    /// <inheritdoc/>
    public void Ask(ChatOptions options) => _judge.Ask(options);

    /// <inheritdoc/>
    public CallPlan PlanFor(int drafts) => _judge.PlanFor(drafts);

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<Draft> Kept, IReadOnlyList<Candidate> Calls)?> SelectAsync(Distillation work, int keep, int place, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var before = work.Run.Calls.Calls.Count;
        var scores = await _judge.ScoreAsync(work.Run, [.. work.Drafts.Select(draft => draft.Candidate)], cancellation).ConfigureAwait(false);
        if (work.Run.IsOutOfBudget && scores.All(score => score is null))
            return null;
        // The judge's calls are in the account; as sources the reader waits for they are all calls made meanwhile that look at these drafts.
        var judged = work.Drafts.Select(draft => draft.Candidate.Call.Id).ToHashSet();
        var calls = work.Run.Calls.Calls.Skip(before).Where(call => call.Parents.Any(judged.Contains)).Select(call => new Candidate(call, new ChatResponse())).ToList();
        return ([.. work.Drafts.Zip(scores).OrderByDescending(pair => pair.Second ?? double.NegativeInfinity).Take(keep).Select(pair => pair.First)], calls);
    }
}
