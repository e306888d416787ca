using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>Workspaces that a function makes without calls of models. The limit of tokens is kept all the same.</summary>
/// <param name="write">Given the drafts and the number of the reader, the workspace's text.</param>
public sealed class DelegateDistiller(Func<IReadOnlyList<Draft>, int, string> write) : IWorkspaceDistiller
{
    private readonly Func<IReadOnlyList<Draft>, int, string> _write = write ?? throw new ArgumentNullException(nameof(write));

    /// <inheritdoc/>
    public CallPlan PlanFor(int drafts, int readers) => CallPlan.Fixed(0, 0);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Workspace>?> DistillAsync(Distillation work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var sources = work.Drafts.SelectMany(draft => draft.Sources).ToList();
        return Task.FromResult<IReadOnlyList<Workspace>?>([.. Enumerable.Range(0, work.Readers).Select(reader =>
        {
            var text = _write(work.Drafts, reader);
            var cut = TokenCut.First(text, work.TokenLimit, work.Run.Settings.Tokens);
            if (cut.Length < text.Length)
                work.Run.Warn($"A workspace of round {work.Round + 1} was longer than {work.TokenLimit} tokens and is cut off.");
            return new Workspace(cut, sources);
        })]);
    }
}
