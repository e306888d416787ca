using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Search.Trees;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Search.Chains;

/// <summary>Nodes are partial solutions, a child has a step more, and a judge scores the steps so far: a process reward model by prompt. A step with the mark of the answer ends its chain.</summary>
public sealed class StepGrowth : TreeGrowth
{
    /// <summary>How steps are asked for.</summary>
    public StageSettings Steps { get; init; } = new() { MaximumOutputTokens = 512 };

    /// <inheritdoc/>
    public override bool MakesAnswers => false;

    /// <inheritdoc/>
    public override async Task<SearchResult<ReasoningChain>?> GrowAsync(
        StrategyRun run, SearchState<ReasoningChain> state, SearchTrial trial, bool isLast, IReadOnlyList<Candidate> after, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(trial);
        var parent = state.Nodes[trial.Parent];
        var template = isLast ? Prompts.LastSteps : parent.Depth == 0 ? Prompts.FirstStep : Prompts.NextStep;
        if (await WriteAsync(run, this, Steps, template, parent, trial, after, cancellation).ConfigureAwait(false) is not { } step)
            return null;
        var chain = parent.State.With(step);
        var prompt = PromptTemplate.Fill(Prompts.Progress, ("question", PromptTemplate.QuestionOf(run.Messages)), ("steps", chain.Text));
        var (score, _) = await ScoreAsync(run, prompt, step, parent.Depth, trial, 1, cancellation).ConfigureAwait(false);
        return new(chain, score, isLast || IsFinal(step, Prompts));
    }

    /// <summary>Asks for a step.</summary>
    internal static Task<Candidate?> WriteAsync(
        StrategyRun run, TreeGrowth growth, StageSettings steps, string template, SearchNode<ReasoningChain> parent, SearchTrial trial, IReadOnlyList<Candidate> after, CancellationToken cancellation)
    {
        var prompts = growth.Prompts;
        var before = parent.State.Last;
        var instruction = PromptTemplate.Fill(template, ("steps", before is null ? prompts.NoSteps : parent.State.Text), ("mark", prompts.Mark));
        var place = new CallRequest { Role = CallRole.Step, Round = parent.Depth, Sibling = trial.Id, After = before is null ? after : [before, .. after.Where(call => call.Call.Id != before.Call.Id)] };
        return Stage.WriteAsync(run, growth.Models.Count == 0 ? steps : steps with { Client = growth.Models[trial.Action % growth.Models.Count] }, instruction, place, cancellation);
    }

    /// <summary>Whether a step ends its chain: a line begins with the mark, emphasis aside.</summary>
    internal static bool IsFinal(Candidate step, SearchPrompts prompts) =>
        step.Shown().Split('\n').Any(line => line.TrimStart(' ', '*', '#', '>', '-').StartsWith(prompts.Mark, StringComparison.OrdinalIgnoreCase));
}
