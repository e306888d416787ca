using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>Makes bounded workspaces of the drafts of a round: the operator D of Parallel-Distill-Refine (Madaan et al., arXiv 2510.01123).</summary>
public interface IWorkspaceDistiller
{
    /// <summary>Asks for what it needs to see of the drafts.</summary>
    /// <param name="options">The options of a draft, to be changed.</param>
    void Ask(ChatOptions options)
    {
    }

    /// <summary>The calls that it makes.</summary>
    /// <param name="drafts">The drafts of the round, at least 2.</param>
    /// <param name="readers">The calls of the next round, at least 1.</param>
    CallPlan PlanFor(int drafts, int readers);

    /// <summary>Whether a round of so many drafts can be distilled; a message that says what is allowed where it cannot.</summary>
    string? Objection(int drafts) => null;

    /// <summary>Makes the workspaces, one for each reader.</summary>
    /// <returns>The workspaces; null where they cannot be made because a call failed or a budget forbids it.</returns>
    Task<IReadOnlyList<Workspace>?> DistillAsync(Distillation work, CancellationToken cancellation);
}
