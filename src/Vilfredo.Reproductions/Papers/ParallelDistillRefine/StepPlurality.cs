using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Refinement;
using Vilfredo.Inference.Strategies.Refinement.Distilling;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A simulated summary: the residue of each step that most drafts have, written as one draft. No model is asked, and the tokens that one would take are not in the account.</summary>
/// <param name="problem">Finds the problem of a run.</param>
internal sealed class StepPlurality(Func<StrategyRun, ResidueProblem> problem) : IWorkspaceDistiller
{
    /// <inheritdoc/>
    public CallPlan PlanFor(int drafts, int readers) => CallPlan.Fixed(0, 0);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Workspace>?> DistillAsync(Distillation work, CancellationToken cancellation)
    {
        var asked = problem(work.Run);
        var traces = work.Drafts.Select(draft => ResidueTrace.Steps(asked, draft.Text)).ToList();
        var residues = Enumerable.Range(0, asked.Steps.Count)
            .Select(step => traces.Select(trace => trace[step]).Where(residue => residue is not null).GroupBy(residue => residue).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).FirstOrDefault()?.Key)
            .ToList();
        var workspace = new Workspace("|" + ResidueTrace.Of(asked, residues), [.. work.Drafts.SelectMany(draft => draft.Sources)]);
        return Task.FromResult<IReadOnlyList<Workspace>?>([.. Enumerable.Repeat(workspace, work.Readers)]);
    }
}
