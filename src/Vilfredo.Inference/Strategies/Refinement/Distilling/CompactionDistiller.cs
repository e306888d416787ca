using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>All drafts, each in full or cut to its last tokens: the compaction of the vLLM semantic router's ReMoM. It makes no calls.</summary>
/// <param name="lastTokens">The tokens that are kept of a draft, at least 1; null keeps all, up to the limit of the workspace.</param>
public sealed class CompactionDistiller(int? lastTokens = null) : IWorkspaceDistiller
{
    private readonly int? _lastTokens = lastTokens is null or >= 1 ? lastTokens : throw new ArgumentOutOfRangeException(nameof(lastTokens), lastTokens, "At least one token is kept of a draft.");

    /// <inheritdoc/>
    public CallPlan PlanFor(int drafts, int readers) => CallPlan.Fixed(0, 0);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Workspace>?> DistillAsync(Distillation work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var drafts = _lastTokens is { } tokens
            ? [.. work.Drafts.Select(draft => draft with { Text = TokenCut.Last(draft.Text, tokens, work.Run.Settings.Tokens) })]
            : work.Drafts;
        return Task.FromResult<IReadOnlyList<Workspace>?>([.. Enumerable.Range(0, work.Readers).Select(reader => work.Of(work.Shuffled(drafts, reader)))]);
    }
}
