using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Refinement.Distilling;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>Rounds of drafts that build on each other: read the workspace, write drafts, compress them into the next workspace (Madaan et al., arXiv 2510.01123). What all refinements have in common.</summary>
/// <remarks>
/// Drafts that call tools are not refined: where at least half of a round call tools, the most frequent call is the answer, since only the caller can run it; fewer are left out.
/// Workspaces are made anew each round and never added to. Drafts with the same text are distilled as one.
/// When a budget or failures end the work, the answer is a vote over the drafts of the last round that was finished.
/// </remarks>
internal sealed class RefinementRounds
{
    private readonly RefinementOptions _options;
    private readonly int[] _widths;
    private readonly bool _votes;

    /// <summary>Rounds as the options say; with <paramref name="finalVote"/> the last round of one draft is left out, and a vote over the one before it decides.</summary>
    public RefinementRounds(RefinementOptions options, bool finalVote = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _votes) = (options, finalVote);
        _widths = finalVote && options.Widths.Count > 1 ? [.. options.Widths.SkipLast(1)] : [.. options.Widths];
        foreach (var width in _widths.SkipLast(1))
        {
            if (options.Distiller.Objection(width) is { } objection)
                throw new ArgumentException(objection, nameof(options));
        }
    }

    public CallPlan Plan
    {
        get
        {
            var plan = CallPlan.Fixed(_widths.Sum(), _widths.Length);
            foreach (var (width, readers) in _widths.Zip(_widths.Skip(1)))
            {
                var distilling = width > 1 ? _options.Distiller.PlanFor(width, readers) : CallPlan.Fixed(0, 0);
                var critiques = _options.CritiqueBetweenRounds ? width : 0;
                plan = new(plan.Fewest + distilling.Fewest + critiques, plan.Most + distilling.Most + critiques, plan.Depth + distilling.Depth + (critiques > 0 ? 1 : 0));
            }

            return CanStop && _widths.Length > 1 ? plan with { Fewest = 2 } : plan;
        }
    }

    private bool CanStop => _options.CritiqueBetweenRounds && _options.StopsWithoutFlaws && _widths.All(width => width == 1);

    public async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        VotingStrategy.WarnOfNoDiversity(run, _widths.Max(), _options.Temperature ?? 1);
        var all = new List<Candidate>();
        List<Candidate> finished = [];
        IReadOnlyList<Workspace> workspaces = [.. Enumerable.Repeat(Workspace.Empty, _widths[0])];
        for (var round = 0; round < _widths.Length; round++)
        {
            var isLast = round == _widths.Length - 1;
            if (round > 0)
            {
                var (drafts, passes) = await ReviewedAsync(run, Distinct(run, finished, round - 1), round - 1, cancellation).ConfigureAwait(false);
                if (passes)
                    return StrategyOutcome.Of(finished[0], all, stoppedEarly: true);
                if (drafts is null || await DistilledAsync(run, drafts, round - 1, _widths[round], cancellation).ConfigureAwait(false) is not { } distilled)
                    break;
                workspaces = distilled;
            }

            var requests = workspaces.Select((workspace, sibling) => RequestOf(run, workspace, round, sibling)).ToList();
            if (round > 0 && !FitsPath(run, requests))
                break;
            var answers = await CallAsync(run, requests, isLast && !_votes, cancellation).ConfigureAwait(false);
            all.AddRange(answers);
            if (round == 0 && answers.Count < Math.Min(_widths[0], run.Settings.MinimumSuccessful) && !(run.IsOutOfBudget && answers.Count > 0))
                throw run.Failed($"{answers.Count} of {_widths[0]} drafts succeeded; at least {Math.Min(_widths[0], run.Settings.MinimumSuccessful)} must.");
            // A round that a budget has cut short is not finished, unless it is all there is.
            if (answers.Count == 0 || (run.IsOutOfBudget && answers.Count < requests.Count && finished.Count > 0))
                break;
            if (isLast && !_votes)
                return StrategyOutcome.Of(answers[0], all);
            if (ToolCall(answers) is { } call)
                return StrategyOutcome.Of(call, all, stoppedEarly: !isLast);
            finished = Written(answers);
            if (run.IsOutOfBudget && answers.Count < requests.Count)
                break;
        }

        return await VotedAsync(run, finished, all, cancellation).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<Candidate>> CallAsync(StrategyRun run, List<CallRequest> requests, bool isFinal, CancellationToken cancellation) =>
        !isFinal
            ? await run.CallAllAsync(requests, cancellation).ConfigureAwait(false)
            : await run.TryFinalCallAsync(requests[0], cancellation).ConfigureAwait(false) is { } answer ? [answer] : [];

    private CallRequest RequestOf(StrategyRun run, Workspace workspace, int round, int sibling)
    {
        var text = workspace.Only is { } draft
            ? draft.Critique is { } critique
                ? PromptTemplate.Fill(_options.Prompts.RefineFlaws, ("draft", draft.Text), ("flaws", Draft.Of(critique).Text))
                : PromptTemplate.Fill(_options.Prompts.Refine, ("draft", draft.Text))
            : PromptTemplate.Fill(_options.Prompts.Improve, ("workspace", workspace.Text));
        return new()
        {
            // The first round has no workspace, and later ones none where an oracle admits nothing: that is an attempt like any other.
            Role = round == 0 ? CallRole.Sample : CallRole.Revise,
            Round = round,
            Sibling = sibling,
            After = workspace.Sources,
            Messages = workspace.Text.Length > 0 || workspace.Only is not null ? PromptTemplate.Append(run.Messages, text) : null,
            Client = round == 0 ? _options.DraftClient : _options.RefineClient,
            Temperature = _options.Temperature,
            MaximumOutputTokens = _options.DraftTokens,
            Configure = round < _widths.Length - 1 && _widths[round] > 1 ? _options.Distiller.Ask : null,
        };
    }

    // Empty drafts say nothing; where all are empty there is nothing else.
    private static List<Candidate> Written(IReadOnlyList<Candidate> answers)
    {
        var written = answers.Where(answer => !answer.IsEmpty && ToolCallAnswers.Of(answer.Response) is null).ToList();
        return written.Count > 0 ? written : [answers[0]];
    }

    private static Candidate? ToolCall(IReadOnlyList<Candidate> answers)
    {
        var calls = answers.Select(answer => (Answer: answer, Call: ToolCallAnswers.Of(answer.Response))).Where(pair => pair.Call is not null).ToList();
        return 2 * calls.Count < answers.Count || calls.Count == 0 ? null : calls.GroupBy(pair => pair.Call, StringComparer.Ordinal).MaxBy(group => group.Count())!.First().Answer;
    }

    private static List<Draft> Distinct(StrategyRun run, List<Candidate> candidates, int round)
    {
        var drafts = candidates.Select(Draft.Of).DistinctBy(draft => draft.Text, StringComparer.Ordinal).ToList();
        if (candidates.Count > 1 && drafts.Count == 1)
            run.Warn($"All {candidates.Count} drafts of round {round + 1} have the same text; the model may ignore the temperature, and parallel drafts are wasted on it.");
        return drafts;
    }

    private async Task<(IReadOnlyList<Draft>? Drafts, bool Passes)> ReviewedAsync(StrategyRun run, List<Draft> drafts, int round, CancellationToken cancellation)
    {
        if (!_options.CritiqueBetweenRounds)
            return (drafts, false);
        var question = PromptTemplate.QuestionOf(run.Messages);
        var critiques = await Task.WhenAll(drafts.Select((draft, sibling) => run.TryCallAsync(
            new()
            {
                Role = CallRole.Critique,
                Round = round,
                Sibling = sibling,
                After = [draft.Candidate],
                Client = _options.CriticClient,
                OverridesOptions = true,
                Messages = [PromptTemplate.Turn(PromptTemplate.Fill(_options.Prompts.Critique, ("question", question), ("draft", draft.Text)), run.Messages)],
            },
            cancellation))).ConfigureAwait(false);
        if (run.IsOutOfBudget && critiques.Contains(null))
            return (null, false);
        var passes = CanStop && critiques is [{ } only] && JsonReply.Find(only.Text, "revise") is { ValueKind: System.Text.Json.JsonValueKind.False };
        return ([.. drafts.Zip(critiques, (draft, critique) => draft with { Critique = critique })], passes);
    }

    private async Task<IReadOnlyList<Workspace>?> DistilledAsync(StrategyRun run, IReadOnlyList<Draft> drafts, int round, int readers, CancellationToken cancellation)
    {
        // One draft by design is an artefact, not a workspace, and is passed on whole.
        var work = new Distillation { Run = run, Drafts = drafts, Round = round, Readers = readers, TokenLimit = _widths[round] > 1 ? _options.WorkspaceTokenLimit : int.MaxValue, Prompts = _options.Prompts };
        return drafts.Count == 1 && _options.Distiller is not OracleDistiller
            ? [.. Enumerable.Repeat(work.Of(drafts), readers)]
            : await _options.Distiller.DistillAsync(work, cancellation).ConfigureAwait(false);
    }

    private bool FitsPath(StrategyRun run, List<CallRequest> requests)
    {
        if (_options.SequentialTokenLimit is not { } limit)
            return true;
        var next = requests.Max(request => run.Settings.Tokens.Count(request.Messages ?? run.Messages))
            + (run.Options?.MaxOutputTokens ?? _options.DraftTokens ?? run.Settings.AssumedOutputTokens);
        var path = run.Calls.CriticalPathTokens;
        if (path + next <= limit)
            return true;
        run.EndForBudget($"The limit of {limit} tokens in sequence is used up: {path} are spent on the longest path and the next round may take {next} more.");
        return false;
    }

    private async Task<StrategyOutcome> VotedAsync(StrategyRun run, List<Candidate> finished, List<Candidate> all, CancellationToken cancellation)
    {
        if (finished.Count == 0)
            throw run.Failed("No draft succeeded.");
        if (finished.Count == 1)
            return StrategyOutcome.Of(finished[0], all);
        var vote = await Vote.TakeAsync(run, finished, new() { Answers = _options.Answers }, cancellation).ConfigureAwait(false);
        return StrategyOutcome.Of(vote.Winner, all, vote.Share);
    }
}
