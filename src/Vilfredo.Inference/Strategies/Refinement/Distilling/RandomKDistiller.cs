using System.Globalization;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>Random-k: each call of the next round reads k drafts drawn uniformly without replacement, with the run's seed. It makes no calls.</summary>
/// <param name="keep">k, at least 1.</param>
public sealed class RandomKDistiller(int keep = 2) : IWorkspaceDistiller
{
    private readonly int _keep = keep >= 1 ? keep : throw new ArgumentOutOfRangeException(nameof(keep), keep, "At least one draft is kept.");

    /// <inheritdoc/>
    public CallPlan PlanFor(int drafts, int readers) => CallPlan.Fixed(0, 0);

    /// <inheritdoc/>
    public string? Objection(int drafts) => drafts > 1 && drafts < _keep ? $"{_keep} drafts are to be drawn from a round of {drafts}; draw at most as many as there are." : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Workspace>?> DistillAsync(Distillation work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Task.FromResult<IReadOnlyList<Workspace>?>([.. Enumerable.Range(0, work.Readers).Select(reader => work.Of(Drawn(work, reader)))]);
    }

    // The order of the draw is random too.
    private List<Draft> Drawn(Distillation work, int reader)
    {
        var drawn = work.Drafts.ToArray();
        work.Run.RandomFor(string.Create(CultureInfo.InvariantCulture, $"refine/random/{work.Round}/{reader}")).Shuffle(drawn.AsSpan());
        return [.. drawn.Take(_keep)];
    }
}
