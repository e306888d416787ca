using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Search.Trees;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Search.Chains;

/// <summary>Nodes are partial solutions, and a child goes on by one of the actions of <see cref="ReasoningAction"/>. Nothing is judged: a finished chain is worth the share of the finished chains so far that have its answer, its own included, as in rStar's self-consistency; others have no score.</summary>
public sealed class ActionGrowth : TreeGrowth
{
    /// <summary>How steps are asked for.</summary>
    public StageSettings Steps { get; init; } = new() { MaximumOutputTokens = 1024 };

    /// <summary>Finds the answers of finished chains.</summary>
    public IAnswerExtractor Answers { get; init; } = AnswerExtractors.Named("auto");

    /// <inheritdoc/>
    public override bool MakesAnswers => false;

    /// <summary>The actions that may follow at a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="depth">The greatest depth: only finishing leads there.</param>
    public static IReadOnlyList<int> AllowedAt(SearchNode<ReasoningChain> node, int depth)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node.Depth + 1 >= depth)
            return [(int)ReasoningAction.Finish];
        IReadOnlyList<int> always = [(int)ReasoningAction.Finish, (int)ReasoningAction.Step, (int)ReasoningAction.SubQuestion];
        return node.Depth == 0 ? [.. always, (int)ReasoningAction.Rephrase]
            : node.Action == (int)ReasoningAction.SubQuestion ? [.. always, (int)ReasoningAction.AnswerAnew] : always;
    }

    /// <summary>The answer of a finished chain; null where it has none.</summary>
    public string? AnswerOf(ReasoningChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return chain.Last is { IsTruncated: false } last ? Answers.Extract(last.Shown()) : null;
    }

    /// <inheritdoc/>
    public override async Task<SearchResult<ReasoningChain>?> GrowAsync(
        StrategyRun run, SearchState<ReasoningChain> state, SearchTrial trial, bool isLast, IReadOnlyList<Candidate> after, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(trial);
        var parent = state.Nodes[trial.Parent];
        var action = (ReasoningAction)trial.Action;
        var template = action switch
        {
            ReasoningAction.Finish => Prompts.LastSteps,
            ReasoningAction.SubQuestion => Prompts.SubQuestion,
            ReasoningAction.AnswerAnew => Prompts.AnswerAnew,
            ReasoningAction.Rephrase => Prompts.Rephrase,
            _ => parent.Depth == 0 ? Prompts.FirstStep : Prompts.NextStep,
        };
        if (await StepGrowth.WriteAsync(run, this, Steps, template, parent, trial, after, cancellation).ConfigureAwait(false) is not { } step)
            return null;
        var chain = parent.State.With(step);
        var isFinal = action == ReasoningAction.Finish || (action != ReasoningAction.Rephrase && StepGrowth.IsFinal(step, Prompts));
        return new(chain, isFinal ? Agreement(state, AnswerOf(chain)) : null, isFinal);
    }

    private double Agreement(SearchState<ReasoningChain> state, string? answer)
    {
        if (answer is null)
            return 0;
        var others = state.Nodes.Where(node => node.IsTerminal).Select(node => AnswerOf(node.State)).ToList();
        return (1.0 + others.Count(other => other == answer)) / (1 + others.Count);
    }
}
