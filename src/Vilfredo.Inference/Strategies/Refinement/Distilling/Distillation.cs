using System.Globalization;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>Drafts of a round that are to become the workspaces of the next.</summary>
public sealed record Distillation
{
    /// <summary>The run; calls are made there.</summary>
    public required StrategyRun Run { get; init; }

    /// <summary>The drafts, with different texts; at least one.</summary>
    public required IReadOnlyList<Draft> Drafts { get; init; }

    /// <summary>The round that they are of, from 0.</summary>
    public required int Round { get; init; }

    /// <summary>How many calls of the next round read a workspace; at least 1.</summary>
    public required int Readers { get; init; }

    /// <summary>The most tokens of a workspace, at least 1: kappa of the paper.</summary>
    public required int TokenLimit { get; init; }

    /// <summary>What is asked.</summary>
    public required RefinementPrompts Prompts { get; init; }

    /// <summary>The drafts in an order drawn for one reader, so that none is always shown first.</summary>
    public IReadOnlyList<Draft> Shuffled(IReadOnlyList<Draft> drafts, int reader)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        var order = drafts.ToArray();
        Run.RandomFor(string.Create(CultureInfo.InvariantCulture, $"refine/order/{Round}/{reader}")).Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>A workspace of drafts as they are. Where together they have more tokens than are allowed, each is cut to the same length from its beginning, since answers end with their results; the user is told.</summary>
    /// <param name="drafts">The drafts, in the order in which they are shown.</param>
    /// <param name="sources">Further calls that it was made from.</param>
    public Workspace Of(IReadOnlyList<Draft> drafts, params IReadOnlyList<Candidate> sources)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        if (drafts.Count == 0)
            return Workspace.Empty;
        var (text, isCut) = TokenCut.Together(drafts, TokenLimit, Run.Settings.Tokens, Prompts);
        if (isCut)
            Run.Warn($"The drafts of round {Round + 1} have more tokens than a workspace may have ({TokenLimit}), so only their ends are passed on; raise the limit of the workspace or shorten the drafts.");
        return new(text, [.. drafts.SelectMany(draft => draft.Sources), .. sources]) { Only = drafts.Count != 1 ? null : isCut ? drafts[0] with { Text = text, Critique = null } : drafts[0] };
    }
}
