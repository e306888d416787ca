using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>Lets only drafts through that somebody who knows the answer admits, for analysis: the paper's Oracle-Correct and Oracle-Incorrect.</summary>
/// <remarks>Where no draft is admitted the next round answers the question alone; what the paper does then is not known [design].</remarks>
/// <param name="admits">Whether a draft is admitted.</param>
/// <param name="inner">Distils those that are.</param>
public sealed class OracleDistiller(Func<StrategyRun, Draft, bool> admits, IWorkspaceDistiller inner) : IWorkspaceDistiller
{
    private readonly Func<StrategyRun, Draft, bool> _admits = admits ?? throw new ArgumentNullException(nameof(admits));
    private readonly IWorkspaceDistiller _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public void Ask(ChatOptions options) => _inner.Ask(options);

    /// <inheritdoc/>
    public CallPlan PlanFor(int drafts, int readers) => _inner.PlanFor(drafts, readers) with { Fewest = 0 };

    /// <inheritdoc/>
    public string? Objection(int drafts) => _inner.Objection(drafts);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Workspace>?> DistillAsync(Distillation work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var admitted = work.Drafts.Where(draft => _admits(work.Run, draft)).ToList();
        return admitted.Count switch
        {
            0 => [.. Enumerable.Repeat(new Workspace("", [.. work.Drafts.SelectMany(draft => draft.Sources)]), work.Readers)],
            1 => [.. Enumerable.Repeat(work.Of(admitted), work.Readers)],
            _ => await _inner.DistillAsync(work with { Drafts = admitted }, cancellation).ConfigureAwait(false),
        };
    }
}
