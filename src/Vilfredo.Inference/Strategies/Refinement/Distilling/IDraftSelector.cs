using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>Picks the drafts that are passed on.</summary>
public interface IDraftSelector
{
    /// <summary>Asks for what it needs to see of the drafts.</summary>
    /// <param name="options">The options of a draft, to be changed.</param>
    void Ask(ChatOptions options)
    {
    }

    /// <summary>The calls that it makes for so many drafts, at least 2.</summary>
    CallPlan PlanFor(int drafts);

    /// <summary>Picks drafts.</summary>
    /// <param name="work">The drafts, more than are kept.</param>
    /// <param name="keep">How many are kept, at least 1.</param>
    /// <param name="place">The number of the selection, from 0, among those of the round.</param>
    /// <param name="cancellation">Ends the calls.</param>
    /// <returns>The drafts, the best first, and the calls that decided it; null where a call failed or a budget forbids it.</returns>
    Task<(IReadOnlyList<Draft> Kept, IReadOnlyList<Candidate> Calls)?> SelectAsync(Distillation work, int keep, int place, CancellationToken cancellation);
}
