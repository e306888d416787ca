using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>Top-k: the best drafts, as they are. Shared, one selection serves all calls of the next round; per sample, each has a selection of its own.</summary>
/// <param name="keep">k, at least 1.</param>
/// <param name="perSample">Whether each reader has its own selection.</param>
/// <param name="selector">Picks them; null means a <see cref="PromptedSelector"/>.</param>
public sealed class TopKDistiller(int keep = 2, bool perSample = false, IDraftSelector? selector = null) : IWorkspaceDistiller
{
    private readonly int _keep = keep >= 1 ? keep : throw new ArgumentOutOfRangeException(nameof(keep), keep, "At least one draft is kept.");
    private readonly IDraftSelector _selector = selector ?? new PromptedSelector();

    /// <inheritdoc/>
    public void Ask(ChatOptions options) => _selector.Ask(options);

    /// <inheritdoc/>
    public CallPlan PlanFor(int drafts, int readers)
    {
        if (drafts <= _keep)
            return CallPlan.Fixed(0, 0);
        var one = _selector.PlanFor(drafts);
        var selections = perSample ? readers : 1;
        return new(one.Fewest * selections, one.Most * selections, one.Depth);
    }

    /// <inheritdoc/>
    public string? Objection(int drafts) => drafts > 1 && drafts < _keep ? $"{_keep} drafts are to be kept of a round of {drafts}; keep at most as many as there are." : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Workspace>?> DistillAsync(Distillation work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (work.Drafts.Count <= _keep)
            return [.. Enumerable.Range(0, work.Readers).Select(reader => work.Of(work.Shuffled(work.Drafts, reader)))];
        var selections = await Task.WhenAll(Enumerable.Range(0, perSample ? work.Readers : 1).Select(place => _selector.SelectAsync(work, _keep, place, cancellation))).ConfigureAwait(false);
        if (selections.Contains(null))
            return null;
        return
        [
            .. Enumerable.Range(0, work.Readers).Select(reader =>
            {
                var (kept, calls) = selections[perSample ? reader : 0]!.Value;
                return work.Of(work.Shuffled(kept, reader), calls);
            }),
        ];
    }
}
