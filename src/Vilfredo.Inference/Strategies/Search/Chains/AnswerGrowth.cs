using System.Globalization;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Search.Trees;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Search.Chains;

/// <summary>Nodes are whole answers: the root's children are attempts at the question, the children of an answer are improved versions of it, and a judge scores each.</summary>
public sealed class AnswerGrowth : TreeGrowth
{
    /// <summary>The temperature where the caller sets none, at least 0.</summary>
    public double Temperature { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "A temperature is at least 0."); } = 0.7;

    /// <inheritdoc/>
    public override bool MakesAnswers => true;

    /// <inheritdoc/>
    public override async Task<SearchResult<ReasoningChain>?> GrowAsync(
        StrategyRun run, SearchState<ReasoningChain> state, SearchTrial trial, bool isLast, IReadOnlyList<Candidate> after, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(trial);
        var parent = state.Nodes[trial.Parent];
        var before = parent.State.Last;
        var points = parent.Score is { } known ? (10 * known).ToString("0.#", CultureInfo.InvariantCulture) : "few";
        var request = new CallRequest
        {
            Role = before is null ? CallRole.Sample : CallRole.Revise,
            Round = parent.Depth,
            Sibling = trial.Id,
            Temperature = Temperature,
            Client = ClientOf(trial),
            After = before is null ? after : [before, .. after.Where(call => call.Call.Id != before.Call.Id)],
            Messages = before is null ? null : Stage.Reply(run, before.Shown(), PromptTemplate.Fill(Prompts.Improve, ("score", points))),
        };
        if (await run.TryCallAsync(request, cancellation).ConfigureAwait(false) is not { IsEmpty: false } answer)
            return null;
        var prompt = PromptTemplate.Fill(Judge.Prompts.Score, ("question", PromptTemplate.QuestionOf(run.Messages)), ("answer", answer.Shown()));
        var (score, _) = await ScoreAsync(run, prompt, answer, parent.Depth, trial, 0, cancellation).ConfigureAwait(false);
        return new(parent.State.With(answer), score);
    }
}
